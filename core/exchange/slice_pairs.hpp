// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/exchange/argument_lists.hpp"
#include "core/exchange/lane_event.hpp"
#include "core/exchange/lane_event_sorter.hpp"
#include "core/exchange/lanes.hpp"
#include "core/exchange/omissions.hpp"

namespace loopscope::exchange {

/// Finds the end of each slice whose end is a record of its own ("Trace Event Format": B and E, b and e, S
/// and F). An end belongs to the innermost open slice of its lane; one with a name to the innermost of that
/// name. Gives operations their names, which are those of their outermost slices.
class SlicePairs {
  public:
    SlicePairs(trace::Log& log, Lanes& lanes, ArgumentLists& arguments, Omissions& omissions)
        : log_(log), lanes_(lanes), arguments_(arguments), omissions_(omissions) {}

    /// Takes the next event in order of time: a begin gets its end, an end without a begin becomes nothing.
    void add(LaneEvent& event);
    /// Makes spans of the slices of lanes where they do not nest, or where others are spans: no more events
    /// come.
    void finish(LaneEventSorter& events);

    /// The maximum number of slices that are open at once where they nest; deeper ones are not drawn anyway.
    static constexpr std::uint32_t max_depth = 4096;

  private:
    struct Open {
        LaneEvent* begin = nullptr;
        std::uint32_t below = 0;  // 1 + the index of the one that it is inside of; 0: it is outermost
        std::uint32_t above = 0;  // 1 + the index of the one that is inside of it; 0: it is innermost
    };
    struct State {
        std::uint32_t top = 0;  // 1 + the index of the innermost open slice; 0: none
        std::uint32_t depth = 0;
        bool by_name = false;               // its open slices are in by_name_
        std::uint32_t lane = Lanes::limit;  // of an operation: the lane of its name
    };
    State& state_of(std::uint32_t lane);
    std::uint32_t push(State& state, LaneEvent& begin);
    void remove(State& state, std::uint32_t lane, std::uint32_t place);
    std::uint32_t find(State& state, const LaneEvent& end);
    std::uint32_t find_by_name(State& state, const LaneEvent& end);
    void begin(LaneEvent& event);
    void end(LaneEvent& event);
    std::uint32_t named_lane(std::uint32_t lane, StringId name);
    [[nodiscard]] bool is_callback(StringId name) const {
        return log_.strings()[name].ends_with("_CALLBACK");
    }

    trace::Log& log_;
    Lanes& lanes_;
    ArgumentLists& arguments_;
    Omissions& omissions_;
    std::vector<State> states_;  // of the lanes of threads and ids
    std::vector<Open> open_;
    std::uint32_t free_ = 0;  // 1 + the index of a place in open_ that can be used; linked by `below`
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> named_;  // by lane and name
    // Of lanes where many are open, in indexes of open_ + 1, by lane and name: the innermost is the last.
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> by_name_;
};

}  // namespace loopscope::exchange
