// SPDX-License-Identifier: MIT
#include "core/trace/packed_events.hpp"

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/trace/number_frame.hpp"

namespace loopscope::trace {
namespace {

/// How many events are enough that unpacking whole frames of them pays.
constexpr std::size_t many = 1024;

/// Returns a word with the bits before a place, from 0 to 64.
constexpr std::uint64_t below(std::uint32_t place) {
    return place < 64 ? (std::uint64_t{1} << place) - 1 : ~std::uint64_t{0};
}

/// Returns how many bits of two words are set before a place.
std::uint32_t rank(const std::array<std::uint64_t, 2>& bits, std::uint32_t place) {
    const std::uint64_t first = bits[0] & below(place);
    const std::uint64_t second = place < 64 ? 0 : bits[1] & below(place - 64);
    return static_cast<std::uint32_t>(std::popcount(first) + std::popcount(second));
}

}  // namespace

PackedEvents::Bits PackedEvents::bits_at(const std::uint32_t* words) {
    Bits bits;
    std::memcpy(bits.data(), words, sizeof bits);
    return bits;
}

std::uint32_t PackedEvents::framed(std::uint32_t frames, std::uint32_t place) const {
    return number_in(words_ + frames, place);
}

std::uint32_t PackedEvents::number(const Column& column, std::uint32_t place, EventIndex event) const {
    switch (column.way) {
        case Column::Way::same: return column.base;
        case Column::Way::plain: return framed(column.frames, place);
        case Column::Way::back: return event.value - framed(column.frames, place);
        case Column::Way::listed: return words_[column.list + framed(column.frames, place)];
    }
    return 0;
}

Event PackedEvents::event(std::uint32_t kind, std::uint32_t place, EventIndex index,
                          std::uint32_t time) const {
    const Kinds& its = kinds_[kind];
    return {its.kind | framed(times_, time) << 8, number(its.subject, place, index),
            number(its.a, place, index), number(its.b, place, index)};
}

std::uint32_t PackedEvents::kind_of(const std::uint32_t* group, std::uint32_t inside) const {
    std::uint32_t kind = 0;
    const std::uint32_t* plane = group + planes_at() + inside / 32;
    for (std::uint32_t bit = 0; bit < plane_count_; ++bit, plane += bits_words)
        kind |= (*plane >> inside % 32 & 1) << bit;
    return kind;
}

PackedEvents::Bits PackedEvents::bits_of(const std::uint32_t* group, std::uint32_t kind) const {
    Bits bits{~std::uint64_t{0}, ~std::uint64_t{0}};
    const std::uint32_t* plane = group + planes_at();
    for (std::uint32_t bit = 0; bit < plane_count_; ++bit, plane += bits_words) {
        const Bits set = bits_at(plane);
        const std::uint64_t unlike = (kind >> bit & 1) != 0 ? 0 : ~std::uint64_t{0};
        bits[0] &= set[0] ^ unlike;
        bits[1] &= set[1] ^ unlike;
    }
    return bits;
}

std::uint32_t PackedEvents::rank_in(const std::uint32_t* group, std::uint32_t kind,
                                    std::uint32_t inside) const {
    return rank_of(group, kind) + rank(bits_of(group, kind), inside);
}

std::uint32_t PackedEvents::time_rank(const std::uint32_t* group, std::uint32_t inside) {
    return group[0] + rank(bits_at(group + times_at), inside);
}

std::uint32_t PackedEvents::count_of(std::uint32_t kind) const {
    return rank_in(group(groups_ - 1), kind, group_size);
}

std::uint32_t PackedEvents::time_count() const {
    return time_rank(group(groups_ - 1), group_size);
}

Event PackedEvents::operator[](std::uint32_t place) const {
    const std::uint32_t* const group = this->group(place / group_size);
    const std::uint32_t inside = place % group_size;
    const std::uint32_t kind = kind_of(group, inside);
    return event(kind, rank_in(group, kind, inside), first_ + place, time_rank(group, inside + 1) - 1);
}

void PackedEvents::copy(std::uint32_t place, std::span<Event> events) const {
    if (events.empty()) return;
    if (events.size() >= many) return copy_many(place, events);
    std::array<std::uint32_t, 256> at{};  // by kind: the place of its next event in its columns
    const std::uint32_t* group = this->group(place / group_size);
    for (std::uint32_t kind = 0; kind < kind_count(); ++kind)
        at[kind] = rank_in(group, kind, place % group_size);
    std::uint32_t times = time_rank(group, place % group_size);
    for (Event& each : events) {
        const std::uint32_t inside = place % group_size;
        group = this->group(place / group_size);
        times += group[times_at + inside / 32] >> inside % 32 & 1;
        const std::uint32_t kind = kind_of(group, inside);
        each = event(kind, at[kind]++, first_ + place, times - 1);
        ++place;
    }
}

std::optional<std::uint32_t> PackedEvents::last_of(Kind kind, std::uint32_t place) const {
    const auto found = std::ranges::find(kinds_, static_cast<std::uint32_t>(kind), &Kinds::kind);
    if (found == kinds_.end()) return std::nullopt;
    const auto kind_number = static_cast<std::uint32_t>(found - kinds_.begin());
    const std::uint32_t last_group = place / group_size;
    const auto bits_up_to = [&](std::uint32_t number) {
        const std::uint32_t end = number == last_group ? place % group_size + 1 : group_size;
        Bits bits = bits_of(group(number), kind_number);
        bits[0] &= below(end);
        bits[1] &= below(end < 64 ? 0 : end - 64);
        return bits;
    };
    const auto rank_before = [&](std::uint32_t number) { return rank_of(group(number), kind_number); };
    const std::uint32_t count = rank_before(last_group) + rank(bits_up_to(last_group), group_size);
    if (count == 0) return std::nullopt;
    // The last group before which there are fewer has the event, as the last one of its kind.
    std::uint32_t first = 0;
    for (std::uint32_t size = last_group + 1; size > 1;) {
        const std::uint32_t half = size / 2;
        if (rank_before(first + half) < count) first += half;
        size -= half;
    }
    const Bits bits = bits_up_to(first);
    const std::uint32_t word = bits[1] != 0 ? 1 : 0;
    return first * group_size + word * 64 + 63 - static_cast<std::uint32_t>(std::countl_zero(bits[word]));
}

std::size_t PackedEvents::bytes() const {
    return sizeof(*this) + kinds_.capacity() * sizeof(Kinds) + word_count_ * sizeof(std::uint32_t);
}

void PackedEvents::keep_in(Spill& spill) {
    words_ = spill.store(own_).data();
    own_ = std::vector<std::uint32_t>();  // `= {}` would keep the memory
}

}  // namespace loopscope::trace
