#include "core/exchange/lane_event_sorter.hpp"

namespace loopscope::exchange {

void LaneEventSorter::add(const LaneEvent& event) {
    if (size_ % block_size == 0) {
        Block block;
        block.events = std::make_unique_for_overwrite<LaneEvent[]>(block_size);
        block.end = block.events.get();
        block.first = event;
        block.number = blocks_.size();
        blocks_.push_back(std::move(block));
    }
    Block& block = blocks_.back();
    if (block.end != block.events.get() && before(event, block.end[-1])) block.sorted = false;
    if (before(event, block.first)) block.first = event;
    *block.end++ = event;
    ++size_;
}

LaneEventSorter::Reader LaneEventSorter::reader(Block& block) {
    if (!block.sorted) std::stable_sort(block.events.get(), block.end, before);
    return {&block, block.events.get()};
}

}  // namespace loopscope::exchange
