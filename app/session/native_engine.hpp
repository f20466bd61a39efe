#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "core/explore/chooser.hpp"
#include "core/scenario/run.hpp"
#include "core/trace/log.hpp"

namespace loopscope::session {

/// What is run, and what to begin with.
struct Setup {
    const scenario::Program* program = nullptr;
    scenario::Arguments arguments;
    trace::Storage storage = trace::Storage::global;
    /// The order that it runs in; none: asyncio's.
    std::optional<explore::Schedule> schedule = {};
};

/// The user selected a storage after an event.
struct Switch {
    std::uint32_t after = 0;  ///< index of the last event before it
    trace::Storage storage = trace::Storage::global;

    friend bool operator==(const Switch&, const Switch&) = default;
};

/// An engine that extends a trace by running one of our own programs.
///
/// Deterministic: the same setup, switches and length give the same bytes. So a fork needs no snapshot of a
/// running program: it runs again up to there.
class NativeEngine {
  public:
    explicit NativeEngine(const Setup& setup);
    /// Runs up to a trace of at least `length` events, with these switches, in order.
    NativeEngine(const Setup& setup, const std::vector<Switch>& switches, std::uint32_t length);
    NativeEngine(const NativeEngine&) = delete;
    NativeEngine& operator=(const NativeEngine&) = delete;

    /// Runs one handle. Gives false if the program is over.
    bool advance() { return run_->advance(); }
    [[nodiscard]] bool over() const { return run_->over(); }
    /// Selects a storage at the head.
    void select(trace::Storage storage);

    [[nodiscard]] const trace::Log& log() const { return log_; }
    [[nodiscard]] const Setup& setup() const { return setup_; }
    [[nodiscard]] const std::vector<Switch>& switches() const { return switches_; }
    /// The last event before the first handle: where the user starts.
    [[nodiscard]] std::uint32_t first_event() const { return first_event_; }
    /// The live loop, for checking the trace against it.
    [[nodiscard]] const scenario::Run& run() const { return *run_; }

  private:
    /// Has the next pending switch made when the trace gets there.
    void arm();
    void take_pending();

    Setup setup_;
    std::vector<Switch> switches_;
    std::deque<Switch> pending_;  // while it runs again: switches that are still to be made
    trace::Log log_;
    std::optional<explore::Chooser> chooser_;
    std::unique_ptr<scenario::Run> run_;
    std::uint32_t first_event_ = 0;
};

}  // namespace loopscope::session
