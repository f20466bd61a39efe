// SPDX-License-Identifier: MIT
#pragma once

#include "core/exchange/chrome_records.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// Writes the tracks of an imported trace as the records that they were read from, or such as say the same:
/// reading them again makes the same tracks, slices, instants, flows and counters. REQUIRES: trace::check
/// accepts the log.
///
/// A thread's slices become B and E, or X where there are several tracks of one thread, because they do not
/// nest; those of operations and resources become b and e.
void write_imported(ChromeRecords& out, const trace::Log& log);

}  // namespace loopscope::exchange
