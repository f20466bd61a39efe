// SPDX-License-Identifier: MIT
#pragma once

#include "core/exchange/perfetto_packets.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// Writes the tracks of an imported trace: processes and threads as such where their ids are numbers, and all
/// others as tracks that are not merged with those of the same name. REQUIRES: trace::check accepts the log.
void write_imported(PerfettoPackets& out, const trace::Log& log);

}  // namespace loopscope::exchange
