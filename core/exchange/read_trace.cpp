// SPDX-License-Identifier: MIT
#include "core/exchange/read_trace.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/base/result.hpp"
#include "core/base/size_text.hpp"
#include "core/base/threads.hpp"
#include "core/exchange/any_reader.hpp"

namespace loopscope::exchange {
namespace {

/// How many bytes are read between two pauses. Where a pause is the browser's turn they are few, for a byte
/// of a file may hold hundreds of events.
constexpr std::size_t max_piece = has_threads ? std::size_t{1} << 16 : std::size_t{1} << 11;

}  // namespace

std::string HowFar::text() const {
    return bytes > 0 ? size_text(bytes) + " read" : fmt::format("{:.0f} %", done * 100);
}

Pausing<Result<Imported>> read_in_pieces(Input& input, ReadProgress progress) {
    const bool endless = input.size() == 0;
    std::uint64_t bytes = 0;
    bool all = false;
    AnyReader reader({input.name(), input.title(), input.size()}, [&](double done, const auto& log) {
        return !input.stopped() && (!progress || progress({done, endless && !all ? bytes : 0}, log));
    });
    while (reader.wants_more()) {
        LOOPSCOPE_CO_TRY(more, input.read());
        if (input.stopped()) co_return reading_stopped(std::string(input.name()));
        if (more.empty()) break;
        bytes += more.size();
        for (auto rest = more; !rest.empty() && reader.wants_more();) {
            const auto piece = rest.first(std::min(rest.size(), max_piece));
            LOOPSCOPE_CO_CHECK(reader.push(piece));
            rest = rest.subspan(piece.size());
            co_await Pause();
        }
    }
    all = true;
    co_return co_await reader.finish_in_pieces();
}

Result<Imported> read_trace(Input& input, const ReadProgress& progress) {
    return read_in_pieces(input, progress).complete();
}

Result<Imported> read_trace(const std::filesystem::path& path, const ReadProgress& progress) {
    LOOPSCOPE_TRY(input, Input::open(path));
    return read_trace(*input, progress);
}

Result<Imported> read_trace(std::span<const std::byte> bytes, const std::string& name) {
    AnyReader reader({name, name, bytes.size()});
    LOOPSCOPE_CHECK(reader.push(bytes));
    return reader.finish();
}

}  // namespace loopscope::exchange
