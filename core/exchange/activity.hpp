#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// A trace as other tools see it: tracks with slices and instants on them, and flows between them.
/// Track 0 is the loop, with its callbacks; track n is task n; then come tracks of imported slices, and of
/// threads: those have an executor's jobs, and callbacks of loops that run at the same time.
using Track = std::uint32_t;
inline constexpr Track first_imported_track = Track{1} << 30;
inline constexpr Track first_thread_track = Track{1} << 31;

/// The number of a flow; 0 for none. Each flow leaves from one instant and arrives at one slice.
using Flow = std::uint64_t;

/// A moment on a track.
struct Instant {
    Time time{0};
    std::string name;
    bool print = false;  ///< false: a spawn, a wake, a cancel, a switch, a stop or the end
    Flow leaves = 0;     ///< the flow that leaves here; 0: none
};

/// A span of time on a track.
struct Slice {
    enum class Kind : std::uint8_t { step, callback, wait, ready };

    Track track = 0;
    Kind kind = Kind::step;
    Time begin{0};
    Time end{0};  ///< not before begin
    std::string name;
    Flow arrives = 0;               ///< the flow that arrives at the beginning; 0: none
    std::vector<Instant> instants;  ///< within the slice, in order, without those passed before
    bool begun = false;             ///< whether beginning() was called for the slice before
};

/// Receives the contents of a trace from visit(). On each track slices come in order and do not overlap.
/// Called on one thread.
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
    /// Receives the beginning of a slice of an imported trace, inside those that are open on its track.
    virtual void begin_slice(Track track, Time time, const std::string& name, std::string_view category) = 0;
    /// Receives the end of the innermost slice that is open on such a track.
    virtual void end_slice(Track track, Time time) = 0;
    /// Receives the value that a counter has from a time on.
    virtual void count(const std::string& counter, Time time, double value) = 0;
    /// Returns whether the visitor needs nothing more, so that visit() may stop.
    [[nodiscard]] virtual bool has_enough() const { return false; }
};

/// Passes a trace to a visitor, from its first event to its last. REQUIRES: trace::check accepts the log.
///
/// A step or callback lasts until its last event. Where that is no later than its first, because the virtual
/// clock stands still within it, it lasts until the next handle of its iteration, or as long as the handle
/// before it.
void visit(const trace::Log& log, Visitor& visitor);

/// Returns the name of a slice's kind, for use as a category.
std::string_view category(Slice::Kind kind);

}  // namespace loopscope::exchange
