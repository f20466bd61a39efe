#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/id.hpp"

namespace loopscope {

/// Strings by number. A string has one number for ever, and numbers are given in order of first use, so equal
/// runs give equal tables. Views stay valid as long as the table.
class StringTable {
  public:
    StringTable() = default;
    StringTable(const StringTable& other);
    StringTable& operator=(const StringTable& other);
    StringTable(StringTable&&) = default;
    StringTable& operator=(StringTable&&) = default;
    ~StringTable() = default;

    /// The number of `text`, which is added if it is new. The empty string is `StringId{}`.
    StringId intern(std::string_view text);

    /// The string of a number; the empty string for a number that the table does not have.
    [[nodiscard]] std::string_view operator[](StringId id) const;

    /// How many strings there are; their numbers are 1 to size().
    [[nodiscard]] std::size_t size() const { return strings_.size(); }

  private:
    std::deque<std::string> strings_;  // a deque, so that the views held as keys stay valid as it grows
    std::unordered_map<std::string_view, StringId> numbers_;
};

}  // namespace loopscope
