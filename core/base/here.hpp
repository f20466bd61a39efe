#pragma once

#include <cstdint>

namespace loopscope {

/// The line of source that calls a function which takes one as its last argument, by default. std::source_location would do, but
/// clang 14 does not have it.
struct Here {
    std::uint32_t line = 0;

    static consteval Here current(std::uint32_t line = __builtin_LINE()) { return {line}; }
};

}  // namespace loopscope
