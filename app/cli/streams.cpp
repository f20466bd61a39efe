// SPDX-License-Identifier: MIT
#include "app/cli/streams.hpp"

#include <cerrno>
#include <csignal>
#include <span>
#include <string>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/base/escape.hpp"
#include "core/base/os_error.hpp"
#include "core/base/write_target.hpp"

namespace loopscope::cli {
namespace {

int write_text(int descriptor, std::string_view text) noexcept {
    return write_all(descriptor, std::as_bytes(std::span(text)));
}

}  // namespace

void prepare_streams() {
    // A stream that was closed gets a descriptor that can neither be read nor written. Each open() takes the
    // lowest free number.
    for (int opened = 0; opened >= 0 && opened <= STDERR_FILENO;) {
        opened = ::open("/", O_PATH | O_DIRECTORY);
        if (opened > STDERR_FILENO) ::close(opened);
    }
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

int print(std::string_view text) {
    const int failed = write_text(STDOUT_FILENO, text);
    if (failed == 0) return success;
    if (failed == EPIPE) return unread_output;
    const std::string why = failed == EBADF ? "stdout is closed" : write_reason(failed, {}).message;
    complain(fmt::format("cannot write the output: {}", why));
    return failure;
}

bool print_error(std::string_view text) noexcept {
    return write_text(STDERR_FILENO, text) == 0;
}

void complain(std::string_view sentence) {
    print_error(fmt::format("loopscope: {}\n", terminal_line(sentence)));
}

int report(const Error& error, int code, std::string_view advice) {
    if (advice.empty())
        complain(error.message);
    else
        print_error(fmt::format("loopscope: {}.\n{}\n", terminal_line(error.message), terminal_line(advice)));
    return code;
}

}  // namespace loopscope::cli
