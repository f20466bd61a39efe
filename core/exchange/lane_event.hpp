// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace loopscope::exchange {

/// Something that happens on a lane of another tool's trace, as one record says it.
struct LaneEvent {
    enum class Kind : std::uint8_t {
        nothing,  ///< it was passed over
        span,     ///< a slice whose end is known, or who has none
        begin,    ///< a slice whose end is an event of its own
        end,      ///< the end of such a slice
        instant,
        flow_start,  ///< a flow begins at the slice that is open
        flow_step,
        flow_end,
        flow_next,  ///< a flow ends at the slice that begins next
        count,      ///< a counter has a value
    };

    /// The end of a slice that has none.
    static constexpr std::int64_t never = INT64_MAX;
    static constexpr std::uint64_t max_origin = (std::uint64_t{1} << 48U) - 1;

    std::int64_t time = 0;        ///< nanoseconds
    std::int64_t end = 0;         ///< of a slice, in nanoseconds; of a count the bits of its value
    std::uint32_t lane = 0;       ///< in Lanes, later in TrackDrafts; of a count its counter
    std::uint32_t name = 0;       ///< a string; of a flow its number
    std::uint32_t category = 0;   ///< a string
    std::uint32_t arguments = 0;  ///< in ArgumentLists; 0: none
    std::uint64_t origin : 48;    ///< where its record begins, in bytes: no other record has the same
    Kind kind : 8;
    bool has_flow : 1;  ///< a flow touches it

    LaneEvent() : origin(0), kind(Kind::nothing), has_flow(false) {}
    LaneEvent(Kind what, std::int64_t when, std::uint32_t where, std::uint64_t from)
        : time(when), lane(where), origin(from & max_origin), kind(what), has_flow(false) {}

    [[nodiscard]] bool is_flow() const { return kind >= Kind::flow_start && kind <= Kind::flow_next; }
};
static_assert(sizeof(LaneEvent) == 40);

}  // namespace loopscope::exchange
