// SPDX-License-Identifier: MIT
#include "core/exchange/read_trace.hpp"

#include <fmt/format.h>

#include "core/base/result.hpp"
#include "core/base/size_text.hpp"
#include "core/exchange/any_reader.hpp"

namespace loopscope::exchange {

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
        LOOPSCOPE_CO_CHECK(reader.push(more));
        co_await Pause();
    }
    all = true;
    co_return reader.finish();
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
