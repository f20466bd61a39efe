// SPDX-License-Identifier: MIT
#include "app/screen/rest_reporter.hpp"

#include <charconv>
#include <cstdlib>
#include <string_view>

#include <unistd.h>

namespace loopscope::screen {

RestReporter RestReporter::of_environment() {
    const char* const named = std::getenv("LOOPSCOPE_REST");
    const std::string_view text = named ? named : "";
    int file = -1;
    std::from_chars(text.data(), text.data() + text.size(), file);
    return RestReporter(file);
}

void RestReporter::tell(bool rests) {
    if (file_ < 0 || rests == rests_) return;
    rests_ = rests;
    const char state = rests ? 'R' : 'W';
    // If the reader has gone, nothing more is written.
    if (::write(file_, &state, 1) < 0) file_ = -1;
}

}  // namespace loopscope::screen
