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

TEST(DrawListChange, of_lanes_that_all_grow_is_where_they_grow) {
    const auto lanes = [](int length) {
        DrawList list;
        for (const float y : {100.0F, 200.0F, 300.0F})
            for (int each = 0; each < length; ++each)
                list[DrawList::lanes].quads.push_back(quad(30 * static_cast<float>(each), y));
        return list;
    };
    const auto grown = changed_parts(lanes(31), lanes(30));
    EXPECT_TRUE(contain(grown, 905, 110));
    EXPECT_TRUE(contain(grown, 905, 210));
    EXPECT_TRUE(contain(grown, 905, 310));
    EXPECT_FALSE(contain(grown, 895, 210)) << "a lane that stands between two others would be drawn whole";
    EXPECT_TRUE(contain(changed_parts(lanes(30), lanes(31)), 905, 210));
}

TEST(DrawListChange, of_a_line_that_grows_is_its_end) {
    for (const float dash : {0.0F, 6.0F}) {
        DrawList before;
        DrawList now;
        before[DrawList::lanes].segments.push_back({10, 50, 700, 50, 2, dash, {1, 1, 1}});
        now[DrawList::lanes].segments.push_back({10, 50, 710, 50, 2, dash, {1, 1, 1}});
        for (const auto& parts : {changed_parts(now, before), changed_parts(before, now)}) {
            EXPECT_TRUE(contain(parts, 699 - dash, 50));
            EXPECT_TRUE(contain(parts, 711, 50));
            EXPECT_FALSE(contain(parts, 600, 50));
        }
        now[DrawList::lanes].segments.back().color = {2, 2, 2};
        EXPECT_TRUE(contain(changed_parts(now, before), 20, 50));
    }
}

TEST(DrawListChange, of_a_box_that_grows_is_its_end_unless_it_is_round) {
    const auto box = [](float width, float radius) {
        DrawList list;
        list[DrawList::lanes].quads.push_back({{10, 300, width, 20}, radius, 2, 0, {1, 1, 1}, {}});
        return list;
    };
    const auto parts = changed_parts(box(520, 0), box(500, 0));
    EXPECT_TRUE(contain(parts, 508.5F, 310)) << "the border of the old end would stay";
    EXPECT_TRUE(contain(parts, 529, 310));
    EXPECT_FALSE(contain(parts, 490, 310));
    EXPECT_TRUE(contain(changed_parts(box(520, 5), box(500, 5)), 20, 310));
}

TEST(DrawListChange, of_shapes_whose_order_differs_takes_in_all_that_overlap) {
    DrawList before;
    DrawList now;
    before[DrawList::lanes].quads = {quad(0, 0, 1), quad(0, 0, 2), quad(100, 0)};
    now[DrawList::lanes].quads = {quad(0, 0, 2), quad(0, 0, 1), quad(100, 0)};
    EXPECT_TRUE(contain(changed_parts(now, before), 10, 10));
}

TEST(DrawListChange, of_a_band_is_where_it_fades_or_its_columns_differ) {
    const auto with_band = [](float fades_from, std::uint8_t fill, std::size_t count = 100) {
        DrawList list;
        list.texels.assign(count, {{1, 0, 0}, {}});
        list.texels.at(60).fill.red = fill;
        Band band;
        band.column = 10;
        band.rect = {0, 100, band.column * static_cast<float>(count), 20};
        band.count = static_cast<std::uint32_t>(count);
        band.fades_from = fades_from;
        list[DrawList::lanes].bands.push_back(band);
        return list;
    };
    const auto faded = changed_parts(with_band(510, 1), with_band(500, 1));
    ASSERT_THAT(faded, SizeIs(1));
    EXPECT_TRUE(contain(faded, 505, 110));
    EXPECT_FALSE(contain(faded, 400, 110));
    const auto filled = changed_parts(with_band(500, 2), with_band(500, 1));
    ASSERT_THAT(filled, SizeIs(1));
    EXPECT_TRUE(contain(filled, 600, 110));
    EXPECT_TRUE(contain(filled, 609, 110));
    EXPECT_FALSE(contain(filled, 590, 110));
    EXPECT_FALSE(contain(filled, 620, 110));
    for (const auto& longer : {changed_parts(with_band(500, 1, 110), with_band(500, 1)),
                               changed_parts(with_band(500, 1), with_band(500, 1, 110))}) {
        EXPECT_TRUE(contain(longer, 1095, 110));
        EXPECT_FALSE(contain(longer, 990, 110));
    }
    EXPECT_THAT(changed_parts(with_band(500, 1), with_band(500, 1)), IsEmpty());
}

}  // namespace
}  // namespace loopscope::timeline
