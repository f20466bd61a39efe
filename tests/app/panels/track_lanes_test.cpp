// An imported trace at the screen: the mouse and the keys in its tracks.

#include "app/panels/track_lanes.hpp"

#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/format/saver.hpp"
#include "tests/app/panels/at_the_screen.hpp"
#include "tests/support/track_scene.hpp"

namespace loopscope::panels {
namespace {

using timeline::TrackScene;

class TrackLanesTest : public AtTheScreen {
  protected:
    TrackLanesTest() { show(session::browser_and_server().session()); }

    /// Where the middle of what an event tells of stands in the window, while all of the trace is shown.
    [[nodiscard]] ImVec2 place_of(EventIndex event) {
        const Frame at = frame({false, false, false, true});
        const float scale = workspace().appearance().scale();
        session::Session same = session::browser_and_server().session();
        TrackScene picture(same);
        picture.layout = layout_of(picture.tree, at.timeline.width, at.timeline.height, scale);
        picture.view.fit(picture.axis().end(), picture.layout.width(), 1);
        const timeline::Scene scene = {same.log(),     same.index(),         same.cursor(), picture.view,
                                       *picture.theme, picture.scene().text, scale};
        const auto rect = timeline::rect_of(scene, picture.layout, picture.tree, event).value();
        return {at.timeline.x + rect.x + rect.width / 2, at.timeline.y + rect.y + rect.height / 2};
    }
    [[nodiscard]] EventIndex slice(std::string_view name) {
        session::Session same = session::browser_and_server().session();
        return TrackScene(same).slice(name);
    }
};

TEST_F(TrackLanesTest, a_click_selects_a_slice_and_leaves_the_view_as_it_is) {
    for (const std::string_view name : {"Layout", "CompileScript", "parse", "RunTask"}) {
        click(place_of(slice(name)));
        frames(2);
        EXPECT_EQ(session().cursor(), slice(name)) << name;
    }
}

TEST_F(TrackLanesTest, a_double_click_has_a_slice_fill_the_width_and_f_does_it_again) {
    const ImVec2 at = place_of(slice("Layout"));
    const auto fills = [&] {
        const timeline::Rect rect = frame({false, false, false, true}).timeline;
        const float left = rect.x + px(248);
        const float width = rect.width - px(268);
        for (const float share : {0.03F, 0.5F, 0.96F}) {
            click({left + width * share, at.y});
            frames(2);
            EXPECT_EQ(session().cursor(), slice("Layout")) << share;
            frames(40);  // no double click
        }
    };
    click(at);
    click(at);
    settle();
    fills();
    press(GLFW_KEY_0);
    settle();
    press(GLFW_KEY_F);
    settle();
    fills();
}

TEST_F(TrackLanesTest, the_axis_stays_that_of_time_and_a_key_says_so) {
    press(GLFW_KEY_T);
    EXPECT_NE(workspace().notice().find("no other axis"), std::string::npos) << workspace().notice();
    click(place_of(slice("Layout")));
    frames(2);
    EXPECT_EQ(session().cursor(), slice("Layout"));
}

TEST_F(TrackLanesTest, keys_select_and_fold_tracks) {
    press(GLFW_KEY_E);
    EXPECT_FALSE(workspace().notice().empty()) << "nothing is selected";
    press(GLFW_KEY_DOWN);
    press(GLFW_KEY_E);
    EXPECT_TRUE(workspace().notice().empty()) << workspace().notice();
    click(place_of(slice("Layout")));
    frames(2);
    EXPECT_NE(session().cursor(), slice("Layout")) << "its process is folded";
    press(GLFW_KEY_E, shift);
    click(place_of(slice("Layout")));
    frames(2);
    EXPECT_EQ(session().cursor(), slice("Layout"));
}

TEST_F(TrackLanesTest, keys_are_about_the_track_of_the_slice_at_the_cursor) {
    press(GLFW_KEY_RIGHT);
    frames(2);
    ASSERT_EQ(session().cursor(), slice("RunTask"));
    press(GLFW_KEY_E);
    EXPECT_TRUE(workspace().notice().empty()) << workspace().notice();
    press(GLFW_KEY_E);
    click(place_of(slice("ParseHTML")));
    frames(2);
    EXPECT_EQ(session().cursor(), slice("ParseHTML")) << "it was folded, and was unfolded";
}

TEST_F(TrackLanesTest, zooming_goes_on_where_the_mouse_is_whatever_is_selected) {
    click(place_of(slice("RunTask")));
    const ImVec2 far = place_of(slice("Layout"));
    move(far);
    for (int each = 0; each < 16; ++each) press(GLFW_KEY_W);
    settle();
    click(far);
    frames(2);
    EXPECT_EQ(session().cursor(), slice("Layout")) << "the selected slice is far out of view";
}

TEST_F(TrackLanesTest, a_file_that_is_opened_after_a_program_is_shown_from_its_begin_to_its_end) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("loopscope-" + std::to_string(::getpid()) + "-tracks.loopscope");
    auto trace = session::browser_and_server();
    ASSERT_TRUE(format::save(file, *trace.log(), {}));
    show(session::finished_seed());
    for (int each = 0; each < 8; ++each) press(GLFW_KEY_W);
    drop(file);
    ASSERT_TRUE(session().index().is_of_tracks());
    click(place_of(slice("Layout")));
    frames(2);
    EXPECT_EQ(session().cursor(), slice("Layout")) << "the view is not of the whole trace";
    std::filesystem::remove(file);
}

}  // namespace
}  // namespace loopscope::panels
