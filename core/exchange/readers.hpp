// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "core/exchange/first_bytes.hpp"
#include "core/exchange/trace_reader.hpp"

/// The formats that are known, which are told apart by the first bytes of a file, whatever its name is.
namespace loopscope::exchange {

/// The answer to whether bytes are the beginning of a format. `no` and `yes` do not change with more bytes.
enum class Match : std::uint8_t {
    no,
    maybe,  ///< more bytes will tell
    yes,
};

/// A format that can be read.
struct ReadableFormat {
    std::string_view name;  ///< as a sentence lists the formats that can be read
    Match (*sniff)(FirstBytes);
    std::unique_ptr<TraceReader> (*make)(Incoming, trace::LogProgress);
};

/// A format that cannot be read, but is known well enough to advise the user.
struct NamedFormat {
    std::string_view name;  ///< as in "'t.gz' is …"
    Match (*sniff)(FirstBytes);
    std::string_view advice;
};

/// Returns the formats that can be read. A file has the first one that matches.
std::span<const ReadableFormat> readable_formats();
/// Returns the formats that are only named. They are tried before the readable ones: no file that can be read
/// begins like one of them.
std::span<const NamedFormat> named_formats();

}  // namespace loopscope::exchange
