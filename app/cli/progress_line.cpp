// SPDX-License-Identifier: MIT
#include "app/cli/progress_line.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include "app/cli/streams.hpp"

namespace loopscope::cli {
namespace {

constexpr std::chrono::milliseconds before_the_first{300};
constexpr std::chrono::milliseconds between{100};

}  // namespace

ProgressLine::ProgressLine()
    : terminal_(::isatty(STDERR_FILENO) != 0), next_(Clock::now() + before_the_first) {}

bool ProgressLine::due() const {
    return terminal_ && Clock::now() >= next_;
}

void ProgressLine::show(std::string_view text) {
    if (!terminal_) return;
    print_error(fmt::format("\r{}\033[K", text));
    shown_ = true;
    next_ = Clock::now() + between;
}

void ProgressLine::clear() {
    if (!shown_) return;
    print_error("\r\033[K");
    shown_ = false;
}

}  // namespace loopscope::cli
