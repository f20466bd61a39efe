// SPDX-License-Identifier: MIT
#include "core/exchange/lane_event_sorter.hpp"

namespace loopscope::exchange {

void LaneEventSorter::add(const LaneEvent& event) {
    if (size_ % block_size == 0) {
        Block block;
        block.events.reserve(block_size);
        block.first = event;
        block.number = blocks_.size();
        blocks_.push_back(std::move(block));
    }
    Block& block = blocks_.back();
    if (!block.events.empty() && before(event, block.events.back())) block.sorted = false;
    if (before(event, block.first)) block.first = event;
    block.events.push_back(event);
    ++size_;
}

void LaneEventSorter::changed() {
    for (Block& block : blocks_) {
        block.sorted = false;
        block.first = *std::ranges::min_element(block.events, before);
    }
}

LaneEventSorter::Reader LaneEventSorter::reader(Block& block) {
    if (!block.sorted) std::ranges::stable_sort(block.events, before);
    block.sorted = true;
    return {&block, block.events.data(), block.events.data() + block.events.size()};
}

}  // namespace loopscope::exchange
