#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/trace/mark.hpp"

namespace loopscope::format {

/// What a file says besides its events: enough to run the program again, and to make a lesson or a bug report
/// of it.
struct Info {
    std::string program;                                          ///< its name in the catalogue, or any
    std::vector<std::pair<std::string, std::string>> parameters;  ///< NAME, VALUE as the user writes them
    std::string source_file;                                      ///< what its source text is called
    std::string source;                                           ///< the text; empty: not known
    std::string origin;  ///< what made the file: a program, its version
    std::string notes;
    std::vector<trace::Mark> marks;
    std::string schedule = {};  ///< the order that it ran in, as explore::text_of writes it; empty: asyncio's

    friend bool operator==(const Info&, const Info&) = default;
};

}  // namespace loopscope::format
