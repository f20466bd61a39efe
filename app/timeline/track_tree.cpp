// SPDX-License-Identifier: MIT
#include "app/timeline/track_tree.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace loopscope::timeline {
namespace {

std::optional<std::size_t> position_in(const std::vector<std::uint32_t>& positions, std::uint32_t number) {
    if (number >= positions.size() || positions[number] == 0) return std::nullopt;
    return positions[number] - 1;
}

}  // namespace

void TrackTree::update(const trace::Index& index) {
    if (knows(index)) return;
    const bool is_new = serial_ != index.serial();
    std::vector<bool> folded(is_new ? 0 : nodes_.size());
    for (std::size_t track = 0; track < folded.size(); ++track) folded[track] = nodes_[track].is_folded;
    serial_ = index.serial();
    size_ = index.size();
    rebuild(index);
    for (std::size_t track = 0; track < std::min(folded.size(), nodes_.size()); ++track)
        nodes_[track].is_folded = folded[track];
    apply_filter();
    lay_out();
}

void TrackTree::rebuild(const trace::Index& index) {
    const trace::Tracks& tracks = index.tracks();
    nodes_.assign(tracks.tracks().size() + 1, {});
    find_heads(tracks);
    find_hues(tracks);
    find_lanes(index.slices());
    find_counters(tracks);
    link();
}

void TrackTree::find_heads(const trace::Tracks& tracks) {
    std::unordered_map<std::uint64_t, std::uint32_t> heads;  // by parent and name
    for (std::uint32_t track = 1; track < nodes_.size(); ++track) {
        const trace::TrackInfo& info = tracks.track(track);
        Node& node = nodes_[track];
        node.parent = info.parent < track ? info.parent : 0;
        node.head = track;
        if (shares_lanes(info.kind))
            node.head =
                heads.emplace(std::uint64_t{info.parent} << 32 | info.name.value, track).first->second;
        ++nodes_[node.head].sharing;
    }
}

void TrackTree::find_hues(const trace::Tracks& tracks) {
    std::vector<bool> leads(nodes_.size(), false);  // by track, whether others came of it
    const auto has_line = [&](std::uint32_t track) {
        const trace::TrackInfo& info = tracks.track(track);
        return info.cause != 0 || info.kind == trace::TrackKind::resource;
    };
    for (std::uint32_t track = 1; track < nodes_.size(); ++track)
        if (has_line(track)) leads[tracks.track(track).root] = true;
    std::uint32_t hues = 0;
    for (std::uint32_t track = 1; track < nodes_.size(); ++track)
        if (leads[track]) nodes_[track].hue = ++hues;
    for (std::uint32_t track = 1; track < nodes_.size(); ++track)
        if (has_line(track)) nodes_[track].hue = nodes_[tracks.track(track).root].hue;
}

void TrackTree::find_lanes(const trace::Slices& slices) {
    own_.clear();
    lane_of_.clear();
    for (std::uint32_t number = 0; number < slices.lanes().size(); ++number) {
        const trace::SliceLane& lane = slices.lanes()[number];
        const std::uint32_t head = nodes_[lane.track].head;
        lane_of_.push_back(head);
        own_.push_back({head, number, static_cast<std::uint32_t>(lane.rows.size()), !lane.instants.empty()});
    }
    std::ranges::stable_sort(own_, {}, &Own::head);
    for (std::uint32_t at = 0; at < own_.size(); ++at) {
        Node& node = nodes_[own_[at].head];
        if (node.own++ == 0) node.first_own = at;
        node.is_busy = true;
    }
    for (Node& node : nodes_) node.is_folded = node.own > max_shared;
}

void TrackTree::find_counters(const trace::Tracks& tracks) {
    counters_.assign(tracks.counters().size() + 1, {});
    for (auto counter = static_cast<std::uint32_t>(counters_.size() - 1); counter > 0; --counter) {
        const std::uint32_t track = tracks.counters()[counter - 1].track;
        if (tracks.counters()[counter - 1].counts == 0) continue;
        Node& node = nodes_[track < nodes_.size() ? track : 0];
        counters_[counter] = {track < nodes_.size() ? track : 0, node.first_counter};
        node.first_counter = counter;
        node.is_busy = true;
    }
}

// Parents come before their children, so one pass from the last to the first tells all ancestors.
void TrackTree::link() {
    for (auto track = static_cast<std::uint32_t>(nodes_.size() - 1); track > 0; --track) {
        Node& node = nodes_[track];
        if (!node.is_busy) continue;
        Node& parent = nodes_[node.parent];
        parent.is_busy = true;
        node.next_sibling = std::exchange(parent.first_child, track);
    }
}

void TrackTree::set_filter(Filter filter, CounterFilter counter_filter) {
    filter_ = std::move(filter);
    counter_filter_ = std::move(counter_filter);
    if (nodes_.empty()) return;
    apply_filter();
    lay_out();
}

void TrackTree::apply_filter() {
    std::vector<bool> meant(nodes_.size(), !filter_);
    for (std::uint32_t track = 1; filter_ && track < nodes_.size(); ++track) {
        const Node& node = nodes_[track];
        if (meant[node.parent] || filter_(track)) meant[track] = meant[node.head] = true;
    }
    tracks_ = left_ = 0;
    for (std::size_t track = 0; track < nodes_.size(); ++track) nodes_[track].is_left = meant[track];
    for (std::uint32_t counter = 1; counter < counters_.size(); ++counter) {
        Counter& each = counters_[counter];
        each.is_left = meant[each.track] || counter_filter_(counter);
        if (each.is_left) nodes_[each.track].is_left = true;
    }
    for (auto track = static_cast<std::uint32_t>(nodes_.size() - 1); track > 0; --track) {
        const Node& node = nodes_[track];
        if (node.is_left && node.is_busy) nodes_[node.parent].is_left = true;
        tracks_ += node.own > 0 ? 1U : 0U;
        left_ += node.own > 0 && node.is_left ? 1U : 0U;
    }
    for (const Node& node : nodes_) {
        for (std::uint32_t counter = node.first_counter; counter != 0; counter = counters_[counter].next) {
            ++tracks_;
            left_ += counters_[counter].is_left ? 1U : 0U;
        }
    }
}

bool TrackTree::has_below(const Node& node) const {
    return node.first_child != 0 || node.first_counter != 0;
}

bool TrackTree::can_fold(const Node& node) const {
    if (has_below(node) || node.own > 1) return true;
    return node.own == 1 && own_[node.first_own].rows + (own_[node.first_own].has_instants ? 1 : 0) > 1;
}

void TrackTree::lay_out() {
    ++foldings_;
    has_folds_ = false;
    lanes_.clear();
    lane_positions_.assign(lane_of_.size(), 0);
    counter_positions_.assign(counters_.size(), 0);
    track_positions_.assign(nodes_.size(), 0);
    folds_.assign(nodes_.size(), 0);
    for (std::uint32_t track = 1; track < nodes_.size(); ++track) {
        const Node& node = nodes_[track];
        const Node& head = nodes_[node.head];
        folds_[track] = folds_[node.parent];
        if (folds_[track] == 0 && head.is_folded && can_fold(head)) folds_[track] = node.head;
    }
    struct Place {
        std::uint32_t track;
        std::uint32_t depth;
    };
    std::vector<Place> next{{nodes_[0].first_child, 0}};
    while (!next.empty()) {
        const auto [track, depth] = next.back();
        next.pop_back();
        if (track == 0) continue;
        const Node& node = nodes_[track];
        next.push_back({node.next_sibling, depth});
        if (!node.is_left) continue;
        add_track(track, depth);
        if (folds_[track] == 0) next.push_back({node.first_child, depth + 1});
    }
    add_counters(nodes_[0], 0, 0);
}

void TrackTree::add_track(std::uint32_t track, std::uint32_t depth) {
    const Node& node = nodes_[track];
    TrackLane lane;
    lane.track = track;
    lane.depth = depth;
    lane.sharing = node.sharing;
    lane.is_parent = can_fold(node);
    lane.is_folded = folds_[track] != 0;
    has_folds_ = has_folds_ || lane.is_folded;
    if (lane.is_folded) lane.rows = 1;
    if (lane.is_folded) return add_lane(lane);
    if (node.own == 0) add_lane(lane);
    for (std::uint32_t at = node.first_own; at < node.first_own + node.own; ++at) {
        lane.lane = 1 + own_[at].lane;
        lane.rows = own_[at].rows;
        lane.has_instants = own_[at].has_instants;
        lane.is_labelled = at == node.first_own;
        lane.is_parent = lane.is_parent && lane.is_labelled;
        add_lane(lane);
    }
    add_counters(node, track, depth + 1);
}

void TrackTree::add_counters(const Node& node, std::uint32_t track, std::uint32_t depth) {
    for (std::uint32_t counter = node.first_counter; counter != 0; counter = counters_[counter].next) {
        if (!counters_[counter].is_left) continue;
        TrackLane lane;
        lane.track = track;
        lane.counter = counter;
        lane.depth = depth;
        add_lane(lane);
    }
}

void TrackTree::add_lane(TrackLane lane) {
    lane.top = height();
    lanes_.push_back(lane);
    const auto position = static_cast<std::uint32_t>(lanes_.size());
    if (lane.counter != 0) {
        counter_positions_[lane.counter] = position;
        return;
    }
    if (lane.lane != 0) lane_positions_[lane.lane - 1] = position;
    if (track_positions_[lane.track] == 0) track_positions_[lane.track] = position;
}

std::uint64_t TrackTree::height() const {
    return lanes_.empty() ? 0 : lanes_.back().top + lanes_.back().height();
}

std::size_t TrackTree::lane_at(double height) const {
    if (height < 0 || height >= static_cast<double>(this->height())) return lanes_.size();
    const auto after =
        std::ranges::upper_bound(lanes_, static_cast<std::uint64_t>(height), {}, &TrackLane::top);
    return static_cast<std::size_t>(after - lanes_.begin()) - 1;
}

std::optional<std::size_t> TrackTree::position_of(const TrackKey& key) const {
    if (key.counter != 0) return position_in(counter_positions_, key.counter);
    if (key.lane != 0) {
        const auto position = position_in(lane_positions_, key.lane - 1);
        if (position) return position;
    }
    return position_in(track_positions_, key.track);
}

std::optional<std::size_t> TrackTree::position_of_slices(std::uint32_t lane) const {
    if (const auto position = position_in(lane_positions_, lane)) return position;
    if (lane >= lane_of_.size()) return std::nullopt;
    const std::uint32_t fold = fold_of(lane_of_[lane]);
    return fold == 0 ? std::nullopt : position_in(track_positions_, fold);
}

std::optional<std::size_t> TrackTree::position_of_counter(std::uint32_t counter) const {
    if (const auto position = position_in(counter_positions_, counter)) return position;
    if (counter >= counters_.size()) return std::nullopt;
    const std::uint32_t fold = fold_of(counters_[counter].track);
    return fold == 0 ? std::nullopt : position_in(track_positions_, fold);
}

bool TrackTree::toggle(const TrackKey& key) {
    if (key.counter != 0 || key.track == 0 || key.track >= nodes_.size()) return false;
    Node& node = nodes_[nodes_[key.track].head];
    if (!can_fold(node)) return false;
    node.is_folded = !node.is_folded;
    lay_out();
    return true;
}

bool TrackTree::toggle_all() {
    bool any = false;
    for (std::size_t track = 1; track < nodes_.size(); ++track) {
        Node& node = nodes_[track];
        const bool folds = !has_folds_ && can_fold(node);
        any = any || folds || node.is_folded;
        node.is_folded = folds;
    }
    if (!any) return false;
    lay_out();
    return true;
}

std::optional<std::uint32_t> TrackTree::hue_of(std::uint32_t track) const {
    if (track >= nodes_.size() || nodes_[track].hue == 0) return std::nullopt;
    return nodes_[track].hue - 1;
}

}  // namespace loopscope::timeline
