#include <algorithm>

#include <gtest/gtest.h>

#include "app/session/drive.hpp"
#include "app/session/failures.hpp"
#include "core/feed/file_feed.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::session {
namespace {

using trace::Kind;
using trace::tagged;

/// A step in whose middle an executor's job runs on another thread, and a step after it.
std::shared_ptr<trace::Log> job_in_a_step() {
    auto log = std::make_shared<trace::Log>();
    const std::uint32_t name = log->intern("worker").value;
    log->emit(Kind::begin, 0, name);
    log->emit(Kind::spawn, 1, name, tagged(trace::Start::soon));
    log->emit(Kind::spawn, 2, name, tagged(trace::Start::soon));
    log->emit(Kind::iteration, 1, 2);
    log->emit(Kind::step, 1, 0, tagged(trace::Resume::first));  // 4
    log->emit(Kind::thread, 2, name);
    log->emit(Kind::job, 1, name);  // 6
    log->emit(Kind::thread, 1, name);
    log->emit(Kind::print, 1, name);
    log->emit(Kind::thread, 2, name);
    log->emit(Kind::job_end);  // 10
    log->emit(Kind::thread, 1, name);
    log->emit(Kind::finish, 1);  // 12
    log->emit(Kind::step, 2, 0, tagged(trace::Resume::first));
    log->emit(Kind::finish, 2);  // 14
    log->emit(Kind::end);
    return log;
}

TEST(ThreadsByTurns, are_stepped_through_to_the_end_and_back) {
    const auto log = job_in_a_step();
    ASSERT_TRUE(trace::check(*log)) << trace::check(*log).error().message;
    Session session(std::make_unique<feed::FileFeed>(log, format::Info{}, "by hand"));
    session.go_to_start();
    std::vector<EventIndex> stops = {session.cursor()};
    while (step(session, Pursuit::What::handle)) {
        ASSERT_GT(session.cursor(), stops.back());
        stops.push_back(session.cursor());
    }
    EXPECT_TRUE(session.at_head());
    EXPECT_NE(std::ranges::find(stops, EventIndex{12}), stops.end()) << "the end of the step around the job";
    EXPECT_NE(std::ranges::find(stops, EventIndex{14}), stops.end());
    EventIndex last = session.cursor();
    while (step(session, Pursuit::What::handle, Direction::back)) {
        ASSERT_LT(session.cursor(), last);
        last = session.cursor();
    }
    EXPECT_EQ(session.cursor(), session.first_event());
}

TEST(ThreadsByTurns, ending_of_a_recorded_program_is_told) {
    const auto log = std::make_shared<trace::Log>();
    log->emit(Kind::begin);
    log->emit(Kind::end, 3, log->intern("SystemExit").value, tagged(trace::Ending::exited));
    log->emit(Kind::message, 0, log->intern("3").value, 1);
    Session session(std::make_unique<feed::FileFeed>(log, format::Info{}, "by hand"));
    const FailureReport report = failures_of(session);
    EXPECT_TRUE(report.of_program);
    EXPECT_EQ(report.sentences, std::vector<std::string>{"the program left with exit code 3"});
}

}  // namespace
}  // namespace loopscope::session
