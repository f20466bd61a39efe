// SPDX-License-Identifier: MIT
#include "app/session/outlook.hpp"

#include "core/feed/program_feed.hpp"

namespace loopscope::session {

std::optional<Outlook> outlook(const feed::Setup& setup) {
    // No screen shows more than that at once so that it can be read.
    constexpr std::uint32_t max_handles = 1500;
    constexpr std::uint32_t max_events = 50'000;
    feed::ProgramFeed feed(setup);
    feed.poll({.handles = max_handles, .length = max_events});
    if (!feed.over()) return std::nullopt;
    trace::Index index;
    index.update(feed.log());
    return Outlook{index.width(), feed.time()};
}

}  // namespace loopscope::session
