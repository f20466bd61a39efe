// SPDX-License-Identifier: MIT
#include "core/base/write_target.hpp"

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/file_identity.hpp"
#include "core/base/os_error.hpp"

namespace loopscope {

namespace fs = std::filesystem;

WriteTarget::WriteTarget(fs::path name, fs::path path) : name_(std::move(name)), path_(std::move(path)) {
    std::error_code unknown;  // opening it finds out and says why
    status_ = fs::status(path_, unknown);
}

Result<WriteTarget> WriteTarget::find(const fs::path& path) {
    WriteTarget target(path, resolved(path));
    if (!path.has_filename()) return target.cannot_write("it names no file; add a file name");
    if (fs::is_directory(target.status_)) return target.cannot_write("it is a folder; choose a file name");
    if (fs::exists(target.status_) && ::access(target.path_.c_str(), W_OK) != 0)
        return target.cannot_write(errno);
    return target;
}

bool WriteTarget::is_stream() const {
    return fs::exists(status_) && !fs::is_regular_file(status_);
}

void WriteTarget::hand_permissions_to(int descriptor) const {
    // Where permissions cannot be set, as on a USB stick, there are none to keep.
    if (fs::exists(status_)) ::fchmod(descriptor, static_cast<mode_t>(status_.permissions()));
}

void WriteTarget::sync_folder() const {
    const int descriptor = ::open(folder().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

tl::unexpected<Error> WriteTarget::cannot_write(int error_number) const {
    return cannot_write(write_reason(error_number, folder()));
}

tl::unexpected<Error> WriteTarget::cannot_write(const std::string& why) const {
    return cannot_write({why, Error::Code::invalid_argument});
}

tl::unexpected<Error> WriteTarget::cannot_write(const Error& reason) const {
    return fail("cannot write " + name_.string(), reason);
}

int write_all(int descriptor, std::span<const std::byte> bytes) noexcept {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        } else if (errno == EAGAIN) {
            pollfd writable = {descriptor, POLLOUT, 0};
            ::poll(&writable, 1, -1);
        } else if (errno != EINTR) {
            return errno;
        }
    }
    return 0;
}

}  // namespace loopscope
