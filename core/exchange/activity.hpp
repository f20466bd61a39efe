// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/exchange/own_words.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// A program's run as other tools see it: tracks with slices and instants on them, and flows between them.
/// Track n is task n; track first_thread_track + n is OS thread n, with the callbacks of its loop and the
/// jobs of executors. What imported traces have is not in it: see imported.hpp.
using Track = std::uint32_t;
inline constexpr Track first_thread_track = Track{1} << 31;
/// The track of the first thread: the main one.
inline constexpr Track main_track = first_thread_track + 1;

/// The number of a flow; 0 for none. Each flow leaves from one instant and arrives at one slice.
using Flow = std::uint64_t;

/// A moment on a track.
struct Instant {
    enum class Kind : std::uint8_t {
        loop,    ///< a spawn, a wake, a cancel, a switch, a stop or the end
        print,   ///< text is printed
        events,  ///< nothing but a place for events
    };

    Time time{0};
    std::string name;
    Kind kind = Kind::loop;
    Flow leaves = 0;               ///< the flow that leaves here; 0: none
    std::vector<EventRun> events;  ///< that belong to the instant
};

/// A span of time on a track.
struct Slice {
    enum class Kind : std::uint8_t { step, callback, wait, ready };

    Track track = 0;
    Kind kind = Kind::step;
    Time begin{0};
    Time end{0};  ///< later than begin
    std::string name;
    Flow arrives = 0;               ///< the flow that arrives at the beginning; 0: none
    std::vector<Instant> instants;  ///< within the slice, in order, without those passed before
    std::vector<EventRun> events;   ///< that belong to the slice, in order, without those passed before
    bool begun = false;             ///< whether beginning() was called for the slice before
};

/// Receives the contents of a trace from visit(). On each track slices come in order of their ends, and are
/// inside each other or apart. Each event of the trace belongs to one slice or instant. Called on one thread.
class Visitor {
  public:
    Visitor() = default;
    Visitor(const Visitor&) = delete;
    Visitor& operator=(const Visitor&) = delete;
    virtual ~Visitor() = default;

    /// Receives a track, before anything on it, and again if it gets another name.
    virtual void track(Track track, const std::string& name) = 0;
    /// Receives a whole slice, or what is left of one whose beginning was passed before.
    virtual void slice(const Slice& slice) = 0;
    /// Receives the beginning of a slice that has very many instants, or some more of those. The end of the
    /// slice is not known yet; the slice comes again, with the instants that are left.
    virtual void beginning(const Slice& slice) = 0;
    /// Receives an instant that is outside all slices.
    virtual void instant(Track track, const Instant& instant) = 0;
    /// Returns whether the visitor needs nothing more, so that visit() may stop. Called before each event.
    [[nodiscard]] virtual bool has_enough(EventIndex /*at*/) { return false; }
};

/// Passes a trace to a visitor, from its first event to its last. REQUIRES: trace::check accepts the log.
///
/// A step or callback lasts until its last event; HandleTimes says how long it is where that is no later than
/// its first. A slice has few thousand events at most: what is more has instants of its own.
void visit(const trace::Log& log, Visitor& visitor);

/// Returns the name of a slice's kind, for use as a category.
std::string_view category(Slice::Kind kind);
/// Returns the name of an instant's kind, for use as a category.
std::string_view category(Instant::Kind kind);

}  // namespace loopscope::exchange
