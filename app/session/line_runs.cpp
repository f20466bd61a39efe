#include "app/session/line_runs.hpp"

#include <algorithm>

namespace loopscope::session {

using trace::Event;
using trace::Kind;

void LineRuns::look_at(std::vector<std::uint32_t> lines) {
    if (lines == lines_) return;
    lines_ = std::move(lines);
    events_.clear();
    scanned_ = 0;
}

void LineRuns::update(const Session& session) {
    if (trace_ != session.index().serial()) {
        trace_ = session.index().serial();
        events_.clear();
        scanned_ = 0;
    }
    const trace::Log& log = session.log();
    if (lines_.empty()) return;
    for (; scanned_ < log.size(); ++scanned_) {
        const Event& event = log[scanned_];
        if (!trace::says_line(event.kind()) || std::ranges::find(lines_, event.line()) == lines_.end())
            continue;
        // The read of a value that is printed.
        if (event.kind() == Kind::print_value && !events_.empty() && events_.back() == event.a)
            events_.back() = scanned_;
        else
            events_.push_back(scanned_);
    }
}

std::size_t LineRuns::until(std::uint32_t cursor) const {
    return static_cast<std::size_t>(std::ranges::upper_bound(events_, cursor) - events_.begin());
}

std::optional<std::uint32_t> LineRuns::next(std::uint32_t cursor, Direction direction) const {
    if (events_.empty()) return std::nullopt;
    if (direction == Direction::forward) {
        const auto after = std::ranges::upper_bound(events_, cursor);
        return after == events_.end() ? events_.front() : *after;
    }
    const auto before = std::ranges::lower_bound(events_, cursor);
    return before == events_.begin() ? events_.back() : *std::prev(before);
}

}  // namespace loopscope::session
