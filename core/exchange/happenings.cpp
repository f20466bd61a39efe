#include "core/exchange/happenings.hpp"

namespace loopscope::exchange {

void Happenings::add(const Happening& happening) {
    if (size_ % block_size == 0) {
        Block block;
        block.happenings = std::make_unique_for_overwrite<Happening[]>(block_size);
        block.end = block.happenings.get();
        block.first = happening;
        block.number = blocks_.size();
        blocks_.push_back(std::move(block));
    }
    Block& block = blocks_.back();
    if (block.end != block.happenings.get() && before(happening, block.end[-1])) block.sorted = false;
    if (before(happening, block.first)) block.first = happening;
    *block.end++ = happening;
    ++size_;
}

Happenings::Reader Happenings::reader(Block& block) {
    if (!block.sorted) std::stable_sort(block.happenings.get(), block.end, before);
    return {&block, block.happenings.get()};
}

}  // namespace loopscope::exchange
