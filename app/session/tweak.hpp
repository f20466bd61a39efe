// SPDX-License-Identifier: MIT
#pragma once

#include "core/feed/program_feed.hpp"

namespace loopscope::session {

/// Returns a setup with one of its program's parameters changed. The error is a sentence that says which
/// values the parameter may have.
Result<feed::Setup> with_setting(const feed::Setup& setup, std::string_view name, std::string_view value);

/// Returns a setup for a program with the defaults of all its parameters, but in the same version of asyncio.
feed::Setup with_program(const feed::Setup& setup, const scenario::Program& program);

/// Returns the value of a parameter as the user would write it. REQUIRES: the setup's program has the
/// parameter.
std::string_view setting_of(const feed::Setup& setup, std::string_view name);

/// Returns the value of a duration, in seconds, or of a count. REQUIRES: the parameter is one of these.
double number_of(const feed::Setup& setup, const scenario::Parameter& parameter);

/// The range of a slider for a duration (in seconds) or a count: the part of the parameter's range around the
/// default that users want to try, extended to the present value.
struct SliderRange {
    double from = 0;
    double to = 0;
    bool logarithmic = false;
};
SliderRange slider_range(const scenario::Parameter& parameter, double value);

/// Returns a number as a slider writes it, with no more digits than a user can select with the mouse.
std::string number_text(const scenario::Parameter& parameter, double number);

}  // namespace loopscope::session
