// SPDX-License-Identifier: MIT
// Fuzzes a Chrome trace in JSON, in pieces that it chooses: whatever is read from it is a valid trace, and
// the same one in one piece.

#include "core/exchange/any_reader.hpp"
#include "core/exchange/chrome_reader.hpp"
#include "fuzz/accepted.hpp"
#include "fuzz/pieces.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace loopscope;
    const auto input = std::as_bytes(std::span(data, size));
    const exchange::Incoming incoming = {"input", "input", size};
    const auto imported = fuzz::read_in_pieces(exchange::ChromeReader(incoming), input);
    fuzz::expect_same(imported, exchange::read_chrome({reinterpret_cast<const char*>(data), size}, "input"));
    static_cast<void>(fuzz::read_in_pieces(exchange::AnyReader(incoming), input));
    if (imported) fuzz::use(*imported->log);
    return 0;
}
