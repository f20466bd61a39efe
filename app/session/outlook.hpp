// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "core/feed/setup.hpp"
#include "core/trace/index.hpp"

namespace loopscope::session {

/// Where a run will end: how wide its trace will be, and on the loop's clock.
struct Outlook {
    AxisPosition width;
    Time time{};
};

/// Returns where a run of one of Loopscope's programs will end, if that is after a few hundred steps at most:
/// so all of it can be given room before it has happened. The program runs for that, beside any other.
std::optional<Outlook> outlook(const feed::Setup& setup);

}  // namespace loopscope::session
