// SPDX-License-Identifier: MIT
// Fuzzes the records of a recorder: as they are, or of five bytes each with small numbers. Whatever they say,
// what becomes of them is a trace.

#include <cstring>
#include <vector>

#include "core/intake/intake.hpp"
#include "fuzz/accepted.hpp"

namespace {

using namespace loopscope;

/// The records that the input is, each of 16 bytes.
std::vector<Spool_record> records_in(std::span<const std::uint8_t> input) {
    std::vector<Spool_record> records(input.size() / sizeof(Spool_record));
    if (!records.empty()) std::memcpy(records.data(), input.data(), records.size() * sizeof(Spool_record));
    return records;
}

/// The records that the input stands for, each of five bytes, behind a thread, two strings and a loop.
std::vector<Spool_record> small_records_in(std::span<const std::uint8_t> input) {
    constexpr std::uint32_t kinds = SPOOL_CHOICE + 1;
    std::vector<Spool_record> records = {{SPOOL_STRING, 1, 1, 0}, {'a', 0, 0, 0},
                                         {SPOOL_STRING, 2, 2, 0}, {'b', 0, 0, 0},
                                         {SPOOL_THREAD, 1, 1, 0}, {SPOOL_LOOP, 1, 0, 0}};
    for (; input.size() >= 5; input = input.subspan(5)) {
        const std::uint32_t high = input[4];
        records.push_back({input[0] % kinds | std::uint32_t{input[0]} / kinds << 8, input[1], input[2],
                           input[3] | (high & 0x0fU) << 16 | high >> 4 << 24});
    }
    return records;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t maximum = 10'000;  // bytes
    if (size == 0) return 0;
    const std::span<const std::uint8_t> input(data + 1, std::min(size, maximum) - 1);
    const std::vector<Spool_record> records =
        (data[0] & 1) != 0 ? records_in(input) : small_records_in(input);
    trace::Log log;
    intake::Intake intake(log, "a");
    // In two pieces; the first one may end in the middle of a string.
    const std::size_t cut = records.size() * (data[0] >> 1) / 128;
    if (intake.push(std::span(records).first(cut)))
        static_cast<void>(intake.push(std::span(records).subspan(cut)));
    intake.finish(data[0]);
    fuzz::use(log);
    return 0;
}
