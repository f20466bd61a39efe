// SPDX-License-Identifier: MIT
#include "core/explain/task_order.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "core/explain/words.hpp"

namespace loopscope::explain {
namespace {

bool is_digit(char character) {
    return character >= '0' && character <= '9';
}

/// Removes the digits at the beginning of a text and returns them without leading zeros.
std::string_view take_number(std::string_view& text) {
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
    std::string_view number = text.substr(0, end);
    text.remove_prefix(end);
    number.remove_prefix(std::min(number.find_first_not_of('0'), number.size()));
    return number;
}

struct NaturalLess {
    bool operator()(std::string_view one, std::string_view other) const { return natural_less(one, other); }
};

/// Returns ranks by a text of each task. There are many tasks, and few distinct texts.
template <class TextOf>
std::vector<std::uint32_t> by_text(std::size_t tasks, const TextOf& text_of) {
    std::map<std::string_view, std::uint32_t, NaturalLess> texts;
    // Equal texts have one address, so each is compared only once, however long it is.
    std::unordered_map<const char*, const std::uint32_t*> rank_of;
    for (std::uint32_t task = 1; task <= tasks; ++task) {
        const std::string_view text = text_of(TaskId{task});
        if (const auto [known, is_new] = rank_of.try_emplace(text.data()); is_new)
            known->second = &texts.try_emplace(text).first->second;
    }
    std::uint32_t last = 0;
    for (auto& [text, rank] : texts) rank = ++last;
    std::vector<std::uint32_t> ranks;
    ranks.reserve(tasks);
    for (std::uint32_t task = 1; task <= tasks; ++task)
        ranks.push_back(*rank_of.at(text_of(TaskId{task}).data()));
    return ranks;
}

std::vector<std::uint32_t> by_state(std::size_t tasks, const trace::State& state) {
    // By TaskStatus::Phase: ready, running, waiting, ended.
    static constexpr std::array<std::uint32_t, 4> rank_of = {1, 0, 2, 3};
    std::vector<std::uint32_t> ranks(tasks, 4);
    for (std::size_t task = 0; task < std::min(tasks, state.tasks().size()); ++task)
        ranks[task] = rank_of.at(static_cast<std::size_t>(state.tasks()[task].phase));
    return ranks;
}

}  // namespace

std::string_view name(TaskOrder order) {
    static constexpr std::array<std::string_view, 4> names = {"as created", "by name", "by chain",
                                                              "by state"};
    return names.at(static_cast<std::size_t>(order));
}

bool natural_less(std::string_view one, std::string_view other) {
    while (!one.empty() && !other.empty()) {
        if (is_digit(one[0]) && is_digit(other[0])) {
            const std::string_view number = take_number(one);
            const std::string_view its = take_number(other);
            if (number.size() != its.size()) return number.size() < its.size();
            if (number != its) return number < its;
            continue;
        }
        if (one[0] != other[0])
            return static_cast<unsigned char>(one[0]) < static_cast<unsigned char>(other[0]);
        one.remove_prefix(1);
        other.remove_prefix(1);
    }
    return one.size() < other.size();
}

std::vector<std::uint32_t> ranks(const trace::Log& log, const trace::Index& index, const trace::State& state,
                                 TaskOrder order) {
    const std::size_t tasks = index.tasks().size();
    switch (order) {
        case TaskOrder::creation: return {};
        case TaskOrder::name:
            return by_text(tasks, [&](TaskId task) { return task_name(log, index, task).text; });
        case TaskOrder::chain:
            return by_text(tasks, [&](TaskId task) { return chain_symbol(log, index, task); });
        case TaskOrder::state: return by_state(tasks, state);
    }
    return {};
}

}  // namespace loopscope::explain
