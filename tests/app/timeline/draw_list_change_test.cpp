#include "app/timeline/draw_list_change.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope::timeline {
namespace {

using testing::IsEmpty;
using testing::SizeIs;

Quad quad(float x, float y, std::uint8_t red = 10) {
    return {{x, y, 20, 20}, 0, 0, 0, {red, 0, 0}, {}};
}

/// Three quads in a row.
DrawList three() {
    DrawList list;
    for (const float x : {0.0F, 100.0F, 200.0F}) list[DrawList::lanes].quads.push_back(quad(x, 300));
    return list;
}

/// Whether any of the rectangles contains a point.
bool contain(const std::vector<Rect>& parts, float x, float y) {
    return std::ranges::any_of(parts, [&](const Rect& part) { return part.contains(x, y); });
}

TEST(DrawListChange, is_nothing_between_equal_pictures) {
    EXPECT_THAT(changed_parts(three(), three()), IsEmpty());
    EXPECT_THAT(changed_parts({}, {}), IsEmpty());
}

TEST(DrawListChange, is_only_around_what_differs) {
    DrawList now = three();
    now[DrawList::lanes].quads[1].fill = {200, 0, 0};
    const auto parts = changed_parts(now, three());
    ASSERT_THAT(parts, SizeIs(1));
    EXPECT_TRUE(contain(parts, 100, 300));
    EXPECT_TRUE(contain(parts, 119, 319));
    EXPECT_FALSE(contain(parts, 22, 310)) << "a shape that stayed would be drawn again";
    EXPECT_FALSE(contain(parts, 198, 310));
}

TEST(DrawListChange, takes_in_what_is_gone_and_what_is_new) {
    DrawList now = three();
    auto& quads = now[DrawList::lanes].quads;
    quads.erase(quads.begin());
    quads.insert(quads.begin() + 1, quad(400, 300));
    const auto parts = changed_parts(now, three());
    EXPECT_TRUE(contain(parts, 10, 310)) << "what was there before would stay in the picture";
    EXPECT_TRUE(contain(parts, 410, 310));
}

TEST(DrawListChange, of_a_line_and_a_sign_far_beside_it_is_two_narrow_parts) {
    DrawList before = three();
    DrawList now = three();
    before[DrawList::cursor].segments.push_back({50, 0, 50, 600, 2, 0, {1, 1, 1}});
    now[DrawList::cursor].segments.push_back({54, 0, 54, 600, 2, 0, {1, 1, 1}});
    now[DrawList::labels].quads.push_back(quad(900, 700));
    const auto parts = changed_parts(now, before);
    ASSERT_THAT(parts, SizeIs(2));
    EXPECT_TRUE(contain(parts, 50, 300));
    EXPECT_TRUE(contain(parts, 910, 710));
    EXPECT_FALSE(contain(parts, 500, 300));
    EXPECT_FALSE(contain(parts, 500, 710));
}

TEST(DrawListChange, of_a_band_is_where_it_fades_or_all_of_it) {
    const auto with_band = [](float fades_from, std::uint8_t fill) {
        DrawList list;
        list.texels.assign(100, {{fill, 0, 0}, {}});
        Band band;
        band.rect = {0, 100, 1000, 20};
        band.count = 100;
        band.fades_from = fades_from;
        list[DrawList::lanes].bands.push_back(band);
        return list;
    };
    const auto faded = changed_parts(with_band(510, 1), with_band(500, 1));
    ASSERT_THAT(faded, SizeIs(1));
    EXPECT_TRUE(contain(faded, 505, 110));
    EXPECT_FALSE(contain(faded, 400, 110));
    EXPECT_TRUE(contain(changed_parts(with_band(500, 2), with_band(500, 1)), 900, 110));
    EXPECT_THAT(changed_parts(with_band(500, 1), with_band(500, 1)), IsEmpty());
}

}  // namespace
}  // namespace loopscope::timeline
