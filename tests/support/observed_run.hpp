#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "core/explain/facts.hpp"
#include "core/trace/keyframes.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::explain {

/// The trace of a program of the catalogue, as far as it has run, seen from a cursor, which is on the last
/// event at first.
class ObservedRun {
  public:
    explicit ObservedRun(scenario::ProgramRun run) : run_(std::move(run)) {
        index_.update(log());
        cursor_ = head();
    }

    [[nodiscard]] const trace::Log& log() const { return run_.log(); }
    [[nodiscard]] const trace::Index& index() const { return index_; }
    [[nodiscard]] EventIndex first_event() const { return run_.first_event(); }
    [[nodiscard]] EventIndex head() const { return log().end_index() - 1; }
    [[nodiscard]] EventIndex cursor() const { return cursor_; }
    void seek(EventIndex event) { cursor_ = event; }
    /// Returns the state after the event at the cursor, valid until the next call.
    [[nodiscard]] const trace::State& state() { return keyframes_.seek(log(), cursor_.value + 1); }
    [[nodiscard]] Facts facts() { return {log(), index_, state(), cursor_}; }

  private:
    scenario::ProgramRun run_;
    trace::Index index_;
    trace::Keyframes keyframes_;
    EventIndex cursor_;
};

/// Runs a program to its end and returns its trace.
inline ObservedRun observe(std::string_view program, trace::Storage storage = trace::Storage::global,
                           const std::vector<scenario::Setting>& settings = {}) {
    return ObservedRun(scenario::run_program(program, storage, settings));
}

/// Runs the seed's program to its end and returns its trace.
inline ObservedRun observe_seed(trace::Storage storage = trace::Storage::global) {
    return observe("indication", storage);
}

/// Returns the trace of the seed's program before anything has run.
inline ObservedRun observe_start_of_seed() {
    return ObservedRun(scenario::ProgramRun("indication", trace::Storage::global));
}

}  // namespace loopscope::explain
