// SPDX-License-Identifier: MIT
#include "core/feed/outcome_runs.hpp"

#include <utility>

#include "core/base/unexpected.hpp"
#include "core/feed/file_feed.hpp"

namespace loopscope::feed {
namespace {

/// Returns a branch on a recording that is complete.
std::shared_ptr<Branch> branch_on(const std::shared_ptr<const Recording>& recording) {
    const format::Info& info = recording->info();
    std::shared_ptr<const trace::Log> log(recording, &recording->log());
    auto branch = std::make_shared<Branch>(std::make_shared<FileFeed>(std::move(log), info, info.program));
    branch->update();
    return branch;
}

}  // namespace

OutcomeRuns::OutcomeRuns(std::shared_ptr<const ExploredProgram> program, explore::Schedule schedule) {
    worker_.start(
        [this, program = std::move(program), schedule = std::move(schedule)](const std::stop_token& stop) {
            if (auto ran = run(*program, schedule, stop); !ran) error_ = std::move(ran.error());
        });
}

Result<void> OutcomeRuns::run(const ExploredProgram& program, const explore::Schedule& schedule,
                              const std::stop_token& stop) {
    PythonRunner runner(program);
    LOOPSCOPE_TRY(outcome, runner.record(schedule, stop));
    outcome_ = branch_on(outcome);
    ++done_;
    LOOPSCOPE_TRY(ordinary, runner.record({schedule.freedoms, {}}, stop));
    ordinary_ = branch_on(ordinary);
    ++done_;
    return {};
}

Status OutcomeRuns::poll(std::chrono::nanoseconds time) {
    if (const Status status = worker_.poll(time); !is_over(status)) return status;
    return worker_.error() || error_ ? Status::failed : Status::ended;
}

Error OutcomeRuns::error() const {
    return worker_.error() ? unexpected_error(worker_.error()) : *error_;
}

}  // namespace loopscope::feed
