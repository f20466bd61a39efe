// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/base/utf8.hpp"  // for programs, which take the characters of their parameters

namespace loopscope::scenario {

/// A parameter of a program that the user can set: its name, its meaning, its default and its range.
struct Parameter {
    enum class Type : std::uint8_t {
        duration,  ///< a number of seconds, or with a unit: 0.1, 100ms, 50us
        count,     ///< a whole number
        text,      ///< any text; the range is that of its length in characters
        choice,    ///< one of a few words
    };

    std::string_view name;
    std::string_view summary;
    Type type = Type::text;
    std::string_view initial;  ///< the default, as the user would write it
    double minimum = 0;        ///< seconds, a count, or characters
    double maximum = 0;
    std::span<const std::string_view> choices = {};  ///< of a choice
};

/// Returns the unit of a parameter's range: "s", or "characters" for a text; empty for a count or choice.
std::string_view unit_of(const Parameter& parameter);

/// Returns whether a parameter is a duration or a count.
bool is_number(const Parameter& parameter);

/// Returns a parameter's range as people read it: "0.001 to 3600 s", or "3.11, 3.12, 3.13 or 3.14".
std::string range_of(const Parameter& parameter);

/// A parameter's name and value as the user wrote them: NAME=VALUE.
using Setting = std::pair<std::string, std::string>;

/// The values of a program's parameters, each checked against its range.
class Arguments {
  public:
    /// Makes arguments of the defaults and the settings, of which the last for a name counts. Fails if a
    /// setting names no parameter or its value is not in range; the error names the setting and what it may
    /// be.
    static Result<Arguments> create(std::span<const Parameter> parameters, std::span<const Setting> settings);

    /// Returns a parameter's value. REQUIRES: the program has a parameter of that name and type.
    [[nodiscard]] Duration duration(std::string_view name) const;
    [[nodiscard]] std::int64_t count(std::string_view name) const;
    /// Returns the value of a text, or which of the words a choice is.
    [[nodiscard]] const std::string& text(std::string_view name) const;

    /// Returns every parameter with its value as the user would write it.
    [[nodiscard]] const std::vector<Setting>& settings() const { return written_; }

  private:
    using Value = std::variant<Duration, std::int64_t, std::string>;

    static Result<Value> parse(const Parameter& parameter, const std::string& text);
    [[nodiscard]] const Value& value(std::string_view name) const;

    std::vector<Setting> written_;
    std::vector<Value> values_;  // by index of written_
};

}  // namespace loopscope::scenario
