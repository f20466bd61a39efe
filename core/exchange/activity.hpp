#pragma once

#include <string>
#include <vector>

#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// A trace as other tools see it: tracks with slices and instants on them, and flows from one to another.
/// Track 0 is the loop, with its callbacks; track n is task n.
using Track = std::uint32_t;

/// A flow's number; 0: none. Each leaves once and arrives once.
using Flow = std::uint64_t;

struct Instant {
    Time time{0};
    std::string name;
    bool print = false;  ///< else: a spawn, a wake, a cancel or a switch
    Flow leaves = 0;
};

struct Slice {
    enum class Kind : std::uint8_t { step, callback, wait, ready };

    Track track = 0;
    Kind kind = Kind::step;
    Time begin{0};
    Time end{0};  ///< not before begin
    std::string name;
    Flow arrives = 0;
    std::vector<Instant> instants;  ///< within it, in order, but for those that were told before
    bool begun = false;             ///< whether its beginning was told before
};

/// Takes what there is in a trace. On each track slices come in order and do not overlap.
class Visitor {
  public:
    Visitor() = default;
    Visitor(const Visitor&) = delete;
    Visitor& operator=(const Visitor&) = delete;
    virtual ~Visitor() = default;

    /// A track, before anything that is on it.
    virtual void track(Track track, const std::string& name) = 0;
    virtual void slice(const Slice& slice) = 0;
    /// The beginning of a slice that has very many instants, or some more of them: its end is not known yet,
    /// and it will come as a slice with those that are left.
    virtual void beginning(const Slice& slice) = 0;
    /// One that stands outside of all slices.
    virtual void instant(Track track, const Instant& instant) = 0;
    /// Returns whether there is no use in showing it more.
    [[nodiscard]] virtual bool has_enough() const { return false; }
};

/// Shows a trace to a visitor, from its first event to its last. REQUIRES: trace::check accepts it.
///
/// A step or callback lasts to where its last event is; where that is no later than its first, for the
/// virtual clock stands still in it, to the next handle of its iteration, or as long as that took before.
void visit(const trace::Log& log, Visitor& visitor);

/// What kind of slice it is, as a category.
std::string_view category(Slice::Kind kind);

}  // namespace loopscope::exchange
