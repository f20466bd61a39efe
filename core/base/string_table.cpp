// SPDX-License-Identifier: MIT
#include "core/base/string_table.hpp"

#include <algorithm>
#include <cstring>
#include <functional>

namespace loopscope {
namespace {

constexpr std::size_t first_slots = 64;
/// The sizes of chunks, in bytes: small tables are many, and large ones should not allocate often.
constexpr std::size_t smallest_chunk = std::size_t{1} << 10U;
constexpr std::size_t largest_chunk = std::size_t{1} << 18U;

std::uint32_t hash_of(std::string_view text) {
    const std::uint64_t hash = std::hash<std::string_view>()(text);
    return static_cast<std::uint32_t>(hash ^ hash >> 32U);
}

}  // namespace

StringTable::StringTable(const StringTable& other) {
    for (const std::string_view text : other.strings_) intern(text);
}

StringTable& StringTable::operator=(const StringTable& other) {
    if (this != &other) *this = StringTable(other);
    return *this;
}

StringId StringTable::intern(std::string_view text) {
    if (text.empty()) return {};
    const std::uint32_t hash = hash_of(text);
    if (slots_.empty()) grow();
    std::size_t place = find(text, hash);
    if (slots_[place].number != 0) return StringId{slots_[place].number};
    if ((strings_.size() + 1) * 4 > slots_.size() * 3) {
        grow();
        place = find(text, hash);
    }
    strings_.push_back(keep(text));
    slots_[place] = {hash, static_cast<std::uint32_t>(strings_.size())};
    return StringId{slots_[place].number};
}

void StringTable::prefetch(std::string_view text) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[hash_of(text) & (slots_.size() - 1)]);
}

/// Returns the slot of a string; a free one if the table does not have it.
std::size_t StringTable::find(std::string_view text, std::uint32_t hash) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = hash & mask;
    for (; slots_[place].number != 0; place = (place + 1) & mask) {
        if (slots_[place].hash == hash && strings_[slots_[place].number - 1] == text) break;
    }
    return place;
}

void StringTable::grow() {
    const std::vector<Slot> before = std::exchange(slots_, {});
    slots_.resize(std::max(first_slots, 2 * before.size()));
    const std::size_t mask = slots_.size() - 1;
    for (const Slot& each : before) {
        if (each.number == 0) continue;
        std::size_t place = each.hash & mask;
        while (slots_[place].number != 0) place = (place + 1) & mask;
        slots_[place] = each;
    }
}

/// Returns a copy of a text that stays where it is.
std::string_view StringTable::keep(std::string_view text) {
    if (text.size() > room_) {
        const std::size_t usual =
            std::min(smallest_chunk << std::min<std::size_t>(chunks_.size(), 8), largest_chunk);
        room_ = std::max(usual, text.size());
        chunks_.push_back(std::make_unique_for_overwrite<char[]>(room_));
        next_ = chunks_.back().get();
    }
    char* const begin = std::exchange(next_, next_ + text.size());
    room_ -= text.size();
    std::memcpy(begin, text.data(), text.size());
    return {begin, text.size()};
}

}  // namespace loopscope
