// SPDX-License-Identifier: MIT
// Checks and applies what is said of variables: what they are, who writes and changes them, and where they
// are kept.

#include <algorithm>

#include <fmt/format.h>

#include "core/trace/transitions.hpp"

namespace loopscope::trace {
namespace {

// The estimated bytes that State and Index need for each, beside its events.
constexpr std::uint64_t change_bytes = 200;

constexpr std::string_view deep_dicts = "its dicts lie above each other in a depth";

}  // namespace

bool Checker::variable() {
    if (variables_ >= max_variables || (tasks_.size() + 1) * (std::uint64_t{variables_} + 1) > max_cells)
        return refuse("there are more variables than can be shown");
    if (!hold((tasks_.size() + 1) * cell_bytes, "variables")) return false;
    ++variables_;
    return true;
}

bool Checker::remember(std::uint8_t said) {
    said_.pad(size_);
    said_.push_back(said);
    return true;
}

bool Checker::remember(VariableId variable) {
    if (variable.value < a_far_variable) return remember(static_cast<std::uint8_t>(variable.value));
    far_.emplace_back(size_, variable.value);
    return remember(a_far_variable);
}

std::uint32_t Checker::variable_said_by(std::uint32_t event) const {
    return std::ranges::lower_bound(far_, event, {}, &std::pair<std::uint32_t, std::uint32_t>::first)->second;
}

bool Checker::changed(const Event& event) {
    if (event.a == 0) return refuse("it does not say what was changed");
    if (event.subject >= 1U << all_storages.size()) return refuse("it names a storage that there is not");
    if (!follows_set(event, last_change_) || !hold(change_bytes, "changes")) return false;
    return running() == 0 || step_over(task(running()).layers + task(running()).dict_layers, deep_dicts);
}

/// Notes how many layers a new task's dicts have, as its loop's factory makes them.
bool Checker::inherit_dict(Task& made, const Task& parent) {
    made.layers = parent.layers + 1;
    if (loop().factory == Storage::context_shared) made.dict_layers = parent.dict_layers;
    if (loop().factory == Storage::context_chainmap) made.dict_layers = parent.dict_layers + 1;
    return loop().factory != Storage::context_copy ||
           step_over(std::size_t{parent.dict_layers} * variables_, deep_dicts);
}

bool Checker::factory(const Event& event) {
    const Storage made = event.tag<Storage>();
    loop().factory = made;
    return made == Storage::context_shared || made == Storage::context_copy ||
           made == Storage::context_chainmap ||
           refuse(fmt::format("{} is kept by no factory", trace::name(made)));
}

bool Checker::select() {
    return ++selections_ <= max_selections || refuse("storages are selected more often than can be shown");
}

}  // namespace loopscope::trace
