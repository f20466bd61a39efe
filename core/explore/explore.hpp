// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/pausing.hpp"
#include "core/explore/runner.hpp"

namespace loopscope::explore {

struct Options {
    loop::Freedoms freedoms;
    std::uint64_t seed = 1;
    /// The number of schedules to run, of which the first is asyncio's own; if `exhaustive`, the maximum. As
    /// many again may be run in search of the shortest one that leaks, and, if not `exhaustive`, as many to
    /// shorten those that are listed.
    std::uint32_t schedules = 10'000;
    /// Whether to run every schedule once, in ascending order of deviations from asyncio's own, rather than
    /// random ones.
    bool exhaustive = false;
    /// The maximum number of outcomes that are listed: those whose schedules are shortened and confirmed.
    std::uint32_t listed = 20;
};

/// One of the results that the program can have.
struct Outcome : Observed {
    std::uint32_t count = 0;     ///< schedules with this result
    std::uint32_t possible = 0;  ///< schedules with this result that asyncio could follow
    /// The schedule with this result that differs least from asyncio's own: of those that asyncio could
    /// follow, if there are any.
    Schedule example;
};

/// A schedule that leaks, the shortest that was found.
struct ShortestLeak {
    Schedule schedule;
    bool proven = false;  ///< all shorter schedules were run, and none leaks
};

/// The result of an exploration.
struct Report {
    /// Those that are listed first, then the others, each in descending order of count. Listed are those that
    /// failed, and then the most frequent.
    std::vector<Outcome> outcomes;
    std::size_t listed = 0;               ///< number of outcomes that are listed
    std::optional<std::size_t> ordinary;  ///< the outcome of asyncio's own order; none: it was not run
    std::uint32_t schedules = 0;          ///< number of schedules that were run and counted
    bool complete = false;                ///< true: every schedule was run
    bool cancelled = false;               ///< true: the exploration was stopped before its end
    std::optional<ShortestLeak> shortest_leak;
    std::string notice;  ///< what to know of how the program was run, as sentences; empty: nothing
};

/// Runs a program under many schedules and returns each outcome with its share. Runners that do the same and
/// equal options lead to equal reports. With `freedoms.ready`, every second random schedule keeps the ready
/// queue in order, so that asyncio could follow it. Fails with the runner's error.
///
/// Meant for a thread of its own: `stop` ends the exploration early, and the report has what is known by
/// then; `done`, if not null, counts the runs.
Result<Report> explore(Runner& runner, const Options& options, const std::stop_token& stop = {},
                       std::atomic<std::uint32_t>* done = nullptr);

/// Explores as explore() does, with a pause after each run. REQUIRES: `runner` and `done` outlive the work.
Pausing<Result<Report>> explore_in_parts(Runner& runner, Options options, std::stop_token stop = {},
                                         std::atomic<std::uint32_t>* done = nullptr);

}  // namespace loopscope::explore
