// SPDX-License-Identifier: MIT
#include "core/explain/slice_statistics.hpp"

#include <algorithm>

namespace loopscope::explain {
namespace {

/// The number of slices between two readings of the clock: in a long trace each may be on pages that are read
/// from a file.
constexpr int added_at_once = 50;

}  // namespace

SliceStatistics::SliceStatistics(const trace::Log& log, const trace::Index& index, EventIndex first,
                                 EventIndex last, std::size_t limit)
    : serial_(index.serial()),
      first_(first),
      last_(last),
      from_(index.time(log, first)),
      to_(index.time(log, last)),
      limit_(limit),
      lanes_(index.slices().lanes().size()) {}

Status SliceStatistics::poll(const trace::Log& log, const trace::Index& index,
                             std::chrono::nanoseconds time) {
    if (cancelled_ || serial_ != index.serial()) return Status::ended;
    const Slice slice(time);
    while (place_.lane < lanes_) {
        add_some(log, index);
        if (slice.over()) break;
    }
    list();
    return place_.lane == lanes_ ? Status::ended : Status::grew;
}

void SliceStatistics::add_some(const trace::Log& log, const trace::Index& index) {
    for (int each = 0; each < added_at_once && place_.lane < lanes_; ++each) {
        const std::vector<trace::SliceRow>& rows = index.slices().lanes()[place_.lane].rows;
        if (place_.depth == rows.size()) {
            place_ = {place_.lane + 1, 0, 0, 0, false};
            continue;
        }
        if (!place_.in_row) begin_row(rows);
        const trace::SliceRow& row = rows[place_.depth];
        if (place_.slice < row.size() && row.begin(place_.slice) <= last_) {
            add(log, index, rows);
            ++place_.slice;
        } else {
            place_ = {place_.lane, place_.depth + 1, 0, 0, false};
        }
    }
}

/// Goes to the first slice of a row that may overlap the range: the last one that begins before it.
void SliceStatistics::begin_row(const std::vector<trace::SliceRow>& rows) {
    const auto first_in = [&](const trace::SliceRow& row) {
        const std::size_t begun = row.begun_before(first_);
        return begun > 0 ? begun - 1 : 0;
    };
    place_.slice = first_in(rows[place_.depth]);
    place_.outer = place_.depth > 0 ? first_in(rows[place_.depth - 1]) : 0;
    place_.in_row = true;
}

void SliceStatistics::add(const trace::Log& log, const trace::Index& index,
                          const std::vector<trace::SliceRow>& rows) {
    const trace::SliceRow& row = rows[place_.depth];
    const Duration inside = within(log, index, row, place_.slice);
    const EventIndex begin = row.begin(place_.slice);
    const EventIndex end = row.end(place_.slice);
    if (end && end < first_) return;
    NameTimes& its = names_[log[begin].a];
    its.name = StringId{log[begin].a};
    ++its.slices;
    its.total += inside;
    its.own += inside;
    its.longest = std::max(its.longest, inside);
    ++all_.slices;
    all_.own += inside;
    if (place_.depth == 0) {
        all_.total += inside;
        all_.longest = std::max(all_.longest, inside);
        return;
    }
    // What is inside of another slice is no part of that one's own time.
    const trace::SliceRow& above = rows[place_.depth - 1];
    while (place_.outer + 1 < above.size() && above.begin(place_.outer + 1) < begin) ++place_.outer;
    names_[log[above.begin(place_.outer)].a].own -= inside;
    all_.own -= inside;
}

/// Returns how long a slice lasts within the range. One without an end lasts to the end of the trace.
Duration SliceStatistics::within(const trace::Log& log, const trace::Index& index, const trace::SliceRow& row,
                                 std::size_t slice) const {
    const EventIndex end = row.end(slice);
    const Time until = end && end <= last_ ? index.time(log, end) : to_;
    return std::max(until - std::max(index.time(log, row.begin(slice)), from_), Duration(0));
}

void SliceStatistics::list() {
    rows_.assign(1, all_);
    rows_.reserve(names_.size() + 1);
    for (const auto& [name, times] : names_) {
        if (times.slices > 0) rows_.push_back(times);
    }
    const auto more = [](const NameTimes& one, const NameTimes& other) {
        return one.total != other.total ? one.total > other.total : one.name.value < other.name.value;
    };
    const std::size_t shown = std::min(limit_ + 1, rows_.size());
    std::ranges::partial_sort(rows_.begin() + 1, rows_.begin() + static_cast<std::ptrdiff_t>(shown),
                              rows_.end(), more);
    rows_.resize(shown);
}

}  // namespace loopscope::explain
