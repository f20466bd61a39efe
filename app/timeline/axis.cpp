#include "app/timeline/axis.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/first_not.hpp"

namespace loopscope::timeline {

std::int64_t Axis::between(std::int64_t here, std::int64_t there) const {
    const double from = static_cast<double>(there) * morph_->factor + static_cast<double>(morph_->offset);
    return here + std::llround((from - static_cast<double>(here)) * (1 - morph_->share));
}

std::int64_t Axis::begin_of(std::size_t handle) const {
    if (morph_) return between(plain().begin_of(handle), other().begin_of(handle));
    const trace::Handles& handles = index_.handles();
    if (kind_ == AxisKind::time) return index_.time(log_, handles.first(handle)).count();
    // The lead-in, one step wide, is for events before the first handle.
    return std::int64_t{handles.position(handle) + trace::Index::step_width} * quarter;
}

std::int64_t Axis::end_of(std::size_t handle) const {
    if (morph_) return between(plain().end_of(handle), other().end_of(handle));
    if (kind_ == AxisKind::time) return index_.end_of(log_, handle).count();
    const auto& handles = index_.handles();
    const std::uint32_t next = handle + 1 < handles.size() ? handles.position(handle + 1) : index_.width();
    return std::int64_t{next + trace::Index::step_width} * quarter;
}

std::int64_t Axis::at(std::uint32_t event) const {
    if (morph_) return between(plain().at(event), other().at(event));
    if (kind_ == AxisKind::time) return index_.time(log_, event).count();
    const std::ptrdiff_t handle = index_.handle_at(event);
    return handle < 0 ? 0 : sequence_at(event, static_cast<std::size_t>(handle));
}

std::int64_t Axis::sequence_at(std::uint32_t event, std::size_t handle) const {
    const std::uint32_t first = index_.handles().first(handle);
    const std::uint32_t last = index_.last_event(handle);
    const std::int64_t begin = begin_of(handle);
    const std::int64_t end = end_of(handle);
    if (event > last) return end;
    return begin +
           (end - begin) * (2 * std::int64_t{event - first} + 1) / (2 * std::int64_t{last - first + 1});
}

std::uint32_t Axis::handles_before(std::int64_t tick) const {
    if (morph_) {
        return first_not(0, static_cast<std::uint32_t>(index_.handles().size()),
                         [&](std::uint32_t handle) { return begin_of(handle) < tick; });
    }
    if (kind_ == AxisKind::time) return index_.handles_before(log_, Time(tick));
    return index_.handles_before(position(tick));
}

std::uint32_t Axis::position(std::int64_t tick) const {
    const std::int64_t past_lead_in = std::max<std::int64_t>(tick - trace::Index::step_width * quarter, 0);
    return static_cast<std::uint32_t>(
        std::min((past_lead_in + quarter - 1) / quarter, std::int64_t{index_.width()} + 1));
}

void Axis::handles_before(std::int64_t first, std::int64_t distance, std::span<std::uint32_t> handles) const {
    if (kind_ == AxisKind::time) {
        std::vector<Time> times;
        for (std::size_t each = 0; each < handles.size(); ++each)
            times.emplace_back(first + static_cast<std::int64_t>(each) * distance);
        return index_.handles_before(log_, times, handles);
    }
    std::vector<std::uint32_t> positions;
    for (std::size_t each = 0; each < handles.size(); ++each)
        positions.push_back(position(first + static_cast<std::int64_t>(each) * distance));
    index_.handles_before(positions, handles);
}

std::uint32_t Axis::first_at(std::int64_t tick) const {
    // The event lies between the beginnings of two consecutive handles.
    const auto& handles = index_.handles();
    const std::uint32_t after = handles_before(tick);
    const std::uint32_t from = after == 0 ? 0 : handles.first(after - 1);
    const std::uint32_t until = after < handles.size() ? handles.first(after) : index_.size();
    if (after == 0 || morph_ || kind_ == AxisKind::time)
        return first_not(from, until, [&](std::uint32_t event) { return at(event) < tick; });
    // All events belong to one handle, so the handle is not searched for again.
    return first_not(from, until, [&](std::uint32_t event) { return sequence_at(event, after - 1) < tick; });
}

std::uint32_t Axis::event_near(std::int64_t tick) const {
    const std::uint32_t first = first_at(tick);
    if (first >= index_.size()) return index_.size() - 1;
    if (first > 0 && tick - at(first - 1) < at(first) - tick) return first - 1;
    return first;
}

std::int64_t Axis::end() const {
    if (morph_) return between(plain().end(), other().end());
    const std::size_t handles = index_.handles().size();
    const std::int64_t last = index_.size() == 0 ? 0 : at(index_.size() - 1);
    return handles == 0 ? std::max<std::int64_t>(last, quarter) : std::max(end_of(handles - 1), last);
}

}  // namespace loopscope::timeline
