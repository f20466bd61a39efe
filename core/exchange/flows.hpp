// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/exchange/chrome_record.hpp"
#include "core/exchange/lane_event.hpp"
#include "core/exchange/omissions.hpp"
#include "core/trace/event.hpp"

namespace loopscope::exchange {

/// The flows of another tool's trace. Each flow of the log has one beginning, and goes on from slice to
/// slice; where one beginning has several ends in the trace, each end is that of a flow of its own.
///
/// A flow touches what an event shows: the event is called its carrier.
class Flows {
  public:
    explicit Flows(Omissions& omissions) : omissions_(omissions) {}

    // While records are read.

    /// Returns the number of the flow of a record of phase s, t or f: name, category and id tell it from
    /// others. Both are strings of the log.
    std::uint32_t number_of(const ChromeRecord& record, StringId name, StringId category);
    /// Says that a slice or instant has a bind_id, by which flows come in or go out.
    void bind(const ChromeRecord& record, std::uint64_t origin);

    // In order of time.

    /// Says that a flow begins, comes by or ends at a carrier.
    /// `arguments`: what the record says of that, in ArgumentLists.
    void start(std::uint32_t flow, LaneEvent& carrier, std::uint32_t arguments = 0);
    void step(std::uint32_t flow, LaneEvent& carrier, std::uint32_t arguments = 0);
    /// `origin`: where the record of the end begins.
    void end(std::uint32_t flow, LaneEvent& carrier, std::uint64_t origin, std::uint32_t arguments = 0);
    /// Says all that bind() said of this event. REQUIRES: it has a flow.
    void touch_bound(LaneEvent& carrier);
    /// Sorts the touches: no more come.
    void finish();

    /// A touch of a carrier.
    struct Touch {
        std::uint64_t origin = 0;  ///< of the carrier
        std::uint32_t flow = 0;    ///< of the log, an index
        trace::FlowPoint point = trace::FlowPoint::start;
        std::uint32_t arguments = 0;  ///< in ArgumentLists
    };

    /// Calls `function` with each touch of a carrier. REQUIRES: finish() was called.
    template <class Function>
    void each_touch(std::uint64_t origin, Function function) const {
        auto touch = std::ranges::lower_bound(touches_, origin, {}, &Touch::origin);
        for (; touch != touches_.end() && touch->origin == origin; ++touch) function(*touch);
    }
    /// What the trace calls a flow; nothing, if it has no name.
    struct Name {
        StringId name;
        StringId category;
    };
    /// Returns the name of a flow of the log.
    [[nodiscard]] const Name& name_of(std::uint32_t flow) const { return names_[of_[flow]]; }
    /// Returns the number of flows of the log.
    [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(of_.size()); }

  private:
    struct Bound {
        std::uint64_t origin = 0;
        std::uint32_t flow = 0;
        bool in = false;
        bool out = false;
    };
    struct State {
        std::uint32_t flow = 0;  // 1 + that of the log; 0: it has not begun
        bool ended = false;
        std::uint64_t last = 0;  // the carrier from which it goes on
    };
    std::uint32_t find();
    void touch(LaneEvent& carrier, trace::FlowPoint point, std::uint32_t flow, std::uint32_t arguments);
    std::uint32_t add(std::uint32_t flow);
    void begin_again(std::uint32_t flow);

    Omissions& omissions_;
    std::unordered_map<std::string, std::uint32_t> numbers_;
    std::string key_;
    std::vector<Bound> bound_;  // in order of the file
    std::vector<State> states_;
    std::vector<Name> names_;  // as states_
    std::vector<Touch> touches_;
    std::vector<std::uint32_t> of_;  // of each flow of the log: which one of states_ it is
};

}  // namespace loopscope::exchange
