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

void History::replace(const std::shared_ptr<feed::Branch>& old, const std::shared_ptr<feed::Branch>& with) {
    for (std::vector<HistoryEntry>* const entries : {&past_, &undone_}) {
        for (HistoryEntry& each : *entries) {
            if (each.branch == old) each.branch = with;
        }
    }
}

}  // namespace loopscope::session
