// SPDX-License-Identifier: MIT
#include "app/timeline/fold_sums.hpp"

#include <algorithm>

namespace loopscope::timeline {

void FoldSums::begin(const LaneTree& tree, std::uint64_t serial) {
    serial_ = serial;
    foldings_ = tree.foldings();
    ++walks_;
    moved_ = tree.groups().moved().size();
    is_stale_ = false;
    handles_ = {};
    prints_ = {};
    folds_.assign(1, 0);
    sums_.clear();
}

void FoldSums::update(const LaneTree& tree, const trace::Log& log, const trace::Index& index) {
    const bool is_at_rest = size_ == index.size();
    size_ = index.size();
    if (serial_ != index.serial() || foldings_ != tree.foldings()) begin(tree, index.serial());
    take_tasks(tree);
    if (is_stale_ && is_at_rest) {
        begin(tree, index.serial());
        take_tasks(tree);
    }
    const HandleIndex last_handle = std::min(index.handles().end_index(), handles_ + max_counted);
    for (; handles_ < last_handle; ++handles_) {
        const trace::Event& first = log[index.handles().first(handles_)];
        if (first.kind() != trace::Kind::step) continue;
        add(tree, first.task(), [&](FoldSum& sum) { sum.steps.push_back(handles_); });
    }
    const PrintIndex last_print = std::min(index.prints().end_index(), prints_ + max_counted);
    for (; prints_ < last_print; ++prints_) {
        const bool leaks = index.prints().leak(prints_);
        const bool is_stale = index.prints().stale(prints_);
        add(tree, log[index.prints().event(prints_)].task(), [&](FoldSum& sum) {
            sum.prints.push_back(prints_);
            if (leaks) sum.leaks.push_back(prints_);
            if (is_stale) sum.stales.push_back(prints_);
        });
    }
    pending_ = handles_ < index.handles().end_index() || prints_ < index.prints().end_index() || is_stale_;
}

void FoldSums::take_tasks(const LaneTree& tree) {
    for (auto task = static_cast<std::uint32_t>(folds_.size()); task < tree.nodes().size(); ++task)
        folds_.push_back(fold_of(tree, task));
    const auto& moved = tree.groups().moved();
    for (; moved_ < moved.size(); ++moved_) {
        const std::uint32_t task = moved[moved_].value;
        const std::uint32_t fold = fold_of(tree, task);
        if (folds_[task] == fold) continue;
        folds_[task] = fold;
        is_stale_ = true;
    }
}

std::uint32_t FoldSums::fold_of(const LaneTree& tree, std::uint32_t task) const {
    const LaneNode& node = tree.nodes()[task];
    if (node.is_folded) return task;
    return node.group ? number_of({{}, node.group}) : folds_[node.parent];
}

std::uint32_t FoldSums::around(const LaneTree& tree, std::uint32_t fold) const {
    if ((fold & group_bit) != 0) return folds_[tree.group(LaneGroupId{fold & ~group_bit}).home()];
    const LaneNode& node = tree.nodes()[fold];
    return node.group ? number_of({{}, node.group}) : folds_[node.parent];
}

template <class Add>
void FoldSums::add(const LaneTree& tree, TaskId task, const Add& add) {
    if (!task || task.value >= folds_.size()) return;
    for (std::uint32_t fold = folds_[task.value]; fold != 0; fold = around(tree, fold)) add(sums_[fold]);
}

const FoldSum& FoldSums::of(const LaneKey& lane) const {
    static const FoldSum none;
    const auto sum = sums_.find(number_of(lane));
    return sum == sums_.end() ? none : sum->second;
}

}  // namespace loopscope::timeline
