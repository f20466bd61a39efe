// SPDX-License-Identifier: MIT
#include "core/base/atomic_file.hpp"

#include <cassert>
#include <cerrno>
#include <random>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace loopscope {
namespace {

namespace fs = std::filesystem;

/// Returns the path of a temporary file in a folder. Its name is short, whatever the target's is: it must fit
/// where a name of 255 bytes does.
fs::path temporary_in(const fs::path& folder, std::random_device& random) {
    return folder / (".loopscope-" + std::to_string(random()) + ".tmp");
}

/// Returns a path that leads to an open file that has no name.
std::string link_to(int descriptor) {
    return "/proc/self/fd/" + std::to_string(descriptor);
}

}  // namespace

Result<AtomicFile> AtomicFile::open(const fs::path& path) {
    LOOPSCOPE_TRY(target, WriteTarget::find(path));
    if (target.is_stream()) return target.cannot_write("it is a device; choose a file name");
    AtomicFile file(std::move(target));
    if (!file.create_unnamed()) {
        LOOPSCOPE_CHECK(file.create_named());
    }
    file.target_.hand_permissions_to(file.descriptor_);
    return file;
}

bool AtomicFile::create_unnamed() {
    descriptor_ = ::open(target_.folder().c_str(), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666);
    if (descriptor_ < 0) return false;
    if (::access(link_to(descriptor_).c_str(), F_OK) == 0) return true;
    ::close(std::exchange(descriptor_, -1));  // without /proc it could not be named later
    return false;
}

Result<void> AtomicFile::create_named() {
    std::random_device random;
    for (;;) {
        temporary_.emplace(temporary_in(target_.folder(), random));
        descriptor_ = ::open(temporary_->path().c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor_ >= 0) return {};
        const int error_number = errno;
        temporary_->forget();
        if (error_number != EEXIST && error_number != EINTR) return give_up(error_number);
    }
}

Result<void> AtomicFile::name_it() {
    std::random_device random;
    for (;;) {
        temporary_.emplace(temporary_in(target_.folder(), random));
        if (::linkat(AT_FDCWD, link_to(descriptor_).c_str(), AT_FDCWD, temporary_->path().c_str(),
                     AT_SYMLINK_FOLLOW) == 0)
            return {};
        const int error_number = errno;
        temporary_->forget();
        if (error_number != EEXIST) return give_up(error_number);
    }
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, std::nullopt)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

AtomicFile::~AtomicFile() {
    discard();
}

Result<void> AtomicFile::write(std::span<const std::byte> bytes) {
    assert(descriptor_ >= 0);
    if (const int error_number = write_all(descriptor_, bytes)) return give_up(error_number);
    return {};
}

Result<void> AtomicFile::write(std::string_view text) {
    return write(std::as_bytes(std::span<const char>(text)));
}

Result<void> AtomicFile::commit() {
    assert(descriptor_ >= 0);
    if (::fsync(descriptor_) != 0) return give_up(errno);
    if (!temporary_) {
        if (auto named = name_it(); !named) return named;
    }
    // Network file systems report a full disk only here.
    if (::close(std::exchange(descriptor_, -1)) != 0) return give_up(errno);
    if (::rename(temporary_->path().c_str(), target_.path().c_str()) != 0) return give_up(errno);
    temporary_->forget();
    target_.sync_folder();
    return {};
}

tl::unexpected<Error> AtomicFile::give_up(int error_number) {
    discard();
    return target_.cannot_write(error_number);
}

void AtomicFile::discard() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    temporary_.reset();
}

}  // namespace loopscope
