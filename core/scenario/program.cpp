// SPDX-License-Identifier: MIT
#include "core/scenario/program.hpp"

#include <algorithm>
#include <cassert>

namespace loopscope::scenario {

std::span<const Parameter> common_parameters() {
    static constexpr Parameter parameters[] = {
        {"step-cost", "loop time that each handle takes", Parameter::Type::duration, "1us", 0, 1},
    };
    return parameters;
}

std::vector<Parameter> all_parameters(const Program& program) {
    std::vector<Parameter> all(program.parameters.begin(), program.parameters.end());
    all.insert(all.end(), common_parameters().begin(), common_parameters().end());
    return all;
}

const Outcome& outcome_of(const Program& program, trace::Storage storage) {
    const auto found = std::ranges::find_if(
        program.outcomes, [&](const Outcome& each) { return each.storages.contains(storage); });
    assert(found != program.outcomes.end());
    return *found;
}

}  // namespace loopscope::scenario
