// SPDX-License-Identifier: MIT
#include "app/timeline/slice_sums.hpp"

#include <algorithm>

namespace loopscope::timeline {

using trace::Event;
using trace::Kind;

void SliceSums::update(const TrackTree& tree, const trace::Log& log, std::int64_t end) {
    // A trace that has grown has another end, and so other parts.
    if (serial_ != tree.serial() || size_ != log.size()) {
        serial_ = tree.serial();
        size_ = log.size();
        foldings_ = 0;
        whole_ = {};
        changes_.assign(parts + 1, 0);
        begins_.assign(parts, 0);
    }
    if (foldings_ != tree.foldings()) {
        foldings_ = tree.foldings();
        folds_ = {};
        sums_.clear();
        if (!tree.has_folds()) folds_.at = size_;
    }
    if (whole_.at < size_) count_whole(log, end);
    if (folds_.at < size_) count_folds(tree, log);
}

template <class Visit>
void SliceSums::walk(Walk& walk, const trace::Log& log, const Visit& visit) const {
    const std::uint32_t until = std::min(size_, walk.at + std::min(max_counted, size_ - walk.at));
    for (; walk.at < until; ++walk.at) {
        const Event& event = log[EventIndex{walk.at}];
        const Kind kind = event.kind();
        if (kind == Kind::clock) walk.clock = trace::clock_time(event).count();
        if (kind == Kind::slice || kind == Kind::slice_end || kind == Kind::instant) visit(event);
    }
}

void SliceSums::count_whole(const trace::Log& log, std::int64_t end) {
    const double share = static_cast<double>(parts) / static_cast<double>(std::max<std::int64_t>(end, 1));
    walk(whole_, log, [&](const Event& event) {
        const std::int64_t time = whole_.clock + Duration(event.since()).count();
        const auto part =
            std::min(static_cast<std::size_t>(std::max(static_cast<double>(time) * share, 0.0)), parts - 1);
        if (event.kind() == Kind::slice) ++changes_[part + 1];
        if (event.kind() == Kind::slice_end)
            --changes_[part + 1];
        else
            ++begins_[part];
    });
    ++version_;
    density_.assign(parts, 0);
    std::int64_t open = 0;
    for (std::size_t part = 0; part < parts; ++part) {
        open += changes_[part];
        density_[part] = begins_[part] + static_cast<std::uint32_t>(std::max<std::int64_t>(open, 0));
    }
}

void SliceSums::count_folds(const TrackTree& tree, const trace::Log& log) {
    std::uint32_t last = 0;
    SliceSum* sum = nullptr;
    walk(folds_, log, [&](const Event& event) {
        const std::uint32_t fold = tree.fold_of(event.subject);
        if (fold == 0) return;
        if (fold != last) sum = &sums_[fold];
        last = fold;
        const EventIndex at{folds_.at};
        if (event.kind() != Kind::slice_end) sum->begins.push_back(at);
        if (event.kind() != Kind::slice) sum->ends.push_back(at);
    });
}

const SliceSum& SliceSums::of(std::uint32_t track) const {
    static const SliceSum none;
    const auto found = sums_.find(track);
    return found == sums_.end() ? none : found->second;
}

}  // namespace loopscope::timeline
