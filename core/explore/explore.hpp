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

/// What is run under many schedules.
struct Subject {
    const scenario::Program* program = nullptr;
    scenario::Arguments arguments;
    trace::Storage storage = trace::Storage::global;
};

struct Options {
    loop::Freedoms freedoms;
    std::uint64_t seed = 1;
    /// How many schedules to run, the first one being asyncio's own; or the most, if exhaustive. As many
    /// again may be run in search of the shortest one that leaks.
    std::uint32_t schedules = 10'000;
    /// Every schedule there is, each once, those with fewer choices of their own first; not random ones.
    bool exhaustive = false;
};

/// One thing that can happen.
struct Outcome {
    std::string output;
    trace::Ending ending = trace::Ending::ok;
    std::uint32_t leaks = 0;
    std::uint32_t count = 0;     ///< schedules that came to this
    std::uint32_t possible = 0;  ///< those of them that asyncio could follow
    Schedule example;            ///< the one of them that differs least from asyncio's own
};

/// A schedule that leaks, as short as was found.
struct ShortestLeak {
    Schedule schedule;
    bool proven = false;  ///< all that are shorter were run, and none of them leaks
};

/// What came out.
struct Report {
    std::vector<Outcome> outcomes;  ///< the most frequent first
    std::uint32_t schedules = 0;    ///< that were run
    bool complete = false;          ///< there is no other schedule
    bool cancelled = false;         ///< it was stopped before its end
    std::optional<ShortestLeak> shortest_leak;
};

/// Runs a program under many schedules, and reports each output with its share. The same subject and options
/// give the same report. With `freedoms.ready`, every second random schedule keeps the ready queue in order:
/// asyncio could follow it. A run is given up after `longest_run` handles, as stopped.
///
/// Meant for a thread of its own: `stop` ends it early, with what is known by then, and `done` counts
/// schedules.
Report explore(const Subject& subject, const Options& options, const std::stop_token& stop = {},
               std::atomic<std::uint32_t>* done = nullptr);

inline constexpr std::uint32_t longest_run = 1'000'000;

}  // namespace loopscope::explore
