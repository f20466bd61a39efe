// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/id.hpp"

namespace loopscope {

/// Strings by number. A string keeps its number for ever, and numbers are given in order of first use, so
/// equal runs make equal tables. Views stay valid as long as the table.
///
/// Imported traces have millions of strings, so a string takes 16 bytes beside its text, 8 to 16 more for
/// being found, and no allocation of its own.
class StringTable {
  public:
    StringTable() = default;
    StringTable(const StringTable& other);
    StringTable& operator=(const StringTable& other);
    StringTable(StringTable&& other) noexcept { swap(other); }
    StringTable& operator=(StringTable&& other) noexcept {
        swap(other);
        return *this;
    }
    ~StringTable() = default;

    /// Returns the number of `text`, which is added if it is new. The number of the empty string is
    /// `StringId{}`.
    StringId intern(std::string_view text);

    /// Asks for the memory in which intern() will look for `text`: for callers that intern several texts in a
    /// row.
    void prefetch(std::string_view text) const;

    /// Returns the string with a number; the empty string if the table does not have that number.
    [[nodiscard]] std::string_view operator[](StringId id) const {
        return id && id.value <= strings_.size() ? strings_[id.value - 1] : std::string_view();
    }

    /// Returns the number of strings, whose numbers are 1 to size().
    [[nodiscard]] std::size_t size() const { return strings_.size(); }

  private:
    /// A place where a string may be: that of its hash, or one of those behind it.
    struct Slot {
        std::uint32_t hash = 0;
        std::uint32_t number = 0;  // 0: free
    };
    void swap(StringTable& other) noexcept {
        strings_.swap(other.strings_);
        slots_.swap(other.slots_);
        chunks_.swap(other.chunks_);
        std::swap(next_, other.next_);
        std::swap(room_, other.room_);
    }
    [[nodiscard]] std::size_t find(std::string_view text, std::uint32_t hash) const;
    std::string_view keep(std::string_view text);
    void grow();

    std::vector<std::string_view> strings_;
    std::vector<Slot> slots_;  // a power of two of them, of which at least a quarter is free
    std::vector<std::unique_ptr<char[]>> chunks_;  // the texts
    char* next_ = nullptr;
    std::size_t room_ = 0;  // bytes from next_ on
};

}  // namespace loopscope
