// SPDX-License-Identifier: MIT
#include "core/scenario/program.hpp"

#include <algorithm>
#include <cassert>

namespace loopscope::scenario {

std::span<const Parameter> common_parameters() {
    static constexpr Parameter parameters[] = {
        {"step-cost", "loop time that each handle takes", Parameter::Type::duration, "1us", 0, 1},
        {asyncio_parameter, "the version of asyncio whose order it runs in", Parameter::Type::choice,
         loop::AsyncioVersion::usual, 0, 0, loop::AsyncioVersion::names},
    };
    return parameters;
}

loop::AsyncioVersion asyncio_of(const Arguments& arguments) {
    return loop::AsyncioVersion::named(arguments.text(asyncio_parameter)).value_or(loop::AsyncioVersion());
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
