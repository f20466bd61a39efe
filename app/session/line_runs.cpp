// SPDX-License-Identifier: MIT
#include "app/session/line_runs.hpp"

#include <algorithm>

#include "core/trace/kinds.hpp"

namespace loopscope::session {

using trace::Event;
using trace::Kind;

namespace {

/// The number of events between two readings of the clock: well under a millisecond.
constexpr std::uint32_t scanned_at_once = 65'536;
/// The number of the lines' last events among which the read of a printed value is looked for.
constexpr std::size_t max_reads = 64;

}  // namespace

void LineRuns::look_at(std::vector<std::uint32_t> lines, std::uint32_t file) {
    if (lines == lines_ && file == lines_file_) return;
    lines_ = std::move(lines);
    lines_file_ = file;
    events_.clear();
    next_ = {};
    file_ = 1;
}

Status LineRuns::poll(const Session& session, std::chrono::nanoseconds time) {
    if (trace_ != session.index().serial()) {
        trace_ = session.index().serial();
        events_.clear();
        next_ = {};
        file_ = 1;
    }
    const trace::Log& log = session.log();
    size_ = log.size();
    if (lines_.empty()) return Status::ended;
    const Slice slice(time);
    while (next_ < log.end_index()) {
        const EventIndex end = next_ + std::min(log.end_index() - next_, scanned_at_once);
        log.each_piece(next_, end, [&](EventIndex, std::span<const Event> events) { scan(log, events); });
        if (slice.over()) break;
    }
    return next_ == log.end_index() ? Status::ended : Status::grew;
}

void LineRuns::scan(const trace::Log& log, std::span<const Event> events) {
    for (const Event& event : events) {
        const EventIndex at = next_;
        ++next_;
        if (event.kind() == Kind::file) file_ = event.subject;
        if (file_ != lines_file_ || !trace::says_line(event.kind()) || event.kind() == Kind::line) continue;
        if (std::ranges::find(lines_, log.line(at)) == lines_.end()) continue;
        if (event.kind() == Kind::print_value) forget(EventIndex{event.a});
        events_.push_back(at);
    }
}

// Drops the read of a value that is printed now, if it is among the last events: the line ran once.
void LineRuns::forget(EventIndex read) {
    const auto last = events_.end() - static_cast<std::ptrdiff_t>(std::min(events_.size(), max_reads));
    const auto found = std::lower_bound(last, events_.end(), read);
    if (found != events_.end() && *found == read) events_.erase(found);
}

std::size_t LineRuns::until(EventIndex cursor) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(events_, cursor) - events_.begin());
}

std::optional<EventIndex> LineRuns::next(EventIndex cursor, Direction direction) const {
    if (events_.empty()) return std::nullopt;
    if (direction == Direction::forward) {
        const auto after = std::ranges::upper_bound(events_, cursor);
        return after == events_.end() ? events_.front() : *after;
    }
    const auto before = std::ranges::lower_bound(events_, cursor);
    return before == events_.begin() ? events_.back() : *std::prev(before);
}

}  // namespace loopscope::session
