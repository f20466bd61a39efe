// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/explore/schedule.hpp"
#include "core/trace/event.hpp"

namespace loopscope::explore {

/// What a run comes to, as far as it tells outcomes apart.
struct Observed {
    std::string output;
    trace::Ending ending = trace::Ending::ok;
    /// What ended the program, if it failed: an exception and its place, "KeyError at app.py:12", or "exit
    /// code 3"; empty: nothing is known of that.
    std::string failure;
    /// The exceptions that nobody retrieved, written like `failure`, with "; " between them.
    std::string unretrieved;
    std::uint32_t leaks = 0;   ///< prints that leak
    std::uint32_t stales = 0;  ///< stale prints

    /// Returns whether the program failed, or an exception of it was lost.
    [[nodiscard]] bool failed() const;
    friend std::strong_ordering operator<=>(const Observed&, const Observed&) = default;
};

/// One run of a program: the choices that it came to, in order, and what came of them.
struct Ran {
    std::vector<Point> points;
    Observed observed;

    friend bool operator==(const Ran&, const Ran&) = default;
};

/// How to run a program once: under a schedule, whose choices are followed by asyncio's own; or, with a seed,
/// under its freedoms, with all choices at random. Equal seeds lead to equal choices.
struct Order {
    Schedule schedule;
    std::optional<std::uint64_t> seed = {};
};

/// A program that can be run again and again. Used from one thread.
class Runner {
  public:
    Runner() = default;
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;
    virtual ~Runner() = default;

    /// Runs the program once. Fails if it cannot be run, and with Error::Code::cancelled soon after a stop is
    /// requested.
    virtual Result<Ran> run(const Order& order, const std::stop_token& stop) = 0;
    /// Checks that a schedule gives this result also where nothing that earlier runs have left behind can
    /// matter. Fails if it does not.
    [[nodiscard]] virtual Result<void> confirm(const Schedule& schedule, const Observed& observed,
                                               const std::stop_token& stop);
    /// Returns whether what was run up to the last failure counts no more, because earlier runs have
    /// mattered, and exploring can begin anew in a way that is safe from that. Returns true once for each.
    virtual bool begins_anew() { return false; }
    /// Returns what whoever reads the report should know of how the program was run, as sentences; empty:
    /// nothing.
    [[nodiscard]] virtual std::string notice() const { return {}; }
};

}  // namespace loopscope::explore
