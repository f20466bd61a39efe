// SPDX-License-Identifier: MIT
// Fuzzes a lesson's file: it is read, or the error is a sentence that says what is wrong with it.

#include <cstdlib>

#include "app/lesson/lesson.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace loopscope;
    const auto* const text = reinterpret_cast<const char*>(data);
    const auto lesson = lesson::parse("lesson.md", {text, size});
    if (!lesson) {
        if (!lesson.error().message.starts_with("lesson.md")) std::abort();
        return 0;
    }
    // The player relies on these properties.
    if (lesson->stops.empty() || !lesson->stops.front().run) std::abort();
    for (const lesson::Stop& stop : lesson->stops) {
        if (stop.run && !stop.run->program) std::abort();
    }
    return 0;
}
