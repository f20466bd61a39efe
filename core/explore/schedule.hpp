#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/loop/chooser.hpp"

namespace loopscope::explore {

/// Which alternative was taken at each point where there was a choice; after the last one it is always
/// asyncio's own, 0.
using Choices = std::vector<std::uint32_t>;

/// One of the orders in which a program can run: the freedoms that its loops take, and what they choose.
struct Schedule {
    loop::Freedoms freedoms;
    Choices choices;

    friend bool operator==(const Schedule&, const Schedule&) = default;
};

/// How many choices differ from asyncio's own: how long a schedule is.
std::size_t deviations(const Choices& choices);

/// As the command line takes it: the freedoms, and each choice that is not asyncio's own as
/// POINT=ALTERNATIVE, such as "ties,jitter=0.05,ready,12=1,40=2".
std::string text_of(const Schedule& schedule);

/// Reads what `text_of` writes.
Result<Schedule> parse_schedule(std::string_view text);

}  // namespace loopscope::explore
