// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/job.hpp"
#include "core/base/result.hpp"
#include "core/feed/branch.hpp"
#include "core/feed/recording.hpp"
#include "core/feed/rerun.hpp"

/// A program that somebody has typed in the page: a worker of the page's runs it on a CPython of its own, and
/// hands the records over (web/editor). Where it is switched or forked, it runs again.
namespace loopscope::web {

/// A switch that is made after so many handles have run, steps and callbacks.
struct CountedSwitch {
    std::uint32_t handles = 0;
    feed::Switch change;  ///< where it stands in the trace; after event 0: not known before the run
};

/// Returns the switch that a link writes as HANDLES:STORAGE.
Result<CountedSwitch> counted_switch_of(std::string_view text);
/// Returns how many handles have begun up to an event of a trace.
std::uint32_t handles_up_to(const trace::Log& log, EventIndex event);

/// A job: has the page run the program that is in the editor, or was when it was run last, and takes its
/// trace. No more than one is under way: the page ends the one before.
class PythonRun {
  public:
    /// Begins. `name` is the program's file, which the page has put into the folder /program. `again`:
    /// whether it is to be the program of the last run, whatever the editor has by now.
    PythonRun(std::string name, std::vector<CountedSwitch> switches, bool again);
    PythonRun(const PythonRun&) = delete;
    PythonRun& operator=(const PythonRun&) = delete;
    ~PythonRun();

    /// Takes what has come, for about `time`. Returns `ended` once the program has ended, or was stopped, and
    /// all that came of it is in the trace; `failed` if its records cannot be taken.
    Status poll(std::chrono::nanoseconds time);
    /// Returns why it failed. REQUIRES: poll() returned `failed`.
    [[nodiscard]] const Error& error() const { return *error_; }
    /// Returns whether anything ran on a loop. REQUIRES: poll() returned `ended`.
    [[nodiscard]] bool has_trace() const { return recording_ && recording_->has_trace(); }
    [[nodiscard]] const feed::Recording& recording() const { return *recording_; }
    /// Moves out the trace, with what is known of it. REQUIRES: has_trace(); called once.
    [[nodiscard]] std::shared_ptr<feed::Branch> take();

  private:
    Result<void> follow(const Slice& slice);

    std::string name_;
    std::vector<CountedSwitch> switches_;
    int number_;  // by which the page knows it
    std::string spool_;
    std::shared_ptr<feed::Recording> recording_;
    std::optional<Error> error_;
};

}  // namespace loopscope::web
