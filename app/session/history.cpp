// SPDX-License-Identifier: MIT
#include "app/session/history.hpp"

#include <utility>

namespace loopscope::session {

void History::remember(HistoryEntry here) {
    ++remembered_;
    past_.push_back(std::move(here));
    if (past_.size() > limit_) past_.erase(past_.begin());
    undone_.clear();
}

const HistoryEntry* History::next(Way way) const {
    const std::vector<HistoryEntry>& entries = way == Way::undo ? past_ : undone_;
    return entries.empty() ? nullptr : &entries.back();
}

HistoryEntry History::take(Way way, HistoryEntry here) {
    std::vector<HistoryEntry>& from = way == Way::undo ? past_ : undone_;
    std::vector<HistoryEntry>& to = way == Way::undo ? undone_ : past_;
    to.push_back(std::move(here));
    HistoryEntry there = std::move(from.back());
    from.pop_back();
    return there;
}

}  // namespace loopscope::session
