// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/trace/log.hpp"
#include "core/trace/tracks.hpp"

namespace loopscope::exchange {

/// Arguments: their names and values.
using ImportedArguments = std::vector<std::pair<std::string_view, std::string_view>>;

/// A touch of a flow.
struct ImportedFlow {
    std::uint32_t number = 0;
    trace::FlowPoint point = trace::FlowPoint::start;
    std::string_view name;  ///< of the flow; empty: it has none
    std::string_view category;
    /// Whether the flow has no name and no arguments, and is at each of its touches the first one that
    /// touches a slice or an instant where that begins.
    bool is_bound = false;
    ImportedArguments arguments;  ///< of this touch
};

/// A slice or an instant of an imported trace, with all that is said of it.
struct ImportedRecord {
    std::uint32_t track = 0;
    bool is_slice = false;  ///< false: it is an instant
    Time begin{0};
    std::optional<Time> end;  ///< of a slice; none: it has no end
    std::string_view name;
    std::string_view category;
    ImportedArguments arguments;
    std::vector<ImportedFlow> flows;  ///< that touch it where it begins
};

/// Receives what an imported trace has from visit(), in order of time. Called on one thread.
class ImportedVisitor {
  public:
    ImportedVisitor() = default;
    ImportedVisitor(const ImportedVisitor&) = delete;
    ImportedVisitor& operator=(const ImportedVisitor&) = delete;
    virtual ~ImportedVisitor() = default;

    /// Receives all tracks and counters, before anything else. Valid as long as visit() runs.
    virtual void tracks(const trace::Tracks& tracks) = 0;
    /// Receives a slice where it begins, or an instant.
    virtual void record(const ImportedRecord& record) = 0;
    /// Receives the end of the innermost slice that is open on a track.
    virtual void end(std::uint32_t track, Time time) = 0;
    /// Receives a flow that touches the slice that is open on a track, after that has begun, or none.
    virtual void flow(std::uint32_t track, Time time, const ImportedFlow& flow) = 0;
    /// Receives the value that a counter has from a time on.
    virtual void count(std::uint32_t counter, Time time, double value) = 0;
    /// Returns whether the visitor needs nothing more, so that visit() may stop. Called before each event.
    [[nodiscard]] virtual bool has_enough(EventIndex /*at*/) { return false; }
};

/// Passes the tracks, slices, instants, flows and counters of a log to a visitor. Needs 8 bytes for each
/// slice, and what tracks need. REQUIRES: trace::check accepts the log.
void visit(const trace::Log& log, ImportedVisitor& visitor);

/// Returns whether a log has tracks or counters.
bool has_tracks(const trace::Log& log);
/// Returns whether a log has anything else: handles of a loop, tasks, prints. A trace of another tool has
/// not.
bool has_loop(const trace::Log& log);

}  // namespace loopscope::exchange
