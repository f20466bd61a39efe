// What is drawn, and looked at for it, depends on what can be seen, not on what a file has.

#include <algorithm>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/recordings.hpp"
#include "tests/support/timeline_scene.hpp"

namespace loopscope::timeline {
namespace {

using session::recording_of;
using session::two_tasks;

/// What a trace looks like, and how many characters were laid out for it.
struct LaidOut {
    DrawList list;
    std::size_t laid_out = 0;
};

LaidOut picture_of(session::Session session) {
    TimelineScene timeline(session);
    timeline.draw();
    return {timeline.list, timeline.laid_out()};
}

session::Session with_names(std::size_t length) {
    format::Info info;
    info.marks = {{EventIndex{20}, std::string(length, 'm')}, {EventIndex{40}, std::string(length, 'k')}};
    return recording_of(two_tasks(std::string(length, 'n'), std::string(length, 's')), std::move(info));
}

session::Session with_marks(std::size_t count) {
    format::Info info;
    session::Session plain = recording_of(two_tasks("n", "s"));
    for (std::size_t at = 0; at < count; ++at)
        info.marks.push_back({EventIndex::of((at * 7919) % plain.log().size()), "mark"});
    return recording_of(two_tasks("n", "s"), std::move(info));
}

std::size_t flags_of(const DrawList& list) {
    return static_cast<std::size_t>(std::ranges::count(list[DrawList::arrows].segments, 4, &Segment::dash));
}

TEST(LongNamesTest, the_same_is_drawn_however_long_names_prints_and_marks_are) {
    const LaidOut expected = picture_of(with_names(10'000));
    for (const std::size_t length : {60'000U, 3'000'000U}) {
        const LaidOut picture = picture_of(with_names(length));
        EXPECT_EQ(picture.list, expected.list);
        EXPECT_EQ(picture.laid_out, expected.laid_out);
    }
    EXPECT_LT(expected.laid_out, 100'000U);
}

TEST(LongNamesTest, a_long_print_ends_where_the_timeline_does) {
    const LaidOut picture = picture_of(with_names(10'000));
    for (const Layer& layer : picture.list.layers) {
        for (const Glyph& glyph : layer.glyphs) EXPECT_LT(glyph.x, TimelineScene::width);
    }
}

TEST(LongNamesTest, marks_that_share_a_pixel_are_one_flag) {
    const LaidOut few = picture_of(with_marks(100));
    const LaidOut many = picture_of(with_marks(100'000));
    EXPECT_GT(flags_of(few.list), 10U);
    EXPECT_LE(flags_of(many.list), static_cast<std::size_t>(TimelineScene::width));
    EXPECT_EQ(many.list, picture_of(with_marks(200'000)).list);
}

TEST(LongNamesTest, texts_of_neighbouring_marks_do_not_overlap) {
    session::Session plain = recording_of(two_tasks("n", "s"));
    const TimelineScene view(plain);
    constexpr EventIndex one{28};
    EventIndex second = one;
    while (view.x(second) < view.x(one) + 60) ++second;
    format::Info info;
    info.marks = {{second, "the second one of them"}, {one, "the first one of them"}};
    session::Session session = recording_of(two_tasks("n", "s"), std::move(info));
    TimelineScene timeline(session);
    std::vector<Rect> cloths;
    for (const Quad& each : timeline.draw()[DrawList::arrows].quads) {
        if (each.rect.y == timeline.layout.flags.y) cloths.push_back(each.rect);
    }
    ASSERT_EQ(cloths.size(), 2u);
    std::ranges::sort(cloths, {}, &Rect::x);
    EXPECT_GT(cloths[0].width, 40);
    EXPECT_LE(cloths[0].right(), cloths[1].x);
}

TEST(LongNamesTest, a_timeline_too_narrow_for_its_minimap_is_drawn_all_the_same) {
    session::Session session = session::finished_seed();
    TimelineScene timeline(session);
    timeline.layout = Layout::create(160, 200, timeline.tree.lanes().size(), 0.75F);
    for (const Layer& layer : timeline.draw().layers) {
        for (const Quad& quad : layer.quads) EXPECT_FALSE(std::isnan(quad.rect.x));
        for (const Band& band : layer.bands) EXPECT_GT(band.rect.width, 0);
    }
}

}  // namespace
}  // namespace loopscope::timeline
