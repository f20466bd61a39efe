#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/exchange/trace_reader.hpp"

/// The formats that are known, told apart by what a file begins with, whatever it is called.
namespace loopscope::exchange {

/// Whether bytes are what a format begins with. Once it is `no` or `yes`, more bytes do not change that.
enum class Match : std::uint8_t {
    no,
    maybe,  ///< more bytes will tell
    yes,
};

/// As many first bytes as are looked at.
inline constexpr std::size_t max_first_bytes = std::size_t{1} << 16;

using FirstBytes = std::span<const std::byte>;

/// A format that is read.
struct ReadableFormat {
    std::string_view name;  ///< as a sentence lists what can be read
    Match (*sniff)(FirstBytes);
    std::unique_ptr<TraceReader> (*make)(Incoming, trace::LogProgress);
};

/// A format that is not read, but known well enough to say what to do.
struct NamedFormat {
    std::string_view name;  ///< as in "'t.gz' is …"
    Match (*sniff)(FirstBytes);
    std::string_view advice;
};

/// Returns all that are read. A file is of the first that matches.
std::span<const ReadableFormat> readable_formats();
/// Returns those that are named only. They come before the others: some are JSON as well.
std::span<const NamedFormat> named_formats();

}  // namespace loopscope::exchange
