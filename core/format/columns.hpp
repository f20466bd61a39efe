#pragma once

#include "core/format/bytes.hpp"
#include "core/trace/log.hpp"

namespace loopscope::format {

/// Writes events so that they compress well: field by field, and within a field kind by kind, each as the
/// difference to what the kind said last.
void write_events(ByteWriter& out, const trace::Log& log, std::uint32_t first, std::uint32_t count);

/// Reads `count` events, which begin with number `first` of their trace, into `events`, whose memory is used
/// again. Where they are not all there in.failed() is true, and what is in `events` means nothing. Whether
/// they make a trace is for trace::Checker.
void read_events(ByteReader& in, std::uint32_t first, std::uint32_t count, std::vector<trace::Event>& events);

}  // namespace loopscope::format
