// SPDX-License-Identifier: MIT
// Fuzzes events, of five bytes each with small numbers: those that the checker accepts make a trace, which
// can be folded, indexed, written and exported.

#include "core/trace/kinds.hpp"
#include "fuzz/accepted.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace loopscope;
    constexpr std::size_t maximum = 2000;  // the checker is copied for each event
    trace::Log log;
    for (const char* text : {"a", "b", "c"}) static_cast<void>(log.intern(text));
    trace::Checker checker;
    for (std::size_t at = 0; at + 5 <= size && at < maximum; at += 5) {
        // One after the last that there is stands for those of later versions.
        constexpr auto kinds = static_cast<std::uint32_t>(trace::all_kinds.size() + 1);
        const std::uint32_t number = data[at] % kinds;
        const auto kind = number < trace::all_kinds.size() ? trace::all_kinds[number] : trace::Kind{255};
        const trace::Event event{static_cast<std::uint32_t>(kind) | std::uint32_t{data[at]} / kinds << 8,
                                 data[at + 1], data[at + 2], data[at + 3] | std::uint32_t{data[at + 4]} << 8};
        trace::Checker next = checker;
        if (!next.check(event, 3)) continue;
        checker = std::move(next);
        log.append(event);
    }
    if (log.size() > 0) fuzz::use(log);
    return 0;
}
