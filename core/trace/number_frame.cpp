// SPDX-License-Identifier: MIT
#include "core/trace/number_frame.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

namespace loopscope::trace {
namespace {

/// Returns the slope of the line from the first to the last number, rounded up, so that evenly rising numbers
/// are on the line; 0 if the slope does not fit.
std::int32_t slope_of(std::span<const std::uint32_t> numbers) {
    const auto steps = static_cast<std::int64_t>(numbers.size()) - 1;
    if (steps == 0) return 0;
    const std::int64_t rise = std::int64_t{numbers.back()} - numbers.front();
    const std::int64_t slope = (rise * NumberFrame::max_size + (rise > 0 ? steps - 1 : 0)) / steps;
    return slope == static_cast<std::int32_t>(slope) ? static_cast<std::int32_t>(slope) : 0;
}

std::size_t frames_of(std::size_t numbers) {
    return (numbers + NumberFrame::max_size - 1) / NumberFrame::max_size;
}

}  // namespace

NumberFrame::NumberFrame(std::span<const std::uint32_t> numbers) : slope_(slope_of(numbers)) {
    assert(!numbers.empty() && numbers.size() <= max_size);
    using Limits = std::numeric_limits<std::int64_t>;
    std::int64_t lowest = Limits::max();
    std::int64_t highest = Limits::min();
    for (std::uint32_t each = 0; each < numbers.size(); ++each) {
        const std::int64_t off = numbers[each] - rise(slope_, each);
        lowest = std::min(lowest, off);
        highest = std::max(highest, off);
    }
    if (highest - lowest > std::numeric_limits<std::uint32_t>::max()) {
        // The line is too far from the numbers, so a flat one is used.
        slope_ = 0;
        lowest = 0;
        highest = std::numeric_limits<std::uint32_t>::max();
    }
    base_ = static_cast<std::uint32_t>(lowest);
    place_ = static_cast<std::uint32_t>(std::bit_width(static_cast<std::uint64_t>(highest - lowest)))
             << offset_bits;
}

// Writes word by word, because reading back what was just written would stall the processor.
void NumberFrame::write(std::span<const std::uint32_t> numbers, std::uint32_t* bits) const {
    if (width() == 0) return;
    std::uint64_t word = 0;
    std::uint32_t filled = 0;  // less than a word
    for (std::uint32_t each = 0; each < numbers.size(); ++each) {
        word |= std::uint64_t{numbers[each] - on_line(each)} << filled;
        filled += width();
        if (filled < 32) continue;
        *bits++ = static_cast<std::uint32_t>(word);
        word >>= 32;
        filled -= 32;
    }
    if (filled > 0) *bits = static_cast<std::uint32_t>(word);
}

void append_frames(std::span<const std::uint32_t> numbers, std::vector<std::uint32_t>& words) {
    const std::size_t begin = words.size();
    std::size_t stored = begin;
    words.resize(begin + frames_of(numbers.size()) * NumberFrame::stored_words);
    for (; !numbers.empty(); stored += NumberFrame::stored_words) {
        const auto some = numbers.first(std::min<std::size_t>(numbers.size(), NumberFrame::max_size));
        NumberFrame frame(some);
        const std::size_t bits = words.size();
        frame.set_offset(static_cast<std::uint32_t>(bits - begin));
        words.resize(bits + frame.words(static_cast<std::uint32_t>(some.size())));
        frame.write(some, words.data() + bits);
        frame.store(words.data() + stored);
        numbers = numbers.subspan(some.size());
    }
}

const std::uint32_t* read_frames(const std::uint32_t* frames, std::span<std::uint32_t> numbers) {
    const std::uint32_t* end = frames + frames_of(numbers.size()) * NumberFrame::stored_words;
    for (const std::uint32_t* stored = frames; !numbers.empty(); stored += NumberFrame::stored_words) {
        const auto some = numbers.first(std::min<std::size_t>(numbers.size(), NumberFrame::max_size));
        const NumberFrame frame = NumberFrame::read(stored);
        for (std::uint32_t at = 0; at < some.size(); ++at) some[at] = frame.at(frames + frame.offset(), at);
        end += frame.words(static_cast<std::uint32_t>(some.size()));
        numbers = numbers.subspan(some.size());
    }
    return end;
}

}  // namespace loopscope::trace
