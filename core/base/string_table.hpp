#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/id.hpp"

namespace loopscope {

/// Strings by number. A string keeps its number for ever, and numbers are given in order of first use, so
/// equal runs make equal tables. Views stay valid as long as the table.
class StringTable {
  public:
    StringTable() = default;
    StringTable(const StringTable& other);
    StringTable& operator=(const StringTable& other);
    StringTable(StringTable&&) = default;
    StringTable& operator=(StringTable&&) = default;
    ~StringTable() = default;

    /// Returns the number of `text`, which is added if it is new. The number of the empty string is
    /// `StringId{}`.
    StringId intern(std::string_view text);

    /// Returns the string with a number; the empty string if the table does not have that number.
    [[nodiscard]] std::string_view operator[](StringId id) const;

    /// Returns the number of strings, whose numbers are 1 to size().
    [[nodiscard]] std::size_t size() const { return strings_.size(); }

  private:
    std::deque<std::string> strings_;  // a deque, so that the views held as keys stay valid as it grows
    std::unordered_map<std::string_view, StringId> numbers_;
};

}  // namespace loopscope
