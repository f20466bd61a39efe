// SPDX-License-Identifier: MIT
#include "app/timeline/axis.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/first_not.hpp"

namespace loopscope::timeline {

std::int64_t Axis::between(std::int64_t here, std::int64_t there) const {
    const double from = static_cast<double>(there) * morph_->factor + static_cast<double>(morph_->offset);
    return here + std::llround((from - static_cast<double>(here)) * (1 - morph_->share));
}

std::int64_t Axis::begin_of(HandleIndex handle) const {
    if (morph_) return between(plain().begin_of(handle), other().begin_of(handle));
    const trace::Handles& handles = index_.handles();
    if (kind_ == AxisKind::time) return index_.time(log_, handles.first(handle)).count();
    // The lead-in, one step wide, is for events before the first handle.
    return std::int64_t{handles.position(handle).value + trace::Index::step_width} * quarter;
}

std::int64_t Axis::end_of(HandleIndex handle) const {
    if (morph_) return between(plain().end_of(handle), other().end_of(handle));
    if (kind_ == AxisKind::time) return index_.end_of(log_, handle).count();
    const auto& handles = index_.handles();
    const AxisPosition next =
        handle + 1 < handles.end_index() ? handles.position(handle + 1) : index_.width();
    return std::int64_t{next.value + trace::Index::step_width} * quarter;
}

std::int64_t Axis::at(EventIndex event) const {
    if (morph_) return between(plain().at(event), other().at(event));
    if (kind_ == AxisKind::time) return index_.time(log_, event).count();
    // What a handle or a job does that goes on on its thread comes after what began meanwhile on another one.
    const HandleIndex after = index_.handle_after(event);
    return after == HandleIndex{} ? 0 : sequence_at(event, after - 1);
}

std::int64_t Axis::sequence_at(EventIndex event, HandleIndex handle) const {
    const EventIndex first = index_.handles().first(handle);
    const EventIndex last = index_.last_event(handle);
    const std::int64_t begin = begin_of(handle);
    const std::int64_t end = end_of(handle);
    if (event > last) return end;
    return begin +
           (end - begin) * (2 * std::int64_t{event - first} + 1) / (2 * std::int64_t{last - first + 1});
}

HandleIndex Axis::handle_from(std::int64_t tick) const {
    if (morph_) {
        return {first_not(0, index_.handles().end_index().value,
                          [&](std::uint32_t handle) { return begin_of({handle}) < tick; })};
    }
    if (kind_ == AxisKind::time) return index_.handle_from(log_, Time(tick));
    return index_.handle_from(position(tick));
}

AxisPosition Axis::position(std::int64_t tick) const {
    const std::int64_t past_lead_in = std::max<std::int64_t>(tick - trace::Index::step_width * quarter, 0);
    return {static_cast<std::uint32_t>(
        std::min((past_lead_in + quarter - 1) / quarter, std::int64_t{index_.width().value} + 1))};
}

void Axis::handles_from(std::int64_t first, std::int64_t distance, std::span<HandleIndex> handles) const {
    if (kind_ == AxisKind::time) {
        std::vector<Time> times;
        for (std::size_t each = 0; each < handles.size(); ++each)
            times.emplace_back(first + static_cast<std::int64_t>(each) * distance);
        return index_.handles_from(log_, times, handles);
    }
    std::vector<AxisPosition> positions;
    for (std::size_t each = 0; each < handles.size(); ++each)
        positions.push_back(position(first + static_cast<std::int64_t>(each) * distance));
    index_.handles_from(positions, handles);
}

EventIndex Axis::first_of(HandleIndex handle) const {
    const trace::Handles& handles = index_.handles();
    return handle < handles.end_index() ? handles.first(handle) : index_.end_index();
}

EventIndex Axis::first_at(std::int64_t tick) const {
    // The event lies between the beginnings of two consecutive handles.
    const HandleIndex after = handle_from(tick);
    const bool before_all = after == HandleIndex{};
    const EventIndex from = before_all ? EventIndex{} : first_of(after - 1);
    const EventIndex until = first_of(after);
    const auto first = [&](const auto& tick_of) {
        return EventIndex{first_not(from.value, until.value,
                                    [&](std::uint32_t event) { return tick_of(EventIndex{event}) < tick; })};
    };
    if (before_all || morph_ || kind_ == AxisKind::time)
        return first([&](EventIndex event) { return at(event); });
    // All events belong to one handle, so the handle is not searched for again.
    return first([&](EventIndex event) { return sequence_at(event, after - 1); });
}

EventIndex Axis::event_near(std::int64_t tick) const {
    const EventIndex first = first_at(tick);
    if (first >= index_.end_index()) return index_.end_index() - 1;
    if (first && tick - at(first - 1) < at(first) - tick) return first - 1;
    return first;
}

std::int64_t Axis::end() const {
    if (morph_) return between(plain().end(), other().end());
    const trace::Handles& handles = index_.handles();
    const std::int64_t last = index_.size() == 0 ? 0 : at(index_.end_index() - 1);
    if (handles.empty()) return std::max<std::int64_t>(last, quarter);
    return std::max(end_of(handles.end_index() - 1), last);
}

}  // namespace loopscope::timeline
