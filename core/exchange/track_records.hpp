// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/pausing.hpp"
#include "core/exchange/argument_lists.hpp"
#include "core/exchange/lane_event_sorter.hpp"
#include "core/exchange/omissions.hpp"
#include "core/exchange/stacks.hpp"
#include "core/trace/limits.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// What happens on the tracks of another tool's trace whose slices nest: records that come in any order and
/// are written to a log in order of time, those of one time in the order in which they came.
///
/// A place is a track or a counter, as the reader of a format numbers them from 0.
class TrackRecords {
  public:
    /// What every record says.
    struct When {
        std::int64_t time = 0;  ///< nanoseconds, within max_time on either side of zero
        std::uint32_t place = 0;
        std::uint64_t origin = 0;  ///< where it begins, in bytes of the trace
    };

    /// Takes the beginning of a slice, with its arguments.
    void begin(const When& when, StringId name, StringId category = {},
               std::span<const Argument> arguments = {});
    /// Takes the end of the innermost slice that is open on a place then, with more arguments of that slice.
    /// An end without such a slice is an omission.
    void end(const When& when, std::span<const Argument> arguments = {});
    void instant(const When& when, StringId name, StringId category = {},
                 std::span<const Argument> arguments = {});
    void count(const When& when, double value);
    /// The roles that a slice can have in a flow.
    enum class Touch : std::uint8_t {
        leaves,  ///< it begins there, or goes on
        comes,   ///< it goes on; one that has not begun is an omission
        ends,    ///< as `comes`, and it ends
    };
    /// Says that a flow touches the slice that is open on a place. `flow`: whatever tells flows apart.
    void touch(const When& when, std::uint64_t flow, Touch touch, std::span<const Argument> arguments = {});
    /// Says what a flow is called that touches anything.
    void name_flow(std::uint64_t flow, StringId name, StringId category);

    /// Returns whether the log would be longer than logs may be: nothing more can be taken.
    [[nodiscard]] bool full() const { return events_ >= trace::max_events; }
    [[nodiscard]] bool empty() const { return sorter_.size() == 0; }

    /// Finds which end is whose: no more records come. Counts what cannot be shown. REQUIRES: called once,
    /// before write().
    Pausing<> match(Omissions& omissions);
    /// Writes all to the log, the earliest at time 0. `numbers`: of each place, the number of its track or
    /// counter. Calls `progress` now and then with the fraction that is done. Returns false if that stopped
    /// it. Pauses now and then, as match() does. REQUIRES: called once; the numbers outlive the work.
    Pausing<bool> write(trace::Log& log, std::span<const std::uint32_t> numbers,
                        std::function<bool(double)> progress);

    /// Times are less than this many nanoseconds from zero, so that a difference of two is a time.
    static constexpr std::int64_t max_time = std::int64_t{1} << 61;
    /// The maximum number of slices that are open at once on a place; deeper ones are omissions.
    static constexpr std::uint32_t max_depth = 4096;

  private:
    using Kind = LaneEvent::Kind;
    /// What is open on a place.
    struct Place {
        Stacks<LaneEvent*>::Top open;  // the beginnings of slices
        std::uint32_t depth = 0;
        bool begun = false;  // whether a slice or an instant has been there
    };

    void add(Kind kind, const When& when, StringId name, StringId category,
             std::span<const Argument> arguments);
    void match_one(LaneEvent& event, Omissions& omissions);
    void match_begin(LaneEvent& event, Place& place, Omissions& omissions);
    void match_end(LaneEvent& event, Place& place, Omissions& omissions);
    void match_flow(LaneEvent& event, const Place& place, Omissions& omissions);
    void write_one(trace::Log& log, const LaneEvent& event, std::uint32_t number);
    void write_arguments(trace::Log& log, const LaneEvent& event, std::uint32_t number, trace::Kind kind);
    void write_flow(trace::Log& log, const LaneEvent& event, std::uint32_t number);

    LaneEventSorter sorter_;
    ArgumentLists arguments_;
    std::uint64_t events_ = 0;  // that the log will have
    std::unordered_map<std::uint64_t, std::uint32_t> flows_;
    std::unordered_map<std::uint32_t, std::pair<StringId, StringId>> flow_names_;
    std::vector<std::uint32_t> flow_numbers_;  // in the log; 0: it has not begun, or has ended by then
    std::uint32_t last_flow_ = 0;
    std::vector<Place> places_;
    Stacks<LaneEvent*> open_;
};

/// Announces a track at the end of a log: its name, the track in whose group it is (0: none), its kind and
/// identity. Returns its number. REQUIRES: `last` is the number of tracks so far, which is raised.
std::uint32_t announce_track(trace::Log& log, std::uint32_t& last, StringId name, std::uint32_t parent,
                             trace::TrackKind kind, StringId identity);

}  // namespace loopscope::exchange
