#pragma once

#include <vector>

#include "core/trace/log.hpp"
#include "recorder/spool.h"

namespace loopscope {

/// Returns the records that a recorder would write of a program that does what a trace says.
std::vector<Spool_record> spool_of(const trace::Log& log);

}  // namespace loopscope
