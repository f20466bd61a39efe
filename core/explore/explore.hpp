#pragma once

#include <atomic>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/explore/schedule.hpp"
#include "core/scenario/program.hpp"
#include "core/trace/event.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::explore {

/// A program with its arguments and storage, to be run under many schedules.
struct Subject {
    const scenario::Program* program = nullptr;
    scenario::Arguments arguments;
    trace::Storage storage = trace::Storage::global;
};

struct Options {
    loop::Freedoms freedoms;
    std::uint64_t seed = 1;
    /// The number of schedules to run, of which the first is asyncio's own; if `exhaustive`, the maximum. As
    /// many again may be run in search of the shortest one that leaks.
    std::uint32_t schedules = 10'000;
    /// Whether to run every schedule once, in ascending order of deviations from asyncio's own, rather than
    /// random ones.
    bool exhaustive = false;
};

/// One of the results that the program can have.
struct Outcome {
    std::string output;
    trace::Ending ending = trace::Ending::ok;
    std::uint32_t leaks = 0;
    std::uint32_t stales = 0;    ///< stale prints
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
    std::vector<Outcome> outcomes;  ///< in descending order of count
    std::uint32_t schedules = 0;    ///< number of schedules that were run
    bool complete = false;          ///< true: every schedule was run
    bool cancelled = false;         ///< true: the exploration was stopped before its end
    std::optional<ShortestLeak> shortest_leak;
};

/// Runs a program under many schedules and returns each output with its share. Equal subjects and options
/// lead to equal reports. With `freedoms.ready`, every second random schedule keeps the ready queue in order,
/// so that asyncio could follow it. A run is ended after `max_run_events` handles, and counts as stopped.
///
/// Meant for a thread of its own: `stop` ends the exploration early, and the report has what is known by
/// then; `done`, if not null, counts the runs.
Report explore(const Subject& subject, const Options& options, const std::stop_token& stop = {},
               std::atomic<std::uint32_t>* done = nullptr);

/// The maximum length of a run, in handles.
inline constexpr std::uint32_t max_run_events = 1'000'000;

}  // namespace loopscope::explore
