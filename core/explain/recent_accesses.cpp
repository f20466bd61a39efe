// SPDX-License-Identifier: MIT
#include "core/explain/recent_accesses.hpp"

#include <algorithm>

#include "core/explain/facts.hpp"

namespace loopscope::explain {

RecentAccesses::RecentAccesses(const trace::Log& log, const trace::Index& index, EventIndex cursor)
    : log_(log) {
    if (const std::optional<HandleIndex> handle = index.handle_at(cursor))
        first_of_handle_ = index.handles().first(*handle);
    const auto& sets = index.sets();
    const auto after = std::ranges::upper_bound(sets, cursor);
    if (after != sets.begin()) written_ = *std::prev(after);
    const EventIndex from = cursor - std::min(cursor.value, look_back);
    for (EventIndex at = cursor; at > from; --at) {
        if (log[at].kind() != trace::Kind::get) continue;
        read_ = at;
        break;
    }
}

bool RecentAccesses::are_of(TaskId task) const {
    const auto is_now = [&](EventIndex access) {
        return access && highlight(access) == Highlight::now && log_[access].task() == task;
    };
    return is_now(read_) || is_now(written_);
}

}  // namespace loopscope::explain
