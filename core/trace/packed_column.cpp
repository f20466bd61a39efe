// SPDX-License-Identifier: MIT
#include "core/trace/packed_column.hpp"

namespace loopscope::trace {
namespace {

constexpr std::size_t read_at_once = sizeof(std::uint64_t) / sizeof(std::uint32_t);

}  // namespace

void PackedColumn::pack() {
    if (!packed_) {
        packed_ = std::make_unique<Frames>();
        packed_->bits.resize(read_at_once);
    }
    NumberFrame frame(last_);
    const std::size_t offset = packed_->bits.size() - read_at_once;
    frame.set_offset(static_cast<std::uint32_t>(offset / unit));
    packed_->bits.resize(packed_->bits.size() + frame.words(NumberFrame::max_size));
    frame.write(last_, packed_->bits.data() + offset);
    packed_->frames.push_back(frame);
    packed_size_ += last_.size();
    last_.clear();
}

std::size_t PackedColumn::bytes() const {
    const std::size_t packed = packed_ ? packed_->frames.capacity() * sizeof(NumberFrame) +
                                             packed_->bits.capacity() * sizeof(std::uint32_t)
                                       : 0;
    return packed + last_.capacity() * sizeof(std::uint32_t);
}

}  // namespace loopscope::trace
