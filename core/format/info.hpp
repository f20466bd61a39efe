// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/trace/mark.hpp"

namespace loopscope::format {

/// The text of a file that lines are of, other than the source of the program itself.
struct Listing {
    std::uint32_t file = 0;  ///< the number of the file in `file` events, from 2
    std::string text;

    friend bool operator==(const Listing&, const Listing&) = default;
};

/// The content of a file besides its events: enough to run the program again, and to make a lesson or a bug
/// report of it.
struct Info {
    std::string program;                                          ///< the name in the catalogue, or any other
    std::vector<std::pair<std::string, std::string>> parameters;  ///< NAME, VALUE as the user writes them
    std::string source_file;                                      ///< the name of the file of `source`
    std::string source;  ///< the text of the program; empty: not known
    std::string origin;  ///< what made the file: a program, its version
    std::string notes;
    std::vector<trace::Mark> marks;
    std::string schedule = {};  ///< the order of its handles, as explore::text_of writes it; empty: asyncio's
    std::vector<Listing> listings = {};  ///< each file at most once

    friend bool operator==(const Info&, const Info&) = default;
};

}  // namespace loopscope::format
