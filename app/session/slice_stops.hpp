// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>

#include "core/trace/index.hpp"

namespace loopscope::session {

/// The events at which a cursor stops in a trace of tracks: where slices begin, and instants. What Stops is
/// for a trace of loops.
///
/// Holds references: made for one use, not to be kept. Takes time in proportion to the number of lanes.
class SliceStops {
  public:
    enum class What : std::uint8_t {
        any,        ///< a slice or an instant
        outermost,  ///< a slice that is inside of no other
        beside,     ///< a slice on the same lane, as deep as the one that an event is of
        instant,
    };

    SliceStops(const trace::Log& log, const trace::Index& index) : log_(log), slices_(index.slices()) {}

    /// Returns the first stop after an event; std::nullopt if there is none.
    [[nodiscard]] std::optional<EventIndex> after(What what, EventIndex event) const;
    /// Returns the last stop before an event; std::nullopt if there is none.
    [[nodiscard]] std::optional<EventIndex> before(What what, EventIndex event) const;

  private:
    template <class Visit>
    void each_row(What what, EventIndex event, Visit visit) const;
    [[nodiscard]] bool looks_at_instants(What what) const {
        return what == What::any || what == What::instant;
    }

    const trace::Log& log_;
    const trace::Slices& slices_;
};

}  // namespace loopscope::session
