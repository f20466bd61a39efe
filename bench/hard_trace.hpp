#pragma once

#include <cstdint>

#include "app/session/annotations.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::bench {

/// A trace in which all is far apart or there are very many of it: what a panel looks for by walking through
/// events takes it longest here.
///
/// A task waits from the start and is cancelled at the end through the future that it waits for, so nobody
/// asked for that in the whole trace. A variable is used for the first time just before the end. Two thousand
/// tasks wait, most of them for timers that never come due. There are prints, writes, callbacks and lines of
/// source all along, and a switch of the storage now and then; the last one is late.
struct HardTrace {
    static constexpr std::uint32_t tasks = 2000;

    std::uint32_t events = 1'000'000;  ///< about so many
};

/// Writes it, as trace::check accepts it.
void write(const HardTrace& trace, trace::Log& log);

/// The source that its lines are of.
format::Info info_of(const HardTrace& trace);

/// A mark now and then: a hundredth of a percent of its events.
session::Annotations annotations_of(const trace::Log& log);

}  // namespace loopscope::bench
