// SPDX-License-Identifier: MIT
#include "app/session/tweak.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>

#include <fmt/format.h>

#include "core/base/result.hpp"

namespace loopscope::session {
namespace {

using scenario::Parameter;

/// The factor by which a slider goes below and above the default.
constexpr double reach = 20;

}  // namespace

Result<feed::Setup> with_setting(const feed::Setup& setup, std::string_view name, std::string_view value) {
    std::vector<scenario::Setting> settings = setup.arguments.settings();
    const auto found = std::ranges::find(settings, name, &scenario::Setting::first);
    if (found == settings.end())
        settings.emplace_back(name, value);
    else
        found->second = value;
    LOOPSCOPE_TRY(arguments, scenario::Arguments::create(scenario::all_parameters(*setup.program), settings));
    feed::Setup changed = setup;
    changed.arguments = std::move(arguments);
    return changed;
}

feed::Setup with_program(const feed::Setup& setup, const scenario::Program& program) {
    std::vector<scenario::Setting> kept;
    for (const scenario::Setting& setting : setup.arguments.settings()) {
        if (setting.first == scenario::asyncio_parameter) kept.push_back(setting);
    }
    auto arguments = scenario::Arguments::create(scenario::all_parameters(program), kept);
    assert(arguments);  // a default is within its range, and the version is one
    feed::Setup changed = setup;
    changed.program = &program;
    changed.schedule.reset();
    changed.arguments = std::move(*arguments);
    return changed;
}

std::string_view setting_of(const feed::Setup& setup, std::string_view name) {
    const auto& settings = setup.arguments.settings();
    const auto found = std::ranges::find(settings, name, &scenario::Setting::first);
    assert(found != settings.end());
    return found->second;
}

double number_of(const feed::Setup& setup, const Parameter& parameter) {
    assert(is_number(parameter));
    return parameter.type == Parameter::Type::duration
               ? to_seconds(setup.arguments.duration(parameter.name))
               : static_cast<double>(setup.arguments.count(parameter.name));
}

SliderRange slider_range(const Parameter& parameter, double value) {
    const feed::Setup defaults = [&] {
        feed::Setup setup;
        setup.arguments = scenario::Arguments::create({&parameter, 1}, {}).value();
        return setup;
    }();
    const double initial = number_of(defaults, parameter);
    SliderRange range{parameter.minimum, parameter.maximum, false};
    if (initial > 0) {
        range.from = std::max(parameter.minimum, initial / reach);
        range.to = std::min(parameter.maximum, initial * reach);
        range.logarithmic = true;
    }
    if (parameter.type == Parameter::Type::count)
        range.from = std::max(parameter.minimum, std::floor(range.from));
    range.from = std::min(range.from, value);
    range.to = std::max(range.to, value);
    range.logarithmic = range.logarithmic && range.from > 0;
    return range;
}

std::string number_text(const Parameter& parameter, double number) {
    if (parameter.type == Parameter::Type::count) return fmt::format("{:.0f}", number);
    const double seconds = std::clamp(number, parameter.minimum, parameter.maximum);
    if (seconds > 0 && seconds < 1e-3) return fmt::format("{:.3g}us", seconds * 1e6);
    return fmt::format("{:.3g}", seconds);
}

}  // namespace loopscope::session
