// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace loopscope::render {

/// The kerning of an OpenType font: how much closer pairs of glyphs stand (GPOS, pair adjustment, of the
/// OpenType specification). Unlike stb_truetype it reads pairs that stand behind an extension, as those of
/// Inter 4.1 do. Refers to the font's bytes, which may be anything: what cannot be read counts as 0.
class Kerning {
  public:
    /// A font without kerning.
    Kerning() = default;
    /// Finds where the pairs stand. `font` is a file of one font.
    explicit Kerning(std::span<const std::uint8_t> font);

    /// Returns by how much a glyph's advance changes before another glyph, in units of the font.
    [[nodiscard]] int between(int left, int right) const;

  private:
    using Place = std::size_t;

    [[nodiscard]] std::uint32_t u16(Place at) const;
    [[nodiscard]] std::uint32_t u32(Place at) const { return u16(at) << 16U | u16(at + 2); }
    [[nodiscard]] Place table(std::uint32_t tag) const;
    void add_lookup(Place lookup);
    /// Returns where a glyph stands in a coverage table; negative if it does not.
    [[nodiscard]] int covered(Place coverage, std::uint32_t glyph) const;
    [[nodiscard]] std::uint32_t class_of(Place classes, std::uint32_t glyph) const;
    /// Returns the record of a range that a glyph is in, of those at `first` of six bytes each; 0: in none.
    [[nodiscard]] Place range_of(Place first, std::uint32_t count, std::uint32_t glyph) const;
    /// Returns the record of values for a pair in a subtable; 0: it has none for that pair.
    [[nodiscard]] Place values_for(Place pairs, std::uint32_t left, std::uint32_t right) const;
    [[nodiscard]] Place values_for_glyphs(Place pairs, int at, std::uint32_t right, std::uint32_t size) const;

    std::span<const std::uint8_t> font_;
    std::vector<std::vector<Place>> lookups_;  // the subtables of each that is of pairs
};

}  // namespace loopscope::render
