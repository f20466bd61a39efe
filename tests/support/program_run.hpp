#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/scenario/run.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::scenario {

/// A run of a program of the catalogue, with its trace.
class ProgramRun {
  public:
    /// Starts a program. REQUIRES: it exists and takes the settings.
    explicit ProgramRun(std::string_view program, trace::Storage storage,
                        const std::vector<Setting>& settings = {});

    /// Runs up to the handle that makes the trace's print number `count`, from 1, or to the end.
    void advance_to_prints(std::size_t count);
    /// Runs to the end.
    void finish();
    void select(trace::Storage storage) { run_->select(storage); }
    /// Destroys the run as it is, and keeps its trace.
    void drop() { run_.reset(); }

    [[nodiscard]] const Run& run() const { return *run_; }
    /// Returns the last event before the first handle.
    [[nodiscard]] EventIndex first_event() const { return first_event_; }
    [[nodiscard]] const trace::Log& log() const { return *log_; }
    [[nodiscard]] std::string output() const { return trace::output_of(*log_); }

  private:
    std::unique_ptr<trace::Log> log_ = std::make_unique<trace::Log>();
    std::unique_ptr<Run> run_;
    EventIndex first_event_;
    EventIndex seen_;         // the first event that advance_to_prints has not searched
    std::size_t prints_ = 0;  // number of prints among them
};

/// Runs a program to its end. REQUIRES: it exists and takes the settings.
ProgramRun run_program(std::string_view program, trace::Storage storage,
                       const std::vector<Setting>& settings = {});

}  // namespace loopscope::scenario
