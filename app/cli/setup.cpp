#include "app/cli/setup.hpp"

#include <fmt/format.h>

#include "core/scenario/programs/catalogue.hpp"

namespace loopscope::cli {

Result<feed::Setup> make_setup(const std::string& program, const std::string& storage,
                               const std::vector<std::string>& settings, const std::string& schedule) {
    const auto found = scenario::find_program(program);
    if (!found) return tl::unexpected(found.error());
    const auto selected = trace::parse_storage(storage);
    if (!selected) return tl::unexpected(selected.error());
    std::vector<scenario::Setting> pairs;
    for (const std::string& setting : settings) {
        const std::size_t equals = setting.find('=');
        if (equals == std::string::npos)
            return fail(fmt::format("--set cannot be '{}': it has to be NAME=VALUE", setting),
                        Error::Code::invalid_argument);
        pairs.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
    }
    auto arguments = scenario::Arguments::create(scenario::all_parameters(**found), pairs);
    if (!arguments) return tl::unexpected(arguments.error());
    feed::Setup setup{*found, std::move(*arguments), *selected, {}};
    if (schedule.empty()) return setup;
    const auto parsed = explore::parse_schedule(schedule);
    if (!parsed) return tl::unexpected(parsed.error());
    setup.schedule = *parsed;
    return setup;
}

Result<Time> parse_time(std::string_view option, std::string_view text) {
    const scenario::Parameter parameter{option, {}, scenario::Parameter::Type::duration, "0", 0, 1e6};
    const auto parsed = scenario::Arguments::create(
        {&parameter, 1}, std::vector<scenario::Setting>{{std::string(option), std::string(text)}});
    if (!parsed) return tl::unexpected(parsed.error());
    return parsed->duration(option);
}

}  // namespace loopscope::cli
