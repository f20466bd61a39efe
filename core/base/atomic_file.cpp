#include "core/base/atomic_file.hpp"

#include <cassert>
#include <cerrno>
#include <random>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace loopscope {
namespace {

namespace fs = std::filesystem;

/// Why, and what to do about it, for an errno of open, write, fsync, close or rename.
std::string reason(int error_number, const fs::path& folder) {
    switch (error_number) {
        case ENOSPC:
        case EDQUOT: return "the disk is full; free some space or save somewhere else";
        case EFBIG:
            return "the file would be larger than this system allows; save less or save somewhere else";
        case ENOENT:
            return "the folder " + folder.string() + " does not exist; create it or choose another one";
        case ENOTDIR: return folder.string() + " is not a folder; choose another one";
        case EACCES:
        case EPERM:
        case EROFS: return "it is not yours to write; choose another folder or file name";
        default: return std::generic_category().message(error_number) + "; try another folder";
    }
}

tl::unexpected<Error> cannot_write(const fs::path& path, const std::string& why) {
    return fail("cannot write " + path.string() + ": " + why);
}

/// The file that `path` stands for, so that a link survives and a later change of the working directory does
/// not matter.
fs::path resolved(const fs::path& path) {
    std::error_code unresolvable;  // as when a parent is a file: opening it will say so
    auto absolute = fs::absolute(path, unresolvable);
    auto target = fs::weakly_canonical(absolute, unresolvable);
    return unresolvable ? absolute : target;
}

/// Short, whatever the target's name is: a temporary must fit where a name of 255 bytes does.
std::string temporary_name(std::random_device& random) {
    return ".loopscope-" + std::to_string(random()) + ".tmp";
}

/// The rename is safe on disk only when its folder is. File systems that cannot sync a folder keep it safe in
/// their own ways.
void sync_folder(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

}  // namespace

Result<AtomicFile> AtomicFile::open(const fs::path& path) {
    if (!path.has_filename()) return cannot_write(path, "it names no file; add a file name");
    AtomicFile file(path, resolved(path));
    std::error_code unknown;  // creating the temporary finds out and says why
    const auto status = fs::status(file.target_, unknown);
    if (fs::is_directory(status)) return cannot_write(path, "it is a folder; choose a file name");
    if (fs::exists(status)) {
        // A rename would replace a device or a write-protected file without asking.
        if (!fs::is_regular_file(status)) return cannot_write(path, "it is a device; choose a file name");
        if (::access(file.target_.c_str(), W_OK) != 0) return file.give_up(errno);
    }
    if (auto created = file.create_temporary(); !created) return tl::unexpected(created.error());
    // Where permissions cannot be set, as on a USB stick, there are none to keep.
    if (fs::exists(status)) ::fchmod(file.descriptor_, static_cast<mode_t>(status.permissions()));
    return file;
}

Result<void> AtomicFile::create_temporary() {
    std::random_device random;
    for (;;) {
        auto candidate = target_.parent_path() / temporary_name(random);
        descriptor_ = ::open(candidate.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor_ >= 0) {
            temporary_ = std::move(candidate);
            return {};
        }
        if (errno != EEXIST && errno != EINTR) return give_up(errno);
    }
}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      target_(std::move(other.target_)),
      temporary_(std::exchange(other.temporary_, {})),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

AtomicFile& AtomicFile::operator=(AtomicFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(target_, other.target_);
    std::swap(temporary_, other.temporary_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

AtomicFile::~AtomicFile() {
    discard();
}

Result<void> AtomicFile::write(std::span<const std::byte> bytes) {
    assert(descriptor_ >= 0);
    while (!bytes.empty()) {
        const auto written = ::write(descriptor_, bytes.data(), bytes.size());
        if (written >= 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            return give_up(errno);
        }
    }
    return {};
}

Result<void> AtomicFile::write(std::string_view text) {
    return write(std::as_bytes(std::span(text)));
}

Result<void> AtomicFile::commit() {
    assert(descriptor_ >= 0);
    if (::fsync(descriptor_) != 0) return give_up(errno);
    // Network file systems report a full disk only here.
    if (::close(std::exchange(descriptor_, -1)) != 0) return give_up(errno);
    if (::rename(temporary_.c_str(), target_.c_str()) != 0) return give_up(errno);
    temporary_.clear();
    sync_folder(target_.parent_path());
    return {};
}

tl::unexpected<Error> AtomicFile::give_up(int error_number) {
    discard();
    return cannot_write(path_, reason(error_number, target_.parent_path()));
}

void AtomicFile::discard() {
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
    temporary_.clear();
}

}  // namespace loopscope
