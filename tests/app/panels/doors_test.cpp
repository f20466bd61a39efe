// Every door through which another trace comes, with one that is shorter and has fewer tasks: whatever the
// panels have seen of the one before must be gone when the next frame is drawn.

#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/feed/saving.hpp"
#include "tests/app/panels/at_the_screen.hpp"

namespace loopscope::panels {
namespace {

namespace fs = std::filesystem;

using session::setup_of;
using trace::Storage;

session::Session with_symbols(std::string_view symbols) {
    session::Session session(
        setup_of("indication", Storage::global, {{"symbols", std::string(symbols)}, {"duration", "1"}}));
    run(session);
    return session;
}

class Doors : public AtTheScreen {
  protected:
    /// Shows a program with many tasks, at its end, with all that a panel can keep of its trace: a range that
    /// says what each task did, the last lane selected and under the mouse, lanes filtered and sorted, a
    /// search, arrows and views to go back to.
    void show_much(session::Session session = with_symbols("0abcdefgh")) {
        show(std::move(session));
        clutter();
    }
    void clutter() {
        press(GLFW_KEY_END);
        settle();
        press(GLFW_KEY_X);
        press(GLFW_KEY_O);
        press(GLFW_KEY_W);
        press(GLFW_KEY_D);
        press(GLFW_KEY_0);
        settle();
        const timeline::Rect lanes = frame().timeline;
        click({lanes.x + px(80), lanes.y + lanes.height * 0.6F});
        drag({lanes.x + px(240), lanes.y + lanes.height * 0.4F},
             {lanes.x + lanes.width - px(40), lanes.y + lanes.height * 0.4F});
        move({lanes.x + lanes.width - px(60), lanes.y + lanes.height * 0.6F});
        frames(2);
        many_ = tasks();
        length_ = session().log().size();
    }
    /// Draws what has become of it, with the mouse over the lanes, and after that everything anew.
    void expect_fewer_tasks() {
        const timeline::Rect lanes = frame().timeline;
        frames(2);
        move({lanes.x + lanes.width * 0.7F, lanes.y + lanes.height * 0.5F});
        settle();
        screen().invalidate();
        frames(1);
        EXPECT_LT(tasks(), many_);
        EXPECT_LT(session().log().size(), length_);
    }
    fs::path file(const char* name) {
        return fs::temp_directory_path() / ("loopscope-" + std::to_string(::getpid()) + "-" + name);
    }
    void TearDown() override {
        for (const char* const name : {"short.loopscope", "mine.md"}) fs::remove(file(name));
    }
    /// Writes a file of this run.
    fs::path saved(const session::Session& session) {
        const fs::path path = file("short.loopscope");
        feed::Saving saving(path, session.branch(), {});
        EXPECT_EQ(complete(saving), Status::ended);
        return path;
    }
    /// Clicks from a place downwards, as if it looked for what can be clicked, until the trace is another
    /// one.
    void click_down(ImVec2 from, float to) {
        const std::uint64_t before = session().index().serial();
        for (float y = from.y; y < to && session().index().serial() == before; y += px(12)) {
            click({from.x, y});
            frames(3);
        }
        EXPECT_NE(session().index().serial(), before) << "nothing was there to click";
    }
    /// Where a panel's content begins, as Panel lays it out.
    [[nodiscard]] ImVec2 inside(timeline::Rect panel) {
        return {panel.x + px(30), panel.y + px(14 + 32 + 8)};
    }
    void leave_symbols() {
        hold(ImGuiKey_Enter);  // Escape alone would take back what was written
        hold(ImGuiKey_Escape);
        settle();
    }
    /// Writes symbols into their field, one after the other, or deletes as many.
    void add_symbols(std::string_view symbols) {
        open_symbols();
        for (const char each : symbols) {
            type(std::string_view(&each, 1));
            settle();
        }
        leave_symbols();
    }
    void delete_symbols(int count) {
        open_symbols();
        for (; count > 0; --count) {
            hold(ImGuiKey_Backspace);
            settle();
        }
        leave_symbols();
    }

    std::size_t many_ = 0;
    std::uint32_t length_ = 0;
};

TEST_F(Doors, a_character_less_in_a_parameter) {
    show_much();
    open_symbols();
    for (int each = 0; each < 8; ++each) {
        hold(ImGuiKey_Backspace);
        settle();
        many_ = std::exchange(many_, tasks());
        EXPECT_LT(tasks(), many_) << each;
    }
    leave_symbols();
}

TEST_F(Doors, a_storage_in_the_bar_after_the_end) {
    show(session::Session(setup_of("pool-worker", Storage::contextvar)));
    for (int each = 0; each < 8; ++each) press(GLFW_KEY_P);
    clutter();
    click({px(392), px(30)});
    frames(3);
    EXPECT_EQ(session().storage(), Storage::global);
    EXPECT_LT(session().log().size(), length_) << "it runs again from the start";
    settle();
}

TEST_F(Doors, the_name_of_a_storage_below_the_output) {
    show_much();
    const timeline::Rect output = frame().output;
    ASSERT_EQ(session().storage(), Storage::global);
    click_down({inside(output).x, output.y + output.height * 0.5F}, output.bottom());
    EXPECT_LT(session().log().size(), length_) << "it runs again from the start";
}

TEST_F(Doors, a_storage_from_the_palette) {
    show_much();
    choose("storage: contextvar");
    frames(3);
    EXPECT_EQ(session().storage(), Storage::contextvar);
    EXPECT_LT(session().log().size(), length_) << "it runs again from the start";
}

TEST_F(Doors, undo_by_its_key) {
    show(with_symbols("0a"));
    add_symbols("bcdefgh");
    clutter();
    for (int each = 0; each < 20 && tasks() > 4; ++each) {
        press(GLFW_KEY_Z, control);
        settle();
    }
    expect_fewer_tasks();
}

TEST_F(Doors, undo_from_the_palette) {
    show(with_symbols("0a"));
    add_symbols("bcdefgh");
    clutter();
    for (int each = 0; each < 20 && tasks() > 4; ++each) {
        choose("undo a switch");
        settle();
    }
    expect_fewer_tasks();
}

TEST_F(Doors, redo_from_the_palette) {
    show(with_symbols("0abcdefgh"));
    delete_symbols(7);
    const std::size_t few = tasks();
    press(GLFW_KEY_Z, control);
    settle();
    ASSERT_GT(tasks(), few);
    const timeline::Rect lanes = frame().timeline;
    drag({lanes.x + px(240), lanes.y + lanes.height * 0.4F}, {lanes.right() - px(40), lanes.y + px(300)});
    many_ = tasks();
    length_ = session().log().size();
    choose("redo");
    settle();
    expect_fewer_tasks();
}

TEST_F(Doors, a_swap_with_a_run_that_is_kept) {
    show(with_symbols("0a"));
    press(GLFW_KEY_2);
    add_symbols("bcdefgh");
    clutter();
    const ImVec2 rows = inside(frame().source);
    click({rows.x, rows.y + px(22)});  // "kept run", the second
    settle();
    expect_fewer_tasks();
}

TEST_F(Doors, a_schedule_that_was_explored) {
    session::Session session(setup_of("lost-wakeup", Storage::global));
    run(session);
    show_much(std::move(session));
    press(GLFW_KEY_1);
    settle();
    const timeline::Rect panel = frame().source;
    // The last row is the rarest outcome: a task that waits for ever prints less.
    for (float y = panel.bottom() - px(20); y > panel.y && this->session().log().size() == length_;
         y -= px(12)) {
        click({inside(panel).x, y});
        settle();
    }
    EXPECT_LT(this->session().log().size(), length_);
}

TEST_F(Doors, another_program_from_the_menu) {
    show_much();
    press(GLFW_KEY_R);
    click_down({px(60), px(240)}, px(640));
    hold(ImGuiKey_Escape);
    settle();
    EXPECT_NE(session().setup()->program->name, "indication");
    EXPECT_LT(session().log().size(), length_);
}

TEST_F(Doors, a_lesson_its_answer_and_its_stops) {
    show_much();
    press(GLFW_KEY_3);
    const timeline::Rect panel = frame({true, false, false}).lesson;
    click_down(inside(panel), panel.bottom());  // the first lesson
    EXPECT_LT(tasks(), many_);
    const float left = inside(panel).x;
    for (int stop = 0; stop < 3; ++stop) {
        press(GLFW_KEY_1);  // an answer, or nothing where none is asked
        settle();
        const float middle = panel.x + panel.width / 2 + px(60);
        click_down({middle, panel.y + px(60)}, panel.bottom());
    }
    press(GLFW_KEY_ENTER, shift);
    settle();
    press(GLFW_KEY_3);
    EXPECT_FALSE(session().held());
    static_cast<void>(left);
}

TEST_F(Doors, a_file_that_is_dropped_and_the_same_once_more_when_it_has_become_shorter) {
    show_much();
    drop(saved(with_symbols("0abcd")));
    expect_fewer_tasks();
    clutter();
    drop(saved(with_symbols("0")));
    expect_fewer_tasks();
}

TEST_F(Doors, a_recording_of_nothing) {
    show_much();
    const fs::path other = file("nothing.json");
    std::ofstream(other) << R"([{"ph":"X","ts":1,"dur":5,"pid":1,"tid":1,"name":"work"}])";
    drop(other);
    fs::remove(other);
    EXPECT_EQ(session().setup(), nullptr);
    expect_fewer_tasks();
}

TEST_F(Doors, a_lesson_that_is_read_again_after_it_was_edited) {
    const fs::path path = file("mine.md");
    const auto write = [&](std::string_view symbols, int second) {
        std::ofstream(path) << "---\ntitle: Mine\nsummary: s\nprogram: indication\nset: duration=1\n"
                            << "set: symbols=" << symbols
                            << "\n---\n## One\n- at: print 2\n- ask: next print\n\nText.\n";
        fs::last_write_time(path, fs::file_time_type(std::chrono::seconds(second)));
    };
    write("0abcdefgh", 1000);
    show(with_symbols("0"));
    auto lesson = lesson::OpenLesson::open(path.string());
    ASSERT_TRUE(lesson) << lesson.error().message;
    workspace().open_lesson(std::move(*lesson));
    settle();
    clutter();
    write("0a", 2000);
    frames(3);
    settle();
    expect_fewer_tasks();
}

TEST_F(Doors, a_demo_and_what_it_does_by_itself) {
    show_much();
    auto demo = Demo::parse("mine.md",
                            "---\ntitle: Mine\nprogram: indication\nset: symbols=0a\n---\n## One\n"
                            "- do: 40 times Next print\n- wait: 0.1\n- do: Storage: contextvar\n- wait: 0.1\n"
                            "- do: Undo a switch, fork, jump or view\n- wait: 0.1\n- do: To the start\n");
    ASSERT_TRUE(demo) << demo.error().message;
    workspace().open_demo(std::move(*demo));
    settle();
    expect_fewer_tasks();
    press(GLFW_KEY_SPACE);
    settle();
    EXPECT_EQ(session().cursor(), session().first_event());
}

}  // namespace
}  // namespace loopscope::panels
