#include "core/exchange/lane_event_sorter.hpp"

namespace loopscope::exchange {

void LaneEventSorter::add(const LaneEvent& happening) {
    if (size_ % block_size == 0) {
        Block block;
        block.lane_event_sorter = std::make_unique_for_overwrite<LaneEvent[]>(block_size);
        block.end = block.lane_event_sorter.get();
        block.first = happening;
        block.number = blocks_.size();
        blocks_.push_back(std::move(block));
    }
    Block& block = blocks_.back();
    if (block.end != block.lane_event_sorter.get() && before(happening, block.end[-1])) block.sorted = false;
    if (before(happening, block.first)) block.first = happening;
    *block.end++ = happening;
    ++size_;
}

LaneEventSorter::Reader LaneEventSorter::reader(Block& block) {
    if (!block.sorted) std::stable_sort(block.lane_event_sorter.get(), block.end, before);
    return {&block, block.lane_event_sorter.get()};
}

}  // namespace loopscope::exchange
