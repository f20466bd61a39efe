// SPDX-License-Identifier: MIT
#include "app/cli/closing.hpp"

#include <fmt/format.h>

#include "app/cli/progress_line.hpp"
#include "app/cli/signal_handover.hpp"
#include "app/cli/streams.hpp"
#include "app/platform/interrupt.hpp"

namespace loopscope::cli {

Result<void> close_recording(const std::function<Result<void>(const Progress&)>& finish) {
    // A process that is recorded for another one has the one kind of handler, any other has the other.
    const auto asked = [] { return SignalHandover::times() + (platform::Interrupt::asked() ? 1 : 0); };
    const unsigned asked_before = asked();
    bool left = false;
    ProgressLine line;
    auto finished = finish([&](double done) {
        if (line.due())
            line.show(fmt::format("writing the file: {:.0f} %; Ctrl C leaves it larger than it need be",
                                  100 * done));
        left = asked() > asked_before;
        return !left;
    });
    line.clear();
    if (left && finished)
        complain("the file has all that was recorded, in the small chunks in which that was done");
    return finished;
}

}  // namespace loopscope::cli
