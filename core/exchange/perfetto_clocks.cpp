// SPDX-License-Identifier: MIT
#include "core/exchange/perfetto_clocks.hpp"

#include <algorithm>

#include "core/exchange/perfetto_fields.hpp"
#include "core/exchange/track_records.hpp"
#include "core/exchange/wire_fields.hpp"

namespace loopscope::exchange {

namespace {

/// How many snapshots are looked at for one that has two clocks. Perfetto's have the same clocks each time.
constexpr int max_looks = 4;

}  // namespace

PerfettoClocks::Clock PerfettoClocks::key_of(std::uint32_t clock, std::uint32_t sequence) {
    const bool own = clock >= first_of_sequence && clock < first_global;
    return std::uint64_t{own ? sequence : 0U} << 32 | clock;
}

std::optional<std::int64_t> PerfettoClocks::nanoseconds(std::uint64_t units, std::uint64_t unit) {
    constexpr auto limit = static_cast<std::uint64_t>(TrackRecords::max_time);
    if (unit == 0 || units >= limit / unit) return {};
    return static_cast<std::int64_t>(units * unit);
}

void PerfettoClocks::take(std::string_view snapshot, std::uint32_t sequence) {
    WireFields fields(snapshot);
    std::uint64_t primary = 0;
    ++snapshots_;
    for (WireField field; fields.next(field);) {
        if (field.number == perfetto::snapshot::clock && field.is_message())
            take_clock(field.bytes, sequence, snapshots_);
        if (field.number == perfetto::snapshot::primary) primary = field.value;
    }
    if (trace_clock_) return;
    if (primary != 0)
        trace_clock_ = key_of(static_cast<std::uint32_t>(primary), 0);
    else if (clocks_.contains(boot_time))
        trace_clock_ = boot_time;
}

void PerfettoClocks::take_clock(std::string_view clock, std::uint32_t sequence, std::uint32_t snapshot) {
    std::uint32_t id = 0;
    std::uint64_t units = 0;
    Known said;
    WireFields fields(clock);
    for (WireField field; fields.next(field);) {
        if (field.number == perfetto::snapshot::clock_id) id = static_cast<std::uint32_t>(field.value);
        if (field.number == perfetto::snapshot::timestamp) units = field.value;
        if (field.number == perfetto::snapshot::is_incremental) said.incremental = field.value != 0;
        if (field.number == perfetto::snapshot::unit && field.value != 0) said.unit = field.value;
    }
    const auto time = nanoseconds(units, said.unit);
    if (!time || points_ >= max_points) return;
    const Clock key = key_of(id, sequence);
    if (clocks_.size() >= max_clocks && !clocks_.contains(key)) return;
    Known& known = clocks_[key];
    known.unit = said.unit;
    known.incremental = said.incremental;
    known.last = units;
    if (!known.points.empty() && known.points.back().snapshot == snapshot) return;
    known.points.push_back({*time, snapshot});
    ++points_;
}

std::optional<std::int64_t> PerfettoClocks::time_of(std::uint32_t clock, std::uint64_t units,
                                                    std::uint32_t sequence) {
    const Clock key = key_of(clock, sequence);
    if (!trace_clock_) trace_clock_ = key;
    const auto found = clocks_.find(key);
    if (found == clocks_.end()) return key == *trace_clock_ ? nanoseconds(units, 1) : std::nullopt;
    Known& known = found->second;
    if (known.incremental) units = known.last += units;
    const auto time = nanoseconds(units, known.unit);
    if (!time || key == *trace_clock_) return time;
    if (known.unrelated_at == snapshots_) return {};
    const auto result = converted(known, *time);
    if (!result) known.unrelated_at = snapshots_;
    return result;
}

/// Returns the time of the trace's clock, directly or by way of one clock that all sequences have.
std::optional<std::int64_t> PerfettoClocks::converted(const Known& from, std::int64_t time) const {
    const auto target = clocks_.find(*trace_clock_);
    if (target == clocks_.end()) return {};
    if (auto direct = between(from, target->second, time)) return direct;
    for (const auto& [key, by] : clocks_) {
        if (key >= first_of_sequence) break;
        const auto there = between(from, by, time);
        if (!there) continue;
        if (auto result = between(by, target->second, *there)) return result;
    }
    return {};
}

/// Returns what a clock showed when another one showed a time: by the last snapshot before that which has
/// both, or else by the first.
std::optional<std::int64_t> PerfettoClocks::between(const Known& from, const Known& to, std::int64_t time) {
    const auto point_in = [&to](std::uint32_t snapshot) {
        const auto found = std::ranges::lower_bound(to.points, snapshot, {}, &Point::snapshot);
        return found != to.points.end() && found->snapshot == snapshot ? &*found : nullptr;
    };
    // A clock that was set back has points out of order; then what is found is one of them.
    const auto after = std::ranges::upper_bound(from.points, time, {}, &Point::time);
    const auto before = after - from.points.begin();
    const auto behind = from.points.end() - after;
    for (std::ptrdiff_t step = 1; step <= std::min<std::ptrdiff_t>(before, max_looks); ++step) {
        const Point& at = after[-step];
        if (const Point* const there = point_in(at.snapshot)) return there->time + (time - at.time);
    }
    for (std::ptrdiff_t step = 0; step < std::min<std::ptrdiff_t>(behind, max_looks); ++step) {
        const Point& at = after[step];
        if (const Point* const there = point_in(at.snapshot)) return there->time + (time - at.time);
    }
    return {};
}

}  // namespace loopscope::exchange
