// A long file in the window while it is read: its beginning can be used, and nothing that is said of it is
// said of the whole.

#include <thread>

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "core/feed/opening.hpp"
#include "tests/app/panels/at_the_screen.hpp"
#include "tests/support/long_file.hpp"

namespace loopscope::panels {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

class BeginningTest : public AtTheScreen {
  protected:
    /// Shows the beginning of the file, of which the rest comes through a pipe: when the test writes it.
    void SetUp() override {
        AtTheScreen::SetUp();
        ASSERT_EQ(::mkfifo(pipe_.c_str(), 0600), 0);
        show(session::Session(file_.beginning()));
        workspace().go_on_opening(std::make_unique<feed::Opening>(pipe_), file_.path());
        frames(2);
    }
    /// Writes all of the file, and draws until it was read.
    void let_it_come() {
        std::thread writer([this] { std::ofstream(pipe_) << file_.bytes(); });
        settle();
        writer.join();
    }

    feed::LongFile file_;
    std::filesystem::path pipe_ = file_.folder() / "pipe";
};

TEST_F(BeginningTest, can_be_stepped_and_marked_while_the_rest_is_read) {
    for (int each = 0; each < 5; ++each) press(GLFW_KEY_RIGHT);
    const EventIndex cursor = session().cursor();
    EXPECT_GT(cursor, session().first_event());
    press(GLFW_KEY_M);
    type("here it begins");
    hold(ImGuiKey_Enter);
    frames(4);
    ASSERT_EQ(session().annotations().marks.size(), 1U);
    let_it_come();
    EXPECT_EQ(session().log().size(), file_.log().size());
    EXPECT_EQ(session().cursor(), cursor);
    EXPECT_EQ(session().annotations().marks.size(), 3U) << "those of the file as well";
    EXPECT_EQ(workspace().title(), "*long.loopscope - Loopscope") << "a mark is not in the file";
    EXPECT_EQ(workspace().notice(), "Note: from the file");
}

TEST_F(BeginningTest, is_neither_saved_nor_exported_as_if_it_were_the_whole) {
    const auto bytes = std::filesystem::file_size(file_.path());
    for (const Action action : {Action::save, Action::save_as, Action::export_table, Action::export_page}) {
        choose(command_of(action).name);
        frames(4);
        EXPECT_EQ(workspace().notice(), "'long.loopscope' is still being read: wait until all of it is here");
    }
    let_it_come();
    EXPECT_EQ(std::filesystem::file_size(file_.path()), bytes);
}

TEST_F(BeginningTest, says_so_far_where_nothing_is_found_in_it) {
    press(GLFW_KEY_F, control);
    frames(4);
    type("nowhere");
    hold(ImGuiKey_Enter);
    frames(60);
    EXPECT_EQ(workspace().notice(), "No task, output or mark so far contains 'nowhere'");
    let_it_come();
}

TEST_F(BeginningTest, goes_on_from_its_end_once_the_rest_is_there) {
    press(GLFW_KEY_END);
    const EventIndex end = session().head();
    EXPECT_EQ(session().cursor(), end);
    press(GLFW_KEY_RIGHT);
    frames(4);
    EXPECT_EQ(session().cursor(), end);
    let_it_come();
    EXPECT_GT(session().cursor(), end);
    EXPECT_LT(session().cursor(), session().head());
}

TEST_F(BeginningTest, stays_if_reading_is_stopped) {
    const std::uint32_t events = session().log().size();
    press(GLFW_KEY_ESCAPE);
    settle();
    EXPECT_EQ(session().log().size(), events);
    EXPECT_TRUE(session().over());
    EXPECT_THAT(workspace().notice(), StartsWith("opening 'pipe' was stopped; its first "));
    press(GLFW_KEY_END);
    press(GLFW_KEY_RIGHT);
    settle();
    EXPECT_THAT(workspace().notice(), HasSubstr("the recording ends here"));
}

TEST_F(BeginningTest, gives_way_to_another_file) {
    const auto other = file_.folder() / "other.json";
    std::ofstream(other) << R"([{"ph":"X","ts":1,"dur":5,"pid":1,"tid":1,"name":"work"}])";
    workspace().open(other);
    settle();
    EXPECT_TRUE(session().index().is_of_tracks());
    press(GLFW_KEY_Z, control);
    settle();
    EXPECT_TRUE(session().over()) << "nobody reads the rest any more";
}

}  // namespace
}  // namespace loopscope::panels
