// SPDX-License-Identifier: MIT
#include "core/base/input.hpp"

#include <algorithm>
#include <cerrno>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/os_error.hpp"
#include "core/base/threads.hpp"

#if LOOPSCOPE_THREADS
#include <sys/eventfd.h>
#endif

namespace loopscope {
namespace {

/// Returns how many bytes of a file follow its present offset; 0: it is no regular file.
std::uint64_t rest_of(int descriptor, const struct stat& status) {
    if (!S_ISREG(status.st_mode)) return 0;
    const ::off_t at = std::max(::lseek(descriptor, 0, SEEK_CUR), ::off_t{0});
    return static_cast<std::uint64_t>(std::max(status.st_size - at, ::off_t{0}));
}

}  // namespace

std::string title_of(const std::filesystem::path& path) {
    return path == standard_input_path ? standard_input_name : path.filename().string();
}

Result<std::unique_ptr<Input>> Input::open(const std::filesystem::path& path) {
    const bool standard = path == standard_input_path;
    std::string name = standard ? standard_input_name : path.string();
    // Without O_NONBLOCK, opening a pipe would wait for a process that writes.
    const int descriptor = standard ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 0)
                                    : ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return fail(fmt::format("cannot open '{}'", name), read_reason(errno));
#if LOOPSCOPE_THREADS
    const int wake = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
#else
    constexpr int wake = -1;  // nobody could stop a read that waits
#endif
    std::unique_ptr<Input> input(new Input(std::move(name), descriptor, wake));
    if (has_threads && wake < 0)
        return fail(fmt::format("cannot read '{}'", input->name_), read_reason(errno));
    struct stat status {};
    if (::fstat(descriptor, &status) == 0) {
        if (S_ISDIR(status.st_mode))
            return fail(fmt::format("'{}' is a folder; name a file in it", input->name_),
                        Error::Code::invalid_argument);
        input->size_ = rest_of(descriptor, status);
    }
    return input;
}

Input::Input(std::string name, int descriptor, int wake)
    : name_(std::move(name)), descriptor_(descriptor), wake_(wake) {}

Input::~Input() {
    ::close(descriptor_);
    if (wake_ >= 0) ::close(wake_);
}

void Input::wait() const {
    std::array<::pollfd, 2> both = {{{descriptor_, POLLIN, 0}, {wake_, POLLIN, 0}}};
    ::poll(both.data(), both.size(), -1);
}

Result<std::span<const std::byte>> Input::read() {
    while (!stopped_) {
        wait();  // before reading: a pipe that no process has written to yet would seem to be at its end
        if (stopped_) break;
        const ::ssize_t count = ::read(descriptor_, buffer_.data(), buffer_.size());
        if (count >= 0) return std::span<const std::byte>(buffer_).first(static_cast<std::size_t>(count));
        if (errno != EINTR && errno != EAGAIN)
            return fail(fmt::format("cannot read '{}'", name_), read_reason(errno));
    }
    return std::span<const std::byte>();
}

void Input::stop() {
    stopped_ = true;
    const std::uint64_t one = 1;
    // The counter cannot be full: only this function writes to it.
    [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);
}

}  // namespace loopscope
