// SPDX-License-Identifier: MIT
#include "core/feed/python_runner.hpp"

#include <utility>

#include <fmt/format.h>

#include "core/base/result.hpp"
#include "core/feed/spool_run.hpp"

namespace loopscope::feed {

using explore::Order;
using explore::Ran;

Result<Ran> PythonRunner::run(const Order& order, const std::stop_token& stop) {
    if (!expected_) {
        own_ = {{order.schedule.freedoms, {}}};
        LOOPSCOPE_CHECK(begin(stop));
    }
    if (trusts_here_ && since_check_ >= runs_to_a_check) {
        LOOPSCOPE_CHECK(check_here(stop));
    }
    return trusts_here_ ? run_here(order, stop) : run_apart(order, stop);
}

/// Finds out how the program can be run: whether it does the same twice, and whether it does so in one
/// interpreter.
Result<void> PythonRunner::begin(const std::stop_token& stop) {
    LOOPSCOPE_TRY(first, run_apart(own_, stop));
    if (first.observed.ending == trace::Ending::stopped)
        return fail(
            fmt::format("'{}' does not end, not after 100,000 handles: explore a part of it that ends",
                        program_.about.name));
    LOOPSCOPE_TRY(second, run_apart(own_, stop));
    LOOPSCOPE_CHECK(check_same(first, second, program_.about.name));
    expected_ = std::move(first);
    // Twice: what the first run leaves behind, the second one finds.
    for (int times = 0; times < 2 && trusts_here_; ++times) {
        Result<void> same = check_here(stop);
        if (!same && !std::exchange(begins_anew_, false)) return same;
    }
    return {};
}

Result<Ran> PythonRunner::run_here(const Order& order, const std::stop_token& stop) {
    ++since_check_;
    if (!here_ && apart_ && cannot_fork_.empty()) {
        LOOPSCOPE_TRY(copied, apart_->copy(stop));
        here_ = std::move(copied);
    }
    auto answer = ask(here_, Way::here, order, stop);
    if (!answer && answer.error().code != Error::Code::io) return tl::unexpected(answer.error());
    if (!answer || !answer->cannot.empty()) return distrust();
    return read_run(*answer, order, program_.about.name);
}

Result<Ran> PythonRunner::run_apart(const Order& order, const std::stop_token& stop) {
    LOOPSCOPE_TRY(answer, ask_apart(order, stop));
    return read_run(answer, order, program_.about.name);
}

Result<ScheduleServer::Answer> PythonRunner::ask_apart(const Order& order, const std::stop_token& stop) {
    if (cannot_fork_.empty()) {
        LOOPSCOPE_TRY(answer, ask(apart_, Way::fork, order, stop));
        if (answer.cannot.empty()) return answer;
        cannot_fork_ = answer.cannot;
    }
    apart_.reset();
    LOOPSCOPE_TRY(answer, ask(apart_, Way::here, order, stop));
    if (!answer.cannot.empty()) return fail(answer.cannot, Error::Code::unsupported);
    return answer;
}

/// Asks a server, which is started if it is not there.
Result<ScheduleServer::Answer> PythonRunner::ask(Server& server, Way way, const Order& order,
                                                 const std::stop_token& stop) {
    if (!server) {
        LOOPSCOPE_TRY(started,
                      ScheduleServer::start(program_.command, program_.about.name, program_.patience, stop));
        server = std::move(started);
    }
    Result<ScheduleServer::Answer> answer = server->ask(way, order, stop);
    if (!answer) server.reset();
    return answer;
}

/// Checks that the interpreter of many runs still does what one does that has run nothing.
Result<void> PythonRunner::check_here(const std::stop_token& stop) {
    LOOPSCOPE_TRY(ran, run_here(own_, stop));
    since_check_ = 0;
    if (ran != *expected_) return distrust();
    return {};
}

/// Gives up to run the program again and again in one interpreter: what earlier runs have left behind
/// matters, so that nothing that was run there counts.
tl::unexpected<Error> PythonRunner::distrust() {
    here_.reset();
    trusts_here_ = false;
    begins_anew_ = true;
    return fail(fmt::format("'{}' does something else when it is run again in the same interpreter",
                            program_.about.name));
}

Result<void> PythonRunner::confirm(const explore::Schedule& schedule, const explore::Observed& observed,
                                   const std::stop_token& stop) {
    if (!trusts_here_) return {};
    LOOPSCOPE_TRY(ran, run_apart({schedule}, stop));
    if (ran.observed != observed) return distrust();
    return {};
}

bool PythonRunner::begins_anew() {
    return std::exchange(begins_anew_, false);
}

std::string PythonRunner::notice() const {
    if (!cannot_fork_.empty() && !trusts_here_)
        return fmt::format("Each schedule was run in a process of its own, which takes longer: {}.",
                           cannot_fork_);
    if (!trusts_here_)
        return "Each schedule was run in a copy of the interpreter, which takes longer: the program does "
               "something else when it is run again in the same one.";
    return {};
}

Result<std::shared_ptr<const Recording>> PythonRunner::record(const explore::Schedule& schedule,
                                                              const std::stop_token& stop) {
    LOOPSCOPE_TRY(answer, ask_apart({schedule}, stop));
    RecordedProgram about = program_.about;
    about.schedule = explore::text_of(schedule);
    LOOPSCOPE_TRY(made, Recording::create(std::nullopt, about));
    const std::shared_ptr<Recording> recording(std::move(made));
    while (recording->records() < answer.records) {
        LOOPSCOPE_TRY(grew, recording->follow(answer.spool));
        if (!grew) return fail("the records of a run are cut off", Error::Code::damaged);
    }
    recording->end({});
    recording->list_files();
    return recording;
}

}  // namespace loopscope::feed
