#pragma once

#include <exception>

#include "core/base/result.hpp"

namespace loopscope {

/// Returns what to say of an exception that no Result tells of: that there is no memory, or no thread, or
/// what it says itself. REQUIRES: there is one.
Error unexpected_error(const std::exception_ptr& error);

}  // namespace loopscope
