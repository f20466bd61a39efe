// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/loop/chooser.hpp"

namespace loopscope::explore {

/// The alternative that is taken at each point of a run at which there is a choice; after the last one it is
/// always 0, which is asyncio's own.
using Choices = std::vector<std::uint32_t>;

/// A point of a run at which there was a choice.
struct Point {
    std::uint32_t count = 0;  ///< number of alternatives
    std::uint32_t taken = 0;  ///< index of the one that was taken; 0: asyncio's own
    loop::Freedom freedom = loop::Freedom::tie;

    friend bool operator==(const Point&, const Point&) = default;
};

/// One of the orders in which a program can run: the points at which its loops ask, and the choices made
/// there.
struct Schedule {
    loop::Freedoms freedoms;
    Choices choices;

    friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// Returns which of the freedoms a word of a schedule means, "ties", "io", "sets", "threads" or "ready";
/// null: none.
bool* freedom_named(std::string_view word, loop::Freedoms& freedoms);

/// Returns how many choices differ from asyncio's own, which is a schedule's length.
std::size_t deviations(const Choices& choices);

/// Returns the choices of a run, up to the last that is not asyncio's own.
Choices choices_of(const std::vector<Point>& points);

/// Returns whether asyncio could make these choices: the ready queue stays in its order.
bool is_possible(const std::vector<Point>& points);

/// Returns a schedule as the command line takes it: what it varies, and each choice that is not asyncio's own
/// as POINT=ALTERNATIVE, such as "ties,jitter=0.05,io,sets,threads,ready,12=1,40=2".
std::string text_of(const Schedule& schedule);

/// Parses what `text_of` writes. Fails at a word that has no meaning; the error says what there is.
Result<Schedule> parse_schedule(std::string_view text);

}  // namespace loopscope::explore
