#pragma once

#include "core/feed/program_feed.hpp"

namespace loopscope::session {

/// A setup with one of its program's parameters changed. The error is a sentence that says what the parameter
/// may be.
Result<feed::Setup> with_setting(const feed::Setup& setup, std::string_view name, std::string_view value);

/// A setup for a program with all of its parameters as they are by default.
feed::Setup with_program(const feed::Setup& setup, const scenario::Program& program);

/// The value of a parameter, as the user would write it. REQUIRES: the setup's program has it.
std::string_view setting_of(const feed::Setup& setup, std::string_view name);

/// The value of a duration, in seconds, or of a count. REQUIRES: it is one of these.
double number_of(const feed::Setup& setup, const scenario::Parameter& parameter);

/// What a slider for a duration or a count goes from and to: a part of its range around the default that one
/// wants to try, and the value that it has.
struct SliderRange {
    double from = 0;
    double to = 0;
    bool logarithmic = false;
};
SliderRange slider_range(const scenario::Parameter& parameter, double value);

/// A number as a slider writes it: no more digits than anybody can aim at.
std::string number_text(const scenario::Parameter& parameter, double number);

}  // namespace loopscope::session
