// SPDX-License-Identifier: MIT
#include "core/feed/analysis.hpp"

#include <algorithm>

#include "core/base/worker.hpp"

namespace loopscope::feed {
namespace {

/// The number of events that take longer to read than a thread takes to start, and less time than a user
/// notices; without threads, those of some milliseconds, for `progress` may pause the work.
constexpr std::uint32_t many = has_threads ? 500'000 : 50'000;

}  // namespace

bool Analysis::update(const trace::Log& log, std::uint32_t count, const Progress& progress) {
    const std::uint32_t first = index.size();
    for (std::uint32_t known = first; known < count;) {
        const bool aside = has_threads && count - known >= many;
        known = std::min(count, known + many);
        Worker states;
        if (aside)
            states.start([&](const std::stop_token&) { static_cast<void>(keyframes.seek(log, known)); });
        index.update(log, known);
        if (states.started())
            states.finish();
        else
            static_cast<void>(keyframes.seek(log, known));
        log.pack({known});
        if (progress && !progress(static_cast<double>(known - first) / (count - first))) return false;
    }
    return true;
}

}  // namespace loopscope::feed
