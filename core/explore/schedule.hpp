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

/// One of the orders in which a program can run: the points at which its loops ask, and the choices made
/// there.
struct Schedule {
    loop::Freedoms freedoms;
    Choices choices;

    friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// Returns how many choices differ from asyncio's own, which is a schedule's length.
std::size_t deviations(const Choices& choices);

/// Returns a schedule as the command line takes it: what it varies, and each choice that is not asyncio's own
/// as POINT=ALTERNATIVE, such as "ties,jitter=0.05,ready,12=1,40=2".
std::string text_of(const Schedule& schedule);

/// Parses what `text_of` writes. Fails at a word that has no meaning; the error says what there is.
Result<Schedule> parse_schedule(std::string_view text);

}  // namespace loopscope::explore
