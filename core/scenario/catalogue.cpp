#include "core/scenario/catalogue.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace loopscope::sources {
std::string_view file(std::string_view name);  // written by cmake/embed.py
}

namespace loopscope::scenario {

extern const Program indication;
extern const Program indication_main;

std::span<const Program* const> catalogue() {
    static constexpr const Program* programs[] = {
        &indication,
        &indication_main,
    };
    return programs;
}

Result<const Program*> find_program(std::string_view name) {
    const auto found = std::ranges::find(catalogue(), name, [](const Program* each) { return each->name; });
    if (found != catalogue().end()) return *found;
    std::string names;
    for (const Program* program : catalogue())
        names += fmt::format("{}{}", names.empty() ? "" : ", ", program->name);
    return fail(fmt::format("there is no program '{}'; choose one of {}", name, names));
}

std::string_view source_of(const Program& program) {
    return sources::file(program.source_file);
}

}  // namespace loopscope::scenario
