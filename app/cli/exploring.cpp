// SPDX-License-Identifier: MIT
#include "app/cli/exploring.hpp"

#include <fmt/format.h>

#include "app/cli/progress_line.hpp"
#include "app/platform/interrupt.hpp"

namespace loopscope::cli {

Result<const explore::Report*> wait_for(feed::Exploration& exploration) {
    ProgressLine line;
    Rest rest;
    const auto between = [&](Status status) {
        rest(status);
        if (platform::Interrupt::asked()) exploration.cancel();
        if (line.due()) line.show(fmt::format("{} schedules", exploration.schedules_run()));
    };
    if (poll_until_over([&] { return exploration.poll(); }, between) == Status::failed)
        return tl::unexpected(exploration.error());
    return &exploration.report();
}

}  // namespace loopscope::cli
