// Fuzzes a Chrome trace in JSON: whatever is imported from it is a valid trace.

#include "core/exchange/import.hpp"
#include "fuzz/accepted.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    loopscope::MemorySource source(std::as_bytes(std::span(data, size)));
    const auto imported = loopscope::exchange::import_chrome(source, "input");
    if (imported) loopscope::fuzz::use(*imported->log);
    return 0;
}
