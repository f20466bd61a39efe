// SPDX-License-Identifier: MIT
#include "app/session/slice_stops.hpp"

#include <algorithm>

namespace loopscope::session {

/// Calls `visit` with each row in which there may be a stop.
template <class Visit>
void SliceStops::each_row(What what, EventIndex event, Visit visit) const {
    if (what == What::instant) return;
    if (what == What::beside) {
        const auto spot = slices_.find(log_[event].subject, event);
        if (spot) visit(slices_.lanes()[spot->lane].rows[spot->depth]);
        return;
    }
    for (const trace::SliceLane& lane : slices_.lanes()) {
        const std::size_t rows =
            what == What::outermost ? std::min<std::size_t>(lane.rows.size(), 1) : lane.rows.size();
        for (std::size_t depth = 0; depth < rows; ++depth) visit(lane.rows[depth]);
    }
}

std::optional<EventIndex> SliceStops::after(What what, EventIndex event) const {
    std::optional<EventIndex> first;
    const auto take = [&](EventIndex found) { first = first ? std::min(*first, found) : found; };
    each_row(what, event, [&](const trace::SliceRow& row) {
        const std::size_t next = row.begun_before(event + 1);
        if (next < row.size()) take(row.begin(next));
    });
    if (!looks_at_instants(what)) return first;
    for (const trace::SliceLane& lane : slices_.lanes()) {
        const auto next = std::ranges::upper_bound(lane.instants, event);
        if (next != lane.instants.end()) take(*next);
    }
    return first;
}

std::optional<EventIndex> SliceStops::before(What what, EventIndex event) const {
    std::optional<EventIndex> last;
    const auto take = [&](EventIndex found) { last = last ? std::max(*last, found) : found; };
    each_row(what, event, [&](const trace::SliceRow& row) {
        const std::size_t next = row.begun_before(event);
        if (next > 0) take(row.begin(next - 1));
    });
    if (!looks_at_instants(what)) return last;
    for (const trace::SliceLane& lane : slices_.lanes()) {
        const auto next = std::ranges::lower_bound(lane.instants, event);
        if (next != lane.instants.begin()) take(*std::prev(next));
    }
    return last;
}

}  // namespace loopscope::session
