// SPDX-License-Identifier: MIT
#include "app/session/failures.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace loopscope::session {
namespace {

using scenario::Failure;

/// The maximum number of waiting tasks that a sentence names; the rest are counted.
constexpr std::size_t max_named = 4;

/// Returns "task 'sleep(b)'".
std::string named(const Session& session, TaskId task) {
    const std::string name = explain::task_name(session.log(), session.index(), task).whole();
    return name.empty() ? fmt::format("task {}", task.value) : fmt::format("task '{}'", name);
}

std::string sentence_of(const Session& session, const Failure& failure) {
    const std::string task = failure.task ? named(session, failure.task) : "";
    switch (failure.kind) {
        case Failure::Kind::callback:
            return fmt::format("a callback{}{} raised {}; the loop went on",
                               failure.callback.empty() ? "" : fmt::format(" '{}'", failure.callback),
                               task.empty() ? "" : " for " + task, failure.what);
        case Failure::Kind::never_retrieved:
            return fmt::format("{} raised {}; the exception was never retrieved",
                               task.empty() ? "a future" : task, failure.what);
        case Failure::Kind::shutdown:
            return fmt::format("{} raised {} as the end of the program closed it",
                               task.empty() ? "an asynchronous generator" : task, failure.what);
        case Failure::Kind::guard:
            return fmt::format("{} left a guard whose lock was released before: asyncio raises {} there",
                               task.empty() ? "a callback" : task, failure.what);
        case Failure::Kind::program:
            return fmt::format("{} told the loop's exception handler of {}",
                               task.empty() ? "the program" : task, failure.what);
        case Failure::Kind::main:
            return fmt::format("{} raised {}, which ended the program", task.empty() ? "a future" : task,
                               failure.what);
    }
    return {};
}

std::string waiting(const Session& session, TaskId task, const trace::TaskStatus& status) {
    const std::string what = status.wait == trace::Wait::task
                                 ? named(session, TaskId{status.wait_for})
                                 : std::string(explain::wait_phrase(status.wait));
    return fmt::format("{} for {}", named(session, task), what);
}

std::string deadlock_sentence(const Session& session, const trace::State& state) {
    std::string text;
    std::size_t count = 0;
    for (std::uint32_t number = 1; number <= state.tasks().size(); ++number) {
        const trace::TaskStatus& status = state.task(TaskId{number});
        if (status.phase != trace::TaskStatus::Phase::waiting) continue;
        if (++count > max_named) continue;
        text += fmt::format("{}{}", text.empty() ? "" : ", ", waiting(session, TaskId{number}, status));
    }
    if (count > max_named) text += fmt::format(", and {} others", count - max_named);
    const std::string_view who = count == 0   ? ""
                                 : count == 1 ? "; this task waits: "
                                              : "; these tasks wait: ";
    return fmt::format("deadlock: nothing is ready and no timer is running{}{}", who, text);
}

/// Returns how a recorded program failed, as a sentence; empty if it did not fail.
std::string ending_sentence(const trace::Event& end, std::string_view exception) {
    switch (end.tag<trace::Ending>()) {
        case trace::Ending::ok:
        case trace::Ending::deadlock: return {};
        case trace::Ending::exception: return fmt::format("{} ended the program", exception);
        case trace::Ending::cancelled: return "the program was cancelled";
        case trace::Ending::stopped: return "the loop was stopped before the program was over";
        case trace::Ending::exited:
            return end.subject == 0 ? "" : fmt::format("the program left with exit code {}", end.subject);
        case trace::Ending::signalled: return fmt::format("signal {} killed the program", end.subject);
    }
    return {};
}

/// Returns how a trace ended badly, as a sentence, unless that is noted already; empty: it ended well, or not
/// yet.
std::string ending_of(const Session& session) {
    const EventIndex at = session.index().end_of_program();
    if (!at) return {};
    const trace::Event& end = session.log()[at];
    if (end.tag<trace::Ending>() == trace::Ending::deadlock)
        return deadlock_sentence(session, session.state_at_head());
    const std::vector<Failure>& noted = session.feed().failures().noted;
    if (!noted.empty() && noted.back().kind == Failure::Kind::main) return {};
    return ending_sentence(end, session.log().strings()[StringId{end.a}]);
}

}  // namespace

FailureReport failures_of(const Session& session) {
    FailureReport report;
    const scenario::Failures& failures = session.feed().failures();
    for (const Failure& each : failures.noted) report.sentences.push_back(sentence_of(session, each));
    if (failures.more > 0)
        report.sentences.push_back(fmt::format("{} further exceptions were not noted", failures.more));
    if (std::string ending = ending_of(session); !ending.empty())
        report.sentences.push_back(std::move(ending));
    const EventIndex end = session.index().end_of_program();
    report.of_program = end && session.log()[end].tag<trace::Ending>() != trace::Ending::ok;
    if (session.feed().status() != Status::failed) return report;
    report.sentences.push_back(session.feed().error().message);
    report.of_program = true;
    return report;
}

const std::string& LastFailure::sentence(const Session& session) {
    const auto branch = session.branch();
    const Status status = session.feed().status();
    if (branch_.lock() == branch && events_ == session.log().size() && status_ == status) return sentence_;
    branch_ = branch;
    events_ = session.log().size();
    status_ = status;
    if (status == Status::failed) return sentence_ = session.feed().error().message;
    const scenario::Failures& failures = session.feed().failures();
    std::uint64_t others = failures.noted.size() + failures.more;
    sentence_ = ending_of(session);
    if (sentence_.empty() && !failures.noted.empty()) {
        sentence_ = sentence_of(session, failures.noted.back());
        --others;
    }
    if (!sentence_.empty() && others > 0) sentence_ += fmt::format(" (and {} before it)", others);
    return sentence_;
}

}  // namespace loopscope::session
