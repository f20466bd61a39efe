// SPDX-License-Identifier: MIT
#pragma once

#include <exception>

#include "core/base/result.hpp"

namespace loopscope {

/// Returns the sentence for an exception that no Result covers: that there is no memory or no thread, or the
/// exception's own message. REQUIRES: `error` is not null.
Error unexpected_error(const std::exception_ptr& error);

}  // namespace loopscope
