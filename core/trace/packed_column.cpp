// SPDX-License-Identifier: MIT
#include "core/trace/packed_column.hpp"

namespace loopscope::trace {
namespace {

constexpr std::size_t read_at_once = sizeof(std::uint64_t) / sizeof(std::uint32_t);

}  // namespace

void PackedColumn::pack() {
    if (packed_size_ % segment_size == 0) packed_.emplace_back().bits.resize(read_at_once);
    Segment& segment = packed_.back();
    NumberFrame frame(last_);
    const std::size_t offset = segment.bits.size() - read_at_once;
    frame.set_offset(static_cast<std::uint32_t>(offset / unit));
    segment.bits.resize(segment.bits.size() + frame.words(NumberFrame::max_size));
    frame.write(last_, segment.bits.data() + offset);
    segment.frames.push_back(frame);
    packed_size_ += last_.size();
    last_.clear();
}

std::size_t PackedColumn::bytes() const {
    std::size_t bytes = last_.capacity() * sizeof(std::uint32_t);
    for (const Segment& each : packed_)
        bytes += each.frames.capacity() * sizeof(NumberFrame) + each.bits.capacity() * sizeof(std::uint32_t);
    return bytes;
}

}  // namespace loopscope::trace
