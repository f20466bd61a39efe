// SPDX-License-Identifier: MIT
#pragma once

#include "core/format/bytes.hpp"
#include "core/trace/log.hpp"

namespace loopscope::format {

/// Writes `count` events of a log, from index `first` on, in an order that compresses well: field by field,
/// and within a field kind by kind, each value as the difference to that of the last event of the kind.
void write_events(ByteWriter& out, const trace::Log& log, EventIndex first, std::uint32_t count);

/// Reads `count` events, the first of which has index `first` in its trace, into `events`, whose memory is
/// reused. If the bytes do not hold them, in.failed() is true afterwards, and the content of `events` means
/// nothing. Does not check whether the events make a trace; trace::Checker does.
void read_events(ByteReader& in, EventIndex first, std::uint32_t count, std::vector<trace::Event>& events);

}  // namespace loopscope::format
