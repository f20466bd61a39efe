// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <unordered_map>

#include "core/base/id.hpp"

namespace loopscope::trace {

/// Numbers those that have a name of two parts in common, as they come and are renamed. All functions take
/// constant time.
class Namesakes {
  public:
    /// Counts one that has this name. Returns its number among those that have it, from 1 in the order in
    /// which they came to it.
    std::uint32_t add(StringId name, StringId part) {
        Group& group = groups_[key(name, part)];
        if (++group.count == 2) ++changes_;  // the first one needs no number until then
        return ++group.last;
    }
    /// Takes back what add() counted, because that is called otherwise now. Numbers of others stay what they
    /// are.
    void remove(StringId name, StringId part, std::uint32_t number) {
        ++changes_;
        const auto found = groups_.find(key(name, part));
        if (found == groups_.end()) return;
        if (--found->second.count == 0)
            groups_.erase(found);
        else if (found->second.last == number)
            --found->second.last;
    }
    /// Returns how many have this name.
    [[nodiscard]] std::uint32_t count(StringId name, StringId part) const {
        const auto found = groups_.find(key(name, part));
        return found == groups_.end() ? 0 : found->second.count;
    }
    /// Returns how often those that had been counted came to be called otherwise. Where that is the same,
    /// they are called as they were.
    [[nodiscard]] std::uint64_t changes() const { return changes_; }

  private:
    struct Group {
        std::uint32_t count = 0;
        std::uint32_t last = 0;  // number that was given
    };
    static std::uint64_t key(StringId name, StringId part) {
        return std::uint64_t{name.value} << 32U | part.value;
    }

    std::unordered_map<std::uint64_t, Group> groups_;
    std::uint64_t changes_ = 0;
};

}  // namespace loopscope::trace
