// The dialog for files, the borders and the export, by hands at a screen that nobody sees.

#include "app/panels/open_dialog.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "app/export/png.hpp"
#include "tests/app/panels/at_the_screen.hpp"

namespace loopscope::panels {
namespace {

namespace fs = std::filesystem;

class OpenDialogTest : public AtTheScreen {
  protected:
    void SetUp() override {
        AtTheScreen::SetUp();
        fs::create_directories(folder_ / "inner");
        std::ofstream(folder_ / "letter.txt") << "no trace";
        std::ofstream(folder_ / "inner" / "work.json")
            << R"([{"ph":"X","ts":1,"dur":5,"pid":1,"tid":1,"name":"work"}])";
        show(session::seed());
    }
    void TearDown() override { fs::remove_all(folder_); }

    /// Opens the dialog on the folder of the test.
    void open_dialog() {
        settings::Settings settings;
        settings.recent = {folder_ / "letter.txt"};
        workspace().take(settings);
        press(GLFW_KEY_O, control);
        settle();
    }
    [[nodiscard]] bool shows_work() { return session().index().is_of_tracks(); }

    fs::path folder_ =
        fs::temp_directory_path() / ("loopscope-dialog-" + std::to_string(::getpid()) + "-" +
                                     testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(OpenDialogTest, goes_into_folders_and_opens_what_is_chosen) {
    open_dialog();
    hold(ImGuiKey_Enter);  // the folder stands first
    settle();
    hold(ImGuiKey_Enter);
    settle();
    EXPECT_TRUE(shows_work());
    EXPECT_EQ(workspace().title(), "work.json - Loopscope");
    EXPECT_EQ(workspace().settings().recent.front(), folder_ / "inner" / "work.json");
}

TEST_F(OpenDialogTest, stays_open_where_what_is_chosen_is_no_trace) {
    open_dialog();
    type("lett");
    hold(ImGuiKey_Enter);
    settle();
    EXPECT_FALSE(shows_work());
    for (int letter = 0; letter < 4; ++letter) hold(ImGuiKey_Backspace);
    type("inn");
    hold(ImGuiKey_Enter);
    settle();
    hold(ImGuiKey_Enter);
    settle();
    EXPECT_TRUE(shows_work()) << "keys go on to the dialog";
}

// So many files are listed over many frames, in which the field with the filter has the focus already.
TEST_F(OpenDialogTest, clears_the_filter_for_a_folder_that_takes_long_to_list) {
    constexpr int files = 20'000;
    for (int each = 0; each < files; ++each) {
        const std::string name = "other" + std::to_string(each);
        ASSERT_EQ(::symlink("letter.txt", (folder_ / "inner" / name).c_str()), 0);
    }
    open_dialog();
    type("inn");
    hold(ImGuiKey_Enter);
    settle();
    type("work");
    hold(ImGuiKey_Enter);
    settle();
    EXPECT_TRUE(shows_work());
}

// Until then the window draws, or nobody would see what a slow disk listed before the mouse moves.
TEST_F(OpenDialogTest, moves_from_its_first_moment_until_the_folder_is_read) {
    OpenDialog dialog;
    EXPECT_FALSE(dialog.moving());
    dialog.open(folder_, {});
    EXPECT_TRUE(dialog.moving());
    OpenDialog recent;
    recent.open_recent(folder_, {folder_ / "letter.txt"});
    EXPECT_TRUE(recent.moving());
    open_dialog();
    EXPECT_FALSE(workspace().moving());
}

TEST_F(OpenDialogTest, goes_up_and_takes_a_path) {
    open_dialog();
    hold(ImGuiKey_Backspace);
    settle();
    hold(ImGuiKey_Enter);  // back into the folder that it came from
    settle();
    type((folder_ / "inner" / "work.json").string());
    hold(ImGuiKey_Enter);
    settle();
    EXPECT_TRUE(shows_work());
}

TEST_F(OpenDialogTest, closes_with_escape_and_then_keys_are_commands_again) {
    open_dialog();
    hold(ImGuiKey_Escape);
    settle();
    press(GLFW_KEY_RIGHT);
    settle();
    EXPECT_GT(session().cursor(), session().first_event());
}

using HomeTest = OpenDialogTest;

TEST_F(HomeTest, a_border_goes_where_it_is_dragged_and_back_with_a_double_click) {
    const Frame before = frame();
    const float x = before.source.x + before.source.width * 0.5F;
    const ImVec2 at(x, before.source.y);
    const auto press_and_release = [&](ImVec2 to) {
        ImGui::GetIO().MouseDown[0] = true;
        frames(1);
        move(to);
        frames(1);
        ImGui::GetIO().MouseDown[0] = false;
        frames(2);
    };
    move(at);
    frames(2);
    press_and_release({x, at.y - px(80)});
    const auto share = workspace().settings().shares;
    ASSERT_TRUE(share.contains("below"));
    FrameChoice choice;
    choice.take(workspace().settings());
    const Frame after(size, workspace().appearance().scale(), {}, choice);
    EXPECT_NEAR(after.source.y, before.source.y - px(80), 2);
    move({x, after.source.y});
    frames(40);  // so that it is no double click yet
    for (int each = 0; each < 2; ++each) press_and_release({x, after.source.y});
    EXPECT_FALSE(workspace().settings().shares.contains("below"));
}

TEST_F(HomeTest, a_hidden_panel_is_back_with_its_command_and_with_all_panels) {
    choose("hide WHY");
    EXPECT_TRUE(workspace().settings().hidden.contains("why"));
    choose("hide WHY");
    EXPECT_TRUE(workspace().settings().hidden.empty());
    choose("hide LOOP");
    choose("All panels");
    EXPECT_TRUE(workspace().settings().hidden.empty());
}

TEST_F(HomeTest, a_theme_and_a_size_of_text_that_are_chosen_are_kept_and_those_of_presenting_are_not) {
    press(GLFW_KEY_4);
    EXPECT_EQ(workspace().settings().theme, "dark");
    EXPECT_EQ(workspace().settings().text_size, 1);
    press(GLFW_KEY_4);
    press(GLFW_KEY_T, control);
    EXPECT_EQ(workspace().settings().theme, "light");
    press(GLFW_KEY_EQUAL, control);
    EXPECT_GT(workspace().settings().text_size, 1);
    workspace().appearance().set_theme(timeline::Theme::projector_theme());  // by --theme
    EXPECT_EQ(workspace().settings().theme, "light");
}

TEST_F(HomeTest, the_end_is_asked_for_only_where_marks_would_be_lost) {
    press(GLFW_KEY_M);
    type("here");
    hold(ImGuiKey_Enter);
    EXPECT_EQ(workspace().title(), "*indication - Loopscope");
    press(GLFW_KEY_Q, control);
    EXPECT_FALSE(workspace().wants_to_quit());
    press(GLFW_KEY_ESCAPE);
    press(GLFW_KEY_N);
    EXPECT_FALSE(workspace().wants_to_quit()) << "it is not asked any more";
    press(GLFW_KEY_Q, control);
    press(GLFW_KEY_N);
    EXPECT_TRUE(workspace().wants_to_quit());
}

TEST_F(HomeTest, a_picture_of_twice_the_size_shows_the_same_and_leaves_the_window_as_it_was) {
    press(GLFW_KEY_END);
    settle();
    const gl::Image before = picture();
    choose("twice");
    hold(ImGuiKey_End);
    for (int letter = 0; letter < 20; ++letter) hold(ImGuiKey_Backspace);
    type((folder_ / "large.png").string());
    hold(ImGuiKey_Enter);
    frames(2);
    screen().take_wanted_picture(size, size, 1);
    settle();
    const auto large = export_::read_png(folder_ / "large.png");
    ASSERT_TRUE(large) << large.error().message;
    EXPECT_EQ(large->width, 2 * size.width);
    EXPECT_EQ(large->height, 2 * size.height);
    press(GLFW_KEY_END);
    settle();
    screen().invalidate();
    frames(2);
    EXPECT_EQ(picture(), before);
}

}  // namespace
}  // namespace loopscope::panels
