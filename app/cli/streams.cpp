#include "app/cli/streams.hpp"

#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include "core/base/escape.hpp"

namespace loopscope::cli {
namespace {

/// Writes a whole text, and waits while a pipe is full. Returns 0, or the errno of a failure.
int write_all(int descriptor, std::string_view text) noexcept {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            pollfd writable = {descriptor, POLLOUT, 0};
            ::poll(&writable, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
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
    const int failed = write_all(STDOUT_FILENO, text);
    if (failed == 0) return success;
    if (failed == EPIPE) return unread_output;
    const char* const why = failed == EBADF ? "stdout is closed" : std::strerror(failed);
    complain(fmt::format("cannot write the output: {}", why));
    return failure;
}

bool print_error(std::string_view text) noexcept {
    return write_all(STDERR_FILENO, text) == 0;
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
