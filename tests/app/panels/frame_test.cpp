#include "app/panels/frame.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace loopscope::panels {
namespace {

using timeline::Rect;

constexpr gl::Size frame_sizes[] = {{640, 480}, {1280, 720}, {1920, 1080}, {3840, 2160}, {1000, 2000}};

const Frame::Shown arrangements[] = {
    {},
    {.lesson = true},
    {.present = true},
    {.lesson = true, .present = true},
    {.caption = true},
    {.tracks = true},
    {.present = true, .tracks = true},
};

std::vector<Rect> panels_of(const Frame& frame) {
    std::vector<Rect> shown;
    for (const Rect& each : {frame.bar, frame.caption, frame.timeline, frame.loop, frame.storage,
                             frame.output, frame.source, frame.why, frame.lesson, frame.details}) {
        if (each.width > 0) shown.push_back(each);
    }
    return shown;
}

float common_area(const Rect& one, const Rect& other) {
    const float width = std::min(one.right(), other.right()) - std::max(one.x, other.x);
    const float height = std::min(one.bottom(), other.bottom()) - std::max(one.y, other.y);
    return std::max(width, 0.0F) * std::max(height, 0.0F);
}

/// All of the window is divided, and nothing of it twice.
void expect_divided(const Frame& frame, gl::Size size, const std::string& what) {
    const std::vector<Rect> panels = panels_of(frame);
    float area = 0;
    for (std::size_t one = 0; one < panels.size(); ++one) {
        area += panels[one].width * panels[one].height;
        EXPECT_GT(panels[one].height, 0) << what;
        for (std::size_t other = one + 1; other < panels.size(); ++other)
            EXPECT_EQ(common_area(panels[one], panels[other]), 0) << what;
    }
    EXPECT_NEAR(area, static_cast<float>(size.width) * static_cast<float>(size.height), 1) << what;
}

/// Each choice of panels, as a number whose bits are those that are hidden.
FrameChoice without(unsigned hidden) {
    FrameChoice choice;
    for (unsigned part = 0; part < part_count; ++part)
        choice.show(static_cast<Part>(part), (hidden >> part & 1) == 0);
    return choice;
}

float scale_of_frame(gl::Size size) {
    return std::max(std::min(static_cast<float>(size.width) / 1920, static_cast<float>(size.height) / 1080),
                    0.68F);
}

TEST(Frame, divides_all_of_the_window_whatever_is_hidden) {
    for (const gl::Size size : frame_sizes) {
        for (const Frame::Shown& shown : arrangements) {
            for (unsigned hidden = 0; hidden < 1U << part_count; ++hidden) {
                expect_divided({size, scale_of_frame(size), shown, without(hidden)}, size,
                               std::to_string(size.width) + " without " + std::to_string(hidden));
            }
        }
    }
}

TEST(Frame, divides_all_of_the_window_wherever_its_borders_were_put) {
    for (const gl::Size size : frame_sizes) {
        for (const Frame::Shown& shown : arrangements) {
            for (const float share : {0.0F, 0.1F, 0.5F, 0.9F, 1.0F}) {
                FrameChoice choice;
                for (std::size_t border = 0; border < border_count; ++border)
                    choice.set_share(static_cast<Border>(border), share);
                const Frame frame(size, scale_of_frame(size), shown, choice);
                expect_divided(frame, size, std::to_string(size.width) + " at " + std::to_string(share));
                for (const Frame::Handle& each : frame.handles) {
                    EXPECT_GT(each.line.x + each.line.y, 0);
                    EXPECT_LT(each.line.x, static_cast<float>(size.width) - 30) << "it can be found again";
                    EXPECT_LT(each.line.y, static_cast<float>(size.height) - 30) << "it can be found again";
                }
            }
        }
    }
}

TEST(Frame, has_each_border_where_it_was_dragged_to) {
    const gl::Size size{1920, 1080};
    for (const Frame::Shown& shown : arrangements) {
        const Frame before(size, 1, shown);
        for (const Frame::Handle& handle : before.handles) {
            const float place = handle.upright ? handle.line.x : handle.line.y;
            for (const float moved : {-40.0F, 0.0F, 25.0F}) {
                FrameChoice choice;
                choice.set_share(handle.border, handle.share_at(place + moved));
                const Frame after(size, 1, shown, choice);
                for (const Frame::Handle& each : after.handles) {
                    if (each.border != handle.border) continue;
                    EXPECT_NEAR(each.upright ? each.line.x : each.line.y, place + moved, 1)
                        << name(handle.border) << " by " << moved;
                }
            }
        }
    }
}

TEST(Frame, gives_the_room_of_what_is_hidden_to_the_timeline) {
    const gl::Size size{1920, 1080};
    FrameChoice choice;
    for (const Part part : {Part::loop, Part::storage, Part::output}) choice.show(part, false);
    EXPECT_EQ(Frame(size, 1, {}, choice).timeline.width, 1920);
    for (const Part part : {Part::source, Part::why}) choice.show(part, false);
    const Frame alone(size, 1, {}, choice);
    EXPECT_EQ(alone.timeline.bottom(), 1080);
    EXPECT_TRUE(alone.handles.empty());
    choice.reset();
    EXPECT_EQ(Frame(size, 1, {}, choice).timeline.width, Frame(size, 1, {}).timeline.width);
}

TEST(Frame, folds_to_its_title_what_has_no_room_and_what_is_preferred_last) {
    const gl::Size small{640, 480};
    FrameChoice choice;
    const Frame usual(small, 1, {}, choice);
    EXPECT_TRUE(usual.is_folded(Part::loop));
    EXPECT_TRUE(usual.is_folded(Part::source));
    EXPECT_FALSE(usual.is_folded(Part::storage));
    EXPECT_FALSE(usual.is_folded(Part::why));
    EXPECT_EQ(usual.loop.height, Frame::title_height);
    EXPECT_EQ(usual.source.height, Frame::title_height);
    choice.prefer(Part::loop);
    EXPECT_FALSE(Frame(small, 1, {}, choice).is_folded(Part::loop));
    EXPECT_TRUE(Frame(small, 1, {}, choice).is_folded(Part::storage));
    choice.prefer(Part::source);
    EXPECT_FALSE(Frame(small, 1, {}, choice).is_folded(Part::source));
    EXPECT_TRUE(Frame(small, 1, {}, choice).is_folded(Part::why));
    choice.show(Part::loop, false);
    EXPECT_FALSE(Frame(small, 1, {}, choice).is_folded(Part::storage)) << "it has the room of what is hidden";
    // The timeline keeps room for lanes, even below a caption.
    const Frame captioned(small, 1, {.caption = true});
    EXPECT_TRUE(captioned.is_folded(Part::why));
    EXPECT_GT(captioned.timeline.height, 190);
    EXPECT_TRUE(Frame({1920, 1080}, 1, {}).folded.none());
    EXPECT_TRUE(Frame({1280, 720}, 0.6875F, {}).folded.none());
}

TEST(FrameChoice, is_what_the_settings_say_and_leaves_what_they_say_of_others) {
    settings::Settings settings;
    settings.shares = {{"below", 0.4F}, {"of a later version", 0.2F}};
    settings.hidden = {"why", "of a later version"};
    FrameChoice choice;
    choice.take(settings);
    EXPECT_EQ(choice.share(Border::below), 0.4F);
    EXPECT_FALSE(choice.share(Border::side));
    EXPECT_FALSE(choice.shows(Part::why));
    EXPECT_TRUE(choice.shows(Part::loop));
    settings::Settings written = settings;
    choice.write(written);
    EXPECT_EQ(written, settings);
    choice.reset();
    choice.show(Part::loop, false);
    choice.write(written);
    EXPECT_EQ(written.shares.size(), 1U);
    EXPECT_TRUE(written.hidden.contains("loop"));
    EXPECT_TRUE(written.hidden.contains("of a later version"));
}

}  // namespace
}  // namespace loopscope::panels
