#include "core/exchange/read_trace.hpp"

#include <fmt/format.h>

#include "core/base/size_text.hpp"
#include "core/exchange/any_reader.hpp"

namespace loopscope::exchange {

std::string HowFar::text() const {
    return bytes > 0 ? size_text(bytes) + " read" : fmt::format("{:.0f} %", done * 100);
}

Result<Imported> read_trace(Input& input, const ReadProgress& progress) {
    const bool endless = input.size() == 0;
    std::uint64_t bytes = 0;
    bool all = false;
    AnyReader reader({input.name(), input.title(), input.size()}, [&](double done, const auto& log) {
        return !input.stopped() && (!progress || progress({done, endless && !all ? bytes : 0}, log));
    });
    while (reader.wants_more()) {
        const auto more = input.read();
        if (!more) return tl::unexpected(more.error());
        if (input.stopped()) return fail(fmt::format("reading '{}' was stopped", input.name()));
        if (more->empty()) break;
        bytes += more->size();
        if (auto pushed = reader.push(*more); !pushed) return tl::unexpected(pushed.error());
    }
    all = true;
    return reader.finish();
}

Result<Imported> read_trace(const std::filesystem::path& path, const ReadProgress& progress) {
    const auto input = Input::open(path);
    if (!input) return tl::unexpected(input.error());
    return read_trace(**input, progress);
}

Result<Imported> read_trace(std::span<const std::byte> bytes, const std::string& name) {
    AnyReader reader({name, name, bytes.size()});
    if (auto pushed = reader.push(bytes); !pushed) return tl::unexpected(pushed.error());
    return reader.finish();
}

}  // namespace loopscope::exchange
