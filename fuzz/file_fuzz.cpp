// SPDX-License-Identifier: MIT
// Fuzzes a .loopscope file, in pieces that it chooses: the whole file, or the content of its chunks.

#include "core/format/chunk_writer.hpp"
#include "core/format/reader.hpp"
#include "fuzz/accepted.hpp"
#include "fuzz/chunks.hpp"
#include "fuzz/pieces.hpp"

namespace {

using namespace loopscope;
using namespace loopscope::format;

/// Saves what was loaded, and aborts if it is not equal when it is loaded again.
void round_trip(const Loaded& loaded) {
    std::vector<std::byte> bytes;
    ChunkWriter writer([&](std::span<const std::byte> more) -> Result<void> {
        bytes.insert(bytes.end(), more.begin(), more.end());
        return {};
    });
    if (!writer.begin(loaded.info) || !writer.events(*loaded.log, loaded.log->size(), true) ||
        !writer.notes(loaded.info) || !writer.end())
        std::abort();
    const auto again = load(bytes, "again");
    const auto is_whole = [](const std::string& missing) {
        return missing.empty() || missing.ends_with("only a newer Loopscope knows");
    };
    if (!again || !is_whole(again->missing) || again->log->size() != loaded.log->size() ||
        again->info != loaded.info)
        std::abort();
    for (EventIndex at; at < loaded.log->end_index(); ++at) {
        if (!((*again->log)[at] == (*loaded.log)[at])) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = std::as_bytes(std::span(data, size));
    if (input.empty()) return 0;
    const bool as_it_is = (data[0] & 1) != 0;
    const auto rest = input.subspan(1);
    const auto made = as_it_is ? std::vector<std::byte>() : fuzz::file_of(rest);
    const std::span<const std::byte> file = as_it_is ? rest : std::span<const std::byte>(made);
    const auto unfolding = (data[0] & 2) != 0 ? ChunkReader::Unfolding::aside : ChunkReader::Unfolding::here;
    const auto loaded = load(file, "input");
    fuzz::expect_same(loaded, fuzz::read_in_pieces(Reader("input", {file.size(), {}, unfolding}), file));
    if (!loaded) return 0;
    fuzz::use(*loaded->log);
    round_trip(*loaded);
    return 0;
}
