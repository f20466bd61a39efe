#include "app/render/kerning.hpp"

#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace loopscope::render {
namespace {

/// The bytes of a font that has nothing but kerning: one lookup, of one subtable.
class FontOfPairs {
  public:
    /// `type` is that of the lookup.
    explicit FontOfPairs(int type) {
        u16({0, 1, 1, 0, 0, 0});  // a font of one table
        tag("GPOS");
        u16({0, 0, 0, 28, 0, 0});
        u16({1, 0, 0, 10, 24});  // GPOS: its features and its lookups
        u16({1});
        tag("kern");
        u16({8, 0, 1, 0});
        u16({1, 4, type, 0, 1, 8});
    }
    FontOfPairs& u16(std::initializer_list<int> values) {
        for (const int value : values) {
            bytes_.push_back(static_cast<std::uint8_t>(value >> 8));
            bytes_.push_back(static_cast<std::uint8_t>(value));
        }
        return *this;
    }
    /// Adds a subtable that lists pairs: glyph 5 stands 40 units closer before glyph 7.
    FontOfPairs& listed_pairs() { return u16({1, 18, 4, 0, 1, 12, 1, 7, -40, 1, 1, 5}); }
    [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

  private:
    void tag(std::string_view name) { bytes_.insert(bytes_.end(), name.begin(), name.end()); }

    std::vector<std::uint8_t> bytes_;
};

TEST(Kerning, is_read_from_listed_pairs) {
    FontOfPairs font(2);
    const Kerning kerning(font.listed_pairs().bytes());
    EXPECT_EQ(kerning.between(5, 7), -40);
    EXPECT_EQ(kerning.between(5, 6), 0);
    EXPECT_EQ(kerning.between(7, 5), 0);
}

TEST(Kerning, is_read_behind_an_extension) {
    FontOfPairs font(9);
    const Kerning kerning(font.u16({1, 2, 0, 8}).listed_pairs().bytes());
    EXPECT_EQ(kerning.between(5, 7), -40);
    EXPECT_EQ(kerning.between(4, 7), 0);
}

TEST(Kerning, is_read_from_pairs_of_classes) {
    FontOfPairs font(2);
    // Each value is a placement, which is passed over, and an advance.
    font.u16({2, 32, 5, 0, 42, 52, 2, 2}).u16({0, 1, 0, 2, 0, 3, 9, -60});
    font.u16({2, 1, 5, 6, 0});  // glyphs 5 and 6 may be the first of a pair,
    font.u16({1, 5, 2, 1, 1});  // and are of class 1,
    font.u16({2, 1, 8, 9, 1});  // as 8 and 9 are behind them
    const Kerning kerning(font.bytes());
    EXPECT_EQ(kerning.between(5, 9), -60);
    EXPECT_EQ(kerning.between(6, 8), -60);
    EXPECT_EQ(kerning.between(5, 7), 3);
    EXPECT_EQ(kerning.between(7, 8), 0);
}

TEST(Kerning, of_a_font_that_is_cut_off_anywhere_is_read_as_far_as_it_goes) {
    FontOfPairs font(9);
    font.u16({1, 2, 0, 8}).listed_pairs();
    for (std::size_t size = 0; size < font.bytes().size(); ++size) {
        const std::vector<std::uint8_t> cut(font.bytes().begin(),
                                            font.bytes().begin() + static_cast<std::ptrdiff_t>(size));
        EXPECT_LE(Kerning(cut).between(5, 7), 0) << size;
    }
    EXPECT_EQ(Kerning().between(5, 7), 0);
}

}  // namespace
}  // namespace loopscope::render
