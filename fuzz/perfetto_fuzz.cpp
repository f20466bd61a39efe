// SPDX-License-Identifier: MIT
// Fuzzes a Perfetto trace, in pieces that it chooses: whatever is read from it is a valid trace, and the same
// one in one piece.

#include "core/exchange/perfetto_reader.hpp"
#include "fuzz/accepted.hpp"
#include "fuzz/pieces.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace loopscope;
    const auto input = std::as_bytes(std::span(data, size));
    const exchange::Incoming incoming = {"input", "input", size};
    const auto imported = fuzz::read_in_pieces(exchange::PerfettoReader(incoming, {}), input);
    fuzz::expect_same(imported, fuzz::read_at_once(exchange::PerfettoReader(incoming, {}), input));
    if (imported) fuzz::use(*imported->log);
    return 0;
}
