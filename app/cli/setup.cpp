// SPDX-License-Identifier: MIT
#include "app/cli/setup.hpp"

#include <fmt/format.h>

#include "core/base/result.hpp"
#include "core/scenario/programs/catalogue.hpp"

namespace loopscope::cli {

Result<feed::Setup> make_setup(const std::string& program, const std::string& storage,
                               const std::vector<std::string>& settings, const std::string& schedule) {
    LOOPSCOPE_TRY(found, scenario::find_program(program));
    LOOPSCOPE_TRY(selected, trace::parse_storage(storage));
    std::vector<scenario::Setting> pairs;
    for (const std::string& setting : settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos)
            return fail(fmt::format("--set cannot be '{}': it has to be NAME=VALUE", setting),
                        Error::Code::invalid_argument);
        pairs.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
    }
    LOOPSCOPE_TRY(arguments, scenario::Arguments::create(scenario::all_parameters(*found), pairs));
    feed::Setup setup{found, std::move(arguments), selected, {}};
    if (schedule.empty()) return setup;
    LOOPSCOPE_TRY(parsed, explore::parse_schedule(schedule));
    setup.schedule = parsed;
    return setup;
}

Result<Time> parse_time(std::string_view option, std::string_view text) {
    const scenario::Parameter parameter{option, {}, scenario::Parameter::Type::duration, "0", 0, 1e6};
    LOOPSCOPE_TRY(parsed, scenario::Arguments::create(
                              {&parameter, 1},
                              std::vector<scenario::Setting>{{std::string(option), std::string(text)}}));
    return parsed.duration(option);
}

}  // namespace loopscope::cli
