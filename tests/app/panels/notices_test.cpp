// What is said to who asks for something that is not there, until the next thing is asked for.

#include <fstream>

#include <gmock/gmock.h>
#include <unistd.h>

#include "core/feed/file_feed.hpp"
#include "tests/app/panels/at_the_screen.hpp"
#include "tests/support/hesitant_feed.hpp"

namespace loopscope::panels {
namespace {

using testing::HasSubstr;
using trace::Storage;

class Notices : public AtTheScreen {
  protected:
    /// A key, and what is said of it then.
    struct Said {
        int key;
        std::uint8_t modifiers;
        std::string notice;
    };
    void expect(const std::vector<Said>& all) {
        for (const Said& each : all) {
            press(each.key, each.modifiers);
            settle();
            EXPECT_EQ(workspace().notice(), each.notice) << "key " << each.key << '+' << int{each.modifiers};
        }
    }
    /// A text in the bar that a key opens.
    void write(int key, std::uint8_t modifiers, std::string_view text) {
        press(key, modifiers);
        frames(4);
        if (!text.empty()) type(text);
        hold(ImGuiKey_Enter);
        frames(4);
    }
};

TEST_F(Notices, nothing_comes_after_the_end) {
    show(session::finished_seed(Storage::contextvar));
    expect(
        {{GLFW_KEY_L, none, "No leak comes after this: the program ends here"},
         {GLFW_KEY_K, none, "No stale read comes after this: the program ends here"},
         {GLFW_KEY_P, none, "No print comes after this: the program ends here"},
         {GLFW_KEY_RIGHT, none, "Nothing comes after this: the program ends here"},
         {GLFW_KEY_RIGHT, shift, "Nothing comes after this: the program ends here"},
         {GLFW_KEY_RIGHT, control, "No task runs here: click a lane first, to follow its task"},
         {GLFW_KEY_N, none,
          "No print that differs from what another storage prints comes after this: the program ends here"},
         {GLFW_KEY_LEFT, none, ""},
         {GLFW_KEY_L, shift, "No leak comes before this event"}});
}

TEST_F(Notices, nothing_comes_before_the_start) {
    show(session::seed());
    expect({{GLFW_KEY_P, shift, "No print comes before this event"},
            {GLFW_KEY_L, shift, "No leak comes before this event"},
            {GLFW_KEY_K, shift, "No stale read comes before this event"},
            {GLFW_KEY_LEFT, none, "Nothing comes before this event"},
            {GLFW_KEY_LEFT, shift, "Nothing comes before this event"},
            {GLFW_KEY_N, shift,
             "No print that differs from what another storage prints comes before this event"},
            {GLFW_KEY_RIGHT, none, ""},
            {GLFW_KEY_LEFT, control, "'sleep(0)' takes no step before this event"}});
}

TEST_F(Notices, a_search_that_runs_the_program_on_to_its_end_says_so_there) {
    show(session::seed(Storage::contextvar));
    expect({{GLFW_KEY_L, none, "No leak comes after this: the program ends here"}});
    EXPECT_TRUE(session().at_end());
}

TEST_F(Notices, there_is_nothing_to_take_back_and_nothing_to_fold) {
    show(session::finished_seed());
    expect({{GLFW_KEY_Z, control, "There is nothing to undo"},
            {GLFW_KEY_Y, control, "There is nothing to redo"},
            {GLFW_KEY_BACKSPACE, none, "There is no view to go back to"},
            {GLFW_KEY_E, none, "No task is selected: click a lane first, then fold it"},
            {GLFW_KEY_ENTER, none, "No lesson or demo is open: 3 lists the lessons"},
            {GLFW_KEY_ENTER, shift, "No lesson or demo is open: 3 lists the lessons"},
            {GLFW_KEY_END, none, ""},
            {GLFW_KEY_Z, control, ""}});
}

TEST_F(Notices, a_step_that_finds_something_takes_the_notice_away_even_in_the_same_frame) {
    show(session::finished_seed());
    press(GLFW_KEY_P);
    EXPECT_NE(workspace().notice(), "");
    send({pressed(GLFW_KEY_RIGHT), pressed(GLFW_KEY_LEFT)});
    frames(2);
    EXPECT_EQ(workspace().notice(), "");
    press(GLFW_KEY_END);
    press(GLFW_KEY_P);
    const timeline::Rect lanes = frame().timeline;
    click({lanes.x + lanes.width / 2, lanes.y + lanes.height / 2});
    frames(2);
    EXPECT_EQ(workspace().notice(), "") << "a click is something, too";
}

TEST_F(Notices, a_text_that_is_nowhere) {
    show(session::finished_seed());
    write(GLFW_KEY_SLASH, none, "nobody");
    EXPECT_EQ(workspace().notice(), "No task, output or mark contains 'nobody'");
    hold(ImGuiKey_Escape);
    write(GLFW_KEY_M, none, "");
    EXPECT_EQ(workspace().notice(), "There is no mark here to remove");
    write(GLFW_KEY_M, none, "here");
    write(GLFW_KEY_M, none, "");
    EXPECT_EQ(workspace().notice(), "");
    EXPECT_TRUE(session().annotations().marks.empty());
}

TEST_F(Notices, a_text_that_is_nowhere_so_far) {
    show(session::seed());
    write(GLFW_KEY_SLASH, none, "b");
    EXPECT_EQ(workspace().notice(), "No task, output or mark so far contains 'b'");
    write(GLFW_KEY_SLASH, none, "");
}

TEST_F(Notices, a_filter_is_shown_while_it_is_on_and_goes_with_the_next_trace) {
    show(session::finished_seed());
    const gl::Image all = picture();
    write(GLFW_KEY_F, shift | control, "nobody");
    move({px(1500), px(20)});
    frames(4);
    const gl::Image none_left = picture();
    EXPECT_NE(none_left.rgba, all.rgba);
    press(GLFW_KEY_F, shift | control);
    frames(4);
    hold(ImGuiKey_Escape);
    move({-1, -1});
    frames(4);
    EXPECT_EQ(picture().rgba, all.rgba) << "Ctrl Shift F, then Esc shows all lanes";
}

TEST_F(Notices, a_lesson_says_what_it_waits_for) {
    show(session::seed());
    press(GLFW_KEY_3);
    press(GLFW_KEY_9);
    EXPECT_EQ(workspace().notice(), "9 is not among the choices: choose from 1 to 6");
    press(GLFW_KEY_ENTER);
    EXPECT_EQ(workspace().notice(), "Choose a lesson, from 1 to 6");
    press(GLFW_KEY_1);
    press(GLFW_KEY_ENTER, shift);
    EXPECT_EQ(workspace().notice(), "This is the first stop of the lesson");
    press(GLFW_KEY_ENTER);
    for (const int key : {GLFW_KEY_ENTER, GLFW_KEY_RIGHT, GLFW_KEY_P, GLFW_KEY_L}) {
        press(GLFW_KEY_END);
        press(key);
        settle();
        EXPECT_EQ(workspace().notice(), answer_first) << "key " << key;
    }
    choose("compare with");
    EXPECT_EQ(workspace().notice(), answer_first);
    press(GLFW_KEY_9);
    EXPECT_THAT(workspace().notice(), HasSubstr("9 is not among the choices"));
}

TEST_F(Notices, a_panel_that_has_no_place_says_why) {
    show(session::seed());
    press(GLFW_KEY_3);
    choose("compare with");
    EXPECT_EQ(workspace().notice(), "Leave the lesson first, with Escape: it takes the place of this panel");
    press(GLFW_KEY_ESCAPE);
    press(GLFW_KEY_4);
    press(GLFW_KEY_1);
    EXPECT_EQ(workspace().notice(), "There is no room for this while presenting: 4 shows all panels");
}

TEST_F(Notices, a_recording_cannot_be_compared) {
    // The seed's trace without its program.
    const auto run = session::finished_seed().branch();
    const std::shared_ptr<const trace::Log> log(run, &run->feed->log());
    show(session::Session(std::make_unique<feed::FileFeed>(log, format::Info{}, "other")));
    const std::string nothing =
        "There is nothing to compare with: a recording cannot run under another storage";
    expect({{GLFW_KEY_N, none, nothing},
            {GLFW_KEY_N, shift, nothing},
            {GLFW_KEY_END, none, ""},
            {GLFW_KEY_P, none, "No print comes after this: the recording ends here"},
            {GLFW_KEY_Y, none, "There is no Python source here"}});
}

TEST_F(Notices, what_a_trace_of_tracks_does_not_have_is_said) {
    show(session::seed());
    const auto path = std::filesystem::temp_directory_path() / fmt::format("loopscope-{}.json", ::getpid());
    std::ofstream(path) << R"([{"ph":"X","ts":1,"dur":5,"pid":1,"tid":1,"name":"work"}])";
    drop(path);
    std::filesystem::remove(path);
    ASSERT_EQ(session().setup(), nullptr);
    expect({{GLFW_KEY_N, none, "This trace says nothing of prints that could differ"},
            {GLFW_KEY_P, none, "No instant comes after this"},
            {GLFW_KEY_L, none, "This trace says nothing of variables: no read in it is a leak or stale"},
            {GLFW_KEY_RIGHT, none, ""},
            {GLFW_KEY_RIGHT, none, "No slice or instant comes after this"},
            {GLFW_KEY_SPACE, none, "All of this trace has happened: → goes from slice to slice"},
            {GLFW_KEY_2, none, "This trace has tracks and no program that could run or be compared"},
            {GLFW_KEY_Y, none, "There is no Python source here"}});
    write(GLFW_KEY_SLASH, none, "nobody");
    EXPECT_EQ(workspace().notice(), "No slice or instant has 'nobody' in its name");
}

TEST_F(Notices, a_feed_that_waits_is_looked_at_now_and_then_and_moves_nothing_meanwhile) {
    auto made = std::make_unique<feed::HesitantFeed>(feed::setup_of("indication", Storage::global),
                                                     feed::HesitantFeed::Habits{});
    feed::HesitantFeed& feed = *made;
    show(session::Session(std::move(made)));
    feed.wait_for(-1);
    press(GLFW_KEY_P);
    EXPECT_TRUE(workspace().busy());
    EXPECT_FALSE(workspace().moving()) << "no frame differs from the last one";
    EXPECT_TRUE(workspace().may_change());
    const gl::Image before = picture();
    frames(3);
    EXPECT_EQ(picture(), before);
    const int polls = feed.polls();
    frames(5);
    EXPECT_EQ(feed.polls(), polls + 5) << "each frame asks once";
    press(GLFW_KEY_ESCAPE);
    EXPECT_FALSE(workspace().busy());
    EXPECT_FALSE(workspace().may_change());
    EXPECT_FALSE(session().over());
    feed.wait_for(2);
    press(GLFW_KEY_P);
    for (int each = 0; each < 1000 && workspace().busy(); ++each) frames(1);
    EXPECT_EQ(session().index().prints_until(session().cursor()), 1u);
    EXPECT_EQ(workspace().notice(), "");
}

TEST_F(Notices, a_feed_that_fails_is_told_in_its_own_sentence) {
    show(session::Session(std::make_unique<feed::HesitantFeed>(
        feed::setup_of("indication", Storage::global),
        feed::HesitantFeed::Habits{.waits = 0, .handles = 5, .fails_after = 0})));
    expect({{GLFW_KEY_L, none, feed::HesitantFeed::lost},
            {GLFW_KEY_RIGHT, none, feed::HesitantFeed::lost},
            {GLFW_KEY_RIGHT, shift, feed::HesitantFeed::lost},
            {GLFW_KEY_LEFT, none, "Nothing comes before this event"}});
}

}  // namespace
}  // namespace loopscope::panels
