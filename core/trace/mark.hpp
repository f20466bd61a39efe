#pragma once

#include <cstdint>
#include <string>

namespace loopscope::trace {

/// A note of a user on an event of a trace.
struct Mark {
    std::uint32_t event = 0;
    std::string text;

    friend bool operator==(const Mark&, const Mark&) = default;
};

}  // namespace loopscope::trace
