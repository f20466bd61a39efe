#pragma once

#include <cstdint>
#include <string>

namespace loopscope::trace {

/// A place in a trace that someone has something to say about.
struct Mark {
    std::uint32_t event = 0;
    std::string text;

    friend bool operator==(const Mark&, const Mark&) = default;
};

}  // namespace loopscope::trace
