// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "core/base/pausing.hpp"
#include "core/base/result.hpp"
#include "core/explore/schedule.hpp"

namespace loopscope::explore {

/// Runs a schedule. Returns the choices that the run made, if it gives what is wanted; none if it does not.
using Attempt = std::function<Pausing<Result<std::optional<Choices>>>(Schedule)>;

/// Returns a schedule that still gives what is wanted, with as few deviations from asyncio's own order as are
/// found by leaving some out: halves first, then smaller and smaller parts, at last one by one, the later
/// ones first, for what comes before them means the same without them (delta debugging: Zeller and
/// Hildebrandt, Simplifying and Isolating Failure-Inducing Input, 2002). `budget` is the number of runs that
/// may be made, and what is left of it in the end. asyncio's own order itself is not tried. Fails with the
/// error of an attempt. REQUIRES: `budget` and `attempt` outlive the work.
Pausing<Result<Schedule>> shrink(Schedule schedule, std::uint32_t& budget, const Attempt& attempt);

}  // namespace loopscope::explore
