// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "core/base/spilled_sequence.hpp"

namespace loopscope::exchange {

/// An argument of a slice or an instant: two strings of the log.
struct Argument {
    std::uint32_t name = 0;
    std::uint32_t value = 0;
};

/// The arguments of slices and instants, a list for each that has some. Lists are numbered from 1.
class ArgumentLists {
  public:
    /// Adds a list. Returns its number; 0 for one that is empty, and where there are as many arguments as
    /// numbers.
    std::uint32_t add(std::span<const Argument> arguments) {
        if (arguments.empty() || words_.size() + arguments.size() + 1 >= UINT32_MAX) return 0;
        const auto number = static_cast<std::uint32_t>(words_.size() + 1);
        words_.push_back({static_cast<std::uint32_t>(arguments.size()), 0});
        for (const Argument& each : arguments) words_.push_back(each);
        return number;
    }

    /// Adds the list of a slice whose begin and whose end have one each. Where both have an argument of the
    /// same name, that of the end counts ("Trace Event Format", duration events).
    std::uint32_t merge(std::uint32_t begin, std::uint32_t end) {
        if (begin == 0 || end == 0) return begin + end;
        std::vector<std::uint32_t> names;
        each(end, [&](const Argument& argument) { names.push_back(argument.name); });
        std::ranges::sort(names);
        std::vector<Argument> all;
        each(begin, [&](const Argument& argument) {
            if (!std::ranges::binary_search(names, argument.name)) all.push_back(argument);
        });
        each(end, [&](const Argument& argument) { all.push_back(argument); });
        return add(all);
    }

    /// Calls `function` with each argument of a list. Lists are mostly used in the order in which they were
    /// added: those that were used long ago are not kept in memory.
    template <class Function>
    void each(std::uint32_t number, Function function) {
        if (number == 0) return;
        use(words_.block_of(number - 1));
        const std::uint32_t count = words_[number - 1].name;
        for (std::uint32_t at = 0; at < count; ++at) function(words_[number + at]);
    }

  private:
    /// Says that a block is used, and lets go of the one whose last first use is longest ago.
    void use(std::size_t block) {
        if (std::ranges::find(used_, block) != used_.end()) return;
        std::size_t& longest_ago = used_[next_used_++ % used_.size()];
        words_.let_go(std::exchange(longest_ago, block));
    }

    SpilledSequence<Argument> words_;  // before each list one whose name is the list's length
    std::array<std::size_t, 8> used_{};
    std::size_t next_used_ = 0;
};

}  // namespace loopscope::exchange
