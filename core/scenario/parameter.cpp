// SPDX-License-Identifier: MIT
#include "core/scenario/parameter.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/base/number.hpp"

namespace loopscope::scenario {
namespace {

struct Unit {
    std::string_view suffix;
    double seconds;
};
constexpr Unit units[] = {{"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}, {"s", 1}, {"", 1}};

std::optional<double> parse_number(std::string_view text) {
    const auto number = number_of<double>(text);
    return number && std::isfinite(*number) ? number : std::nullopt;
}

std::optional<double> parse_seconds(std::string_view text) {
    const auto unit =
        std::ranges::find_if(units, [&](const Unit& each) { return text.ends_with(each.suffix); });
    const auto number = parse_number(text.substr(0, text.size() - unit->suffix.size()));
    return number ? std::optional(*number * unit->seconds) : std::nullopt;
}

/// Returns what the user may write for a parameter, as the end of a sentence.
std::string allowed(const Parameter& parameter) {
    switch (parameter.type) {
        case Parameter::Type::duration:
            return fmt::format("a time from {:g} to {:g} seconds, such as 0.1 or 100ms", parameter.minimum,
                               parameter.maximum);
        case Parameter::Type::count:
            return fmt::format("a whole number from {:g} to {:g}", parameter.minimum, parameter.maximum);
        case Parameter::Type::choice: return range_of(parameter);
        case Parameter::Type::text: break;
    }
    return fmt::format("a text of {}", range_of(parameter));
}

tl::unexpected<Error> out_of_range(const Parameter& parameter, std::string_view text) {
    return fail(fmt::format("{} cannot be '{}': it has to be {}", parameter.name, text, allowed(parameter)),
                Error::Code::invalid_argument);
}

bool within(const Parameter& parameter, double number) {
    return number >= parameter.minimum && number <= parameter.maximum;
}

std::string names_of(std::span<const Parameter> parameters) {
    std::string names;
    for (const Parameter& parameter : parameters)
        names += fmt::format("{}{}", names.empty() ? "" : ", ", parameter.name);
    return names;
}

}  // namespace

std::string_view unit_of(const Parameter& parameter) {
    switch (parameter.type) {
        case Parameter::Type::duration: return "s";
        case Parameter::Type::count:
        case Parameter::Type::choice: return "";
        case Parameter::Type::text: break;
    }
    return "characters";
}

bool is_number(const Parameter& parameter) {
    return parameter.type == Parameter::Type::duration || parameter.type == Parameter::Type::count;
}

std::string range_of(const Parameter& parameter) {
    if (parameter.type == Parameter::Type::choice)
        return fmt::format("{} or {}", fmt::join(parameter.choices.first(parameter.choices.size() - 1), ", "),
                           parameter.choices.back());
    const std::string_view unit = unit_of(parameter);
    const std::string numbers = parameter.minimum == parameter.maximum
                                    ? fmt::format("{:g}", parameter.minimum)
                                    : fmt::format("{:g} to {:g}", parameter.minimum, parameter.maximum);
    return fmt::format("{}{}{}", numbers, unit.empty() ? "" : " ", unit);
}

Result<Arguments> Arguments::create(std::span<const Parameter> parameters,
                                    std::span<const Setting> settings) {
    for (const auto& [name, text] : settings) {
        if (std::ranges::find(parameters, name, &Parameter::name) == parameters.end()) {
            return fail(
                fmt::format("there is no parameter '{}'; choose one of {}", name, names_of(parameters)),
                Error::Code::invalid_argument);
        }
    }
    Arguments arguments;
    for (const Parameter& parameter : parameters) {
        std::string text(parameter.initial);
        for (const auto& [name, given] : settings) {
            if (name == parameter.name) text = given;
        }
        LOOPSCOPE_TRY(value, parse(parameter, text));
        arguments.values_.push_back(std::move(value));
        arguments.written_.emplace_back(parameter.name, std::move(text));
    }
    return arguments;
}

Result<Arguments::Value> Arguments::parse(const Parameter& parameter, const std::string& text) {
    if (parameter.type == Parameter::Type::choice) {
        if (std::ranges::find(parameter.choices, text) == parameter.choices.end())
            return out_of_range(parameter, text);
        return Value(text);
    }
    if (parameter.type == Parameter::Type::text) {
        if (!within(parameter, static_cast<double>(characters(text).size())))
            return out_of_range(parameter, text);
        return Value(text);
    }
    const bool is_time = parameter.type == Parameter::Type::duration;
    const auto number = is_time ? parse_seconds(text) : parse_number(text);
    if (!number || !within(parameter, *number)) return out_of_range(parameter, text);
    if (is_time) return Value(seconds(*number));
    if (*number != std::floor(*number)) return out_of_range(parameter, text);
    return Value(static_cast<std::int64_t>(*number));
}

const Arguments::Value& Arguments::value(std::string_view name) const {
    const auto found = std::ranges::find(written_, name, &Setting::first);
    assert(found != written_.end());
    return values_[static_cast<std::size_t>(found - written_.begin())];
}

Duration Arguments::duration(std::string_view name) const {
    return std::get<Duration>(value(name));
}
std::int64_t Arguments::count(std::string_view name) const {
    return std::get<std::int64_t>(value(name));
}
const std::string& Arguments::text(std::string_view name) const {
    return std::get<std::string>(value(name));
}

}  // namespace loopscope::scenario
