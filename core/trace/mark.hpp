// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "core/base/id.hpp"

namespace loopscope::trace {

/// A note of a user on an event of a trace.
struct Mark {
    EventIndex event;
    std::string text;

    friend bool operator==(const Mark&, const Mark&) = default;
};

}  // namespace loopscope::trace
