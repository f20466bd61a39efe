// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/trace/log.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::intake {

/// Appends events to a log, each only if the rules of traces accept it. So whatever the records of a stranger
/// say, what stands in the log is a trace.
///
/// What is refused ends it: from the first refusal on nothing is appended, and refusal() says why.
class TraceWriter {
  public:
    /// Makes a writer to a log, whose first event is written: `begin`, with the name of the program.
    /// REQUIRES: the log is empty, outlives the writer, and nobody else appends to it.
    TraceWriter(trace::Log& log, std::string_view program);

    /// Sets the time of the next events; a time before that of the last event counts as that.
    void set_time(Time now);

    /// Appends an event, or refuses it. Returns whether it was appended.
    bool write(trace::Kind kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0);
    /// Has handles of an iteration run in any order from now on, as in a schedule of the program's own.
    void allow_any_order() { checker_.allow_any_order(); }
    /// Refuses whatever was to be written, with a reason that goes on after "it is wrong: ". Returns false.
    bool refuse(std::string why);
    /// Refuses a number that names none of `count` things of one kind. Returns false.
    bool refuse_number(std::string_view kind, std::uint32_t number, std::size_t count);

    /// Returns why nothing more is written; empty: nothing was refused.
    [[nodiscard]] const std::string& refusal() const { return refusal_; }
    /// Returns whether the trace has as many events as a trace may have.
    [[nodiscard]] bool is_full() const;
    /// Returns why, as Log::why_full does.
    [[nodiscard]] std::string why_full() const { return log_.why_full(); }
    /// Returns the event that was written last.
    [[nodiscard]] EventIndex last() const { return EventIndex{log_.size() - 1}; }
    /// Returns the position in the run at which the next event would be.
    [[nodiscard]] trace::Position position() const { return checker_.position(); }
    [[nodiscard]] const trace::Log& log() const { return log_; }
    /// Returns the number of a string in the log.
    [[nodiscard]] StringId intern(std::string_view text) { return log_.intern(text); }

  private:
    bool check(const trace::Event& event);

    trace::Log& log_;
    trace::Checker checker_;
    Time now_{0};    // of the next event
    Time clock_{0};  // what the last `clock` event set
    std::string refusal_;
};

}  // namespace loopscope::intake
