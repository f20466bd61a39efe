// SPDX-License-Identifier: MIT
#include "core/exchange/lane_event_sorter.hpp"

#include <algorithm>

namespace loopscope::exchange {
namespace {

/// The maximum number of events that are returned at once: a millisecond's work, or a few.
constexpr std::ptrdiff_t events_at_once = 4096;

}  // namespace

void LaneEventSorter::add(const LaneEvent& event) {
    if (size() % events_.block_size == 0) {
        blocks_.push_back({blocks_.size(), event, true});
    } else if (Block& block = blocks_.back(); block.sorted && before(event, events_[size() - 1])) {
        block.sorted = false;
    }
    if (before(event, blocks_.back().first)) blocks_.back().first = event;
    events_.push_back(event);
}

void LaneEventSorter::changed() {
    for (Block& block : blocks_) {
        block.sorted = false;
        block.first = *std::ranges::min_element(events_.block(block.number), before);
        events_.let_go(block.number);
    }
}

LaneEventSorter::Reader LaneEventSorter::reader(Block& block) {
    const std::span<LaneEvent> events = events_.block(block.number);
    if (!block.sorted) std::ranges::stable_sort(events, before);
    block.sorted = true;
    return {&block, events.data(), events.data() + events.size()};
}

LaneEventSorter::Order::Order(LaneEventSorter& sorter, bool frees) : sorter_(sorter), frees_(frees) {
    std::ranges::stable_sort(sorter.blocks_, before, &Block::first);
}

/// Puts the block whose events were used back among those under way, or is done with it.
void LaneEventSorter::Order::give_back() {
    if (used_ == 0) return;
    Reader& reader = heap_.back();
    reader.at += used_;
    used_ = 0;
    if (reader.at != reader.end) {
        std::ranges::push_heap(heap_, Reader::after);
    } else {
        if (frees_)
            sorter_.events_.drop(reader.block->number);
        else
            sorter_.events_.let_go(reader.block->number);
        heap_.pop_back();
    }
}

bool LaneEventSorter::Order::is_time_to_pause() {
    if (since_ < static_cast<std::size_t>(events_at_once)) return false;
    since_ = 0;
    return true;
}

std::span<LaneEvent> LaneEventSorter::Order::next() {
    give_back();
    std::vector<Block>& blocks = sorter_.blocks_;
    while (next_ < blocks.size() && (heap_.empty() || !before(*heap_.front().at, blocks[next_].first))) {
        heap_.push_back(sorter_.reader(blocks[next_++]));
        std::ranges::push_heap(heap_, Reader::after);
    }
    if (heap_.empty()) return {};
    std::ranges::pop_heap(heap_, Reader::after);
    const Reader& reader = heap_.back();
    // Until another block is due, the next events are this block's.
    Reader end = reader;
    do {
        ++end.at;
    } while (end.at != end.end && end.at - reader.at < events_at_once &&
             (heap_.size() == 1 || end.before(heap_.front())) &&
             (next_ == blocks.size() || before(*end.at, blocks[next_].first)));
    used_ = static_cast<std::size_t>(end.at - reader.at);
    since_ += used_;
    return {reader.at, used_};
}

}  // namespace loopscope::exchange
