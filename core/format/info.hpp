#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/trace/mark.hpp"

namespace loopscope::format {

/// The text of a file that lines are of, other than the program's own source.
struct Listing {
    std::uint32_t file = 0;  ///< its number, as `file` events say it: from 2
    std::string text;

    friend bool operator==(const Listing&, const Listing&) = default;
};

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
    std::vector<Listing> listings = {};  ///< each file at most once

    friend bool operator==(const Info&, const Info&) = default;
};

}  // namespace loopscope::format
