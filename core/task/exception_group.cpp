// SPDX-License-Identifier: MIT
#include "core/task/exception_group.hpp"

#include <algorithm>

namespace loopscope::task {

void throw_exception_group(std::string message, std::vector<std::exception_ptr> exceptions) {
    if (std::ranges::all_of(exceptions, is_exception))
        throw ExceptionGroup(std::move(message), std::move(exceptions));
    throw BaseExceptionGroup(std::move(message), std::move(exceptions));
}

}  // namespace loopscope::task
