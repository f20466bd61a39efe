#include "app/panels/miss.hpp"

#include <gtest/gtest.h>

#include "core/feed/file_feed.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::panels {
namespace {

/// The seed's trace without its program, as a file from elsewhere would have it.
session::Session recording() {
    const auto run = session::finished_seed().branch();
    const std::shared_ptr<const trace::Log> log(run, &run->feed->log());
    return session::Session(std::make_unique<feed::FileFeed>(log, format::Info{}, "other"));
}

TEST(Miss, a_step_forward_says_what_ends_here) {
    const session::Session run = session::finished_seed();
    EXPECT_EQ(sentence_of({Action::leak_forward}, run), "No leak comes after this: the program ends here");
    EXPECT_EQ(sentence_of({Action::handle_forward}, run), "Nothing comes after this: the program ends here");
}

TEST(Miss, a_step_back_says_that_there_is_nothing_before) {
    const session::Session run = session::seed();
    EXPECT_EQ(sentence_of({Action::print_back}, run), "No print comes before this event");
}

TEST(Miss, a_task_is_called_by_its_name) {
    const session::Session run = session::finished_seed();
    EXPECT_EQ(sentence_of({Action::task_forward, TaskId{1}}, run),
              "'sleep(0)' takes no step after this event");
    EXPECT_EQ(sentence_of({Action::task_back}, run),
              "No task runs here: click a lane first, to follow its task");
}

TEST(Miss, what_comes_next_in_a_lesson_is_not_told) {
    session::Session run = session::finished_seed();
    run.hold(true);
    for (const Action action :
         {Action::handle_forward, Action::print_forward, Action::task_forward, Action::undo})
        EXPECT_EQ(sentence_of({action}, run), answer_first);
    EXPECT_EQ(sentence_of({.action = Action::search, .text = "b"}, run),
              "No task, output or mark so far contains 'b'");
}

TEST(Miss, a_recording_has_nothing_to_be_compared_with) {
    const session::Session other = recording();
    EXPECT_EQ(sentence_of({Action::difference_forward}, other),
              "There is nothing to compare with: a recording cannot run under another storage");
    EXPECT_EQ(sentence_of({Action::print_forward}, other),
              "No print comes after this: the recording ends here");
}

TEST(Miss, a_difference_says_from_what) {
    const session::Session run = session::finished_seed();
    EXPECT_EQ(sentence_of({Action::difference_back, {}, true}, run),
              "No print that differs from the kept run comes before this event");
    EXPECT_EQ(sentence_of({Action::difference_back}, run),
              "No print that differs from what another storage prints comes before this event");
}

}  // namespace
}  // namespace loopscope::panels
