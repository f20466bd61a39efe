// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>

#include "core/base/job.hpp"
#include "core/base/result.hpp"
#include "core/base/worker.hpp"
#include "core/feed/branch.hpp"
#include "core/feed/python_runner.hpp"

namespace loopscope::feed {

/// A job: runs a Python program under a schedule and in asyncio's own order, on a thread of its own, so that
/// the two can be shown and compared. The destructor stops it soon.
class OutcomeRuns {
  public:
    OutcomeRuns(std::shared_ptr<const ExploredProgram> program, explore::Schedule schedule);
    OutcomeRuns(const OutcomeRuns&) = delete;
    OutcomeRuns& operator=(const OutcomeRuns&) = delete;

    /// Returns `waiting` while the program runs, `ended` once both traces are there, `failed` if the program
    /// could not be run. Does no work itself.
    Status poll(std::chrono::nanoseconds time = {});
    /// Returns how many of the two runs are done, as a fraction.
    [[nodiscard]] double progress() const { return static_cast<double>(done_.load()) / 2; }
    /// Ends the job soon: poll() will return `failed`.
    void cancel() { worker_.request_stop(); }
    /// Returns why the program could not be run, as a sentence. REQUIRES: poll() returned `failed`.
    [[nodiscard]] Error error() const;
    /// Returns the trace under the schedule. REQUIRES: poll() returned `ended`.
    [[nodiscard]] const std::shared_ptr<Branch>& outcome() const { return outcome_; }
    /// Returns the trace of asyncio's own order. REQUIRES: poll() returned `ended`.
    [[nodiscard]] const std::shared_ptr<Branch>& ordinary() const { return ordinary_; }

  private:
    Result<void> run(const ExploredProgram& program, const explore::Schedule& schedule,
                     const std::stop_token& stop);

    std::shared_ptr<Branch> outcome_;
    std::shared_ptr<Branch> ordinary_;
    std::atomic<int> done_{0};
    std::optional<Error> error_;
    Worker worker_;  // last: it uses the other members
};

static_assert(Job<OutcomeRuns>);

}  // namespace loopscope::feed
