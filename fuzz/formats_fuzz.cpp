// SPDX-License-Identifier: MIT
// Fuzzes what is read beside Chrome's and Perfetto's traces, in pieces that it chooses: the first byte says
// what the others are. Whatever is read from them is a valid trace, and the same one in one piece.

#include "core/exchange/any_reader.hpp"
#include "core/exchange/speedscope_reader.hpp"
#include "core/exchange/tokio_console_reader.hpp"
#include "core/exchange/unpacking_reader.hpp"
#include "fuzz/accepted.hpp"
#include "fuzz/pieces.hpp"

namespace {

using namespace loopscope;

template <class Reader>
void read_both_ways(std::span<const std::byte> input) {
    const exchange::Incoming incoming = {"input", "input", input.size()};
    const auto imported = fuzz::read_in_pieces(Reader(incoming, {}), input);
    fuzz::expect_same(imported, fuzz::read_at_once(Reader(incoming, {}), input));
    if (imported) fuzz::use(*imported->log);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const auto input = std::as_bytes(std::span(data + 1, size - 1));
    switch (*data % 4) {
        case 0: read_both_ways<exchange::SpeedscopeReader>(input); break;
        case 1: read_both_ways<exchange::TokioConsoleReader>(input); break;
        case 2: read_both_ways<exchange::UnpackingReader>(input); break;
        default: read_both_ways<exchange::AnyReader>(input);
    }
    return 0;
}
