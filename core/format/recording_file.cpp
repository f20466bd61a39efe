// SPDX-License-Identifier: MIT
#include "core/format/recording_file.hpp"

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/file_identity.hpp"
#include "core/base/input.hpp"
#include "core/base/result.hpp"
#include "core/base/source.hpp"
#include "core/format/chunk_reader.hpp"

namespace loopscope::format {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = ".recording";

/// Returns "t.loopscope" with `text` between the name and the extension.
fs::path with_mark(const fs::path& path, std::string_view text) {
    fs::path name = path.stem();
    name += text;
    name += path.extension();
    return path.parent_path() / name;
}

/// Returns whether a recording got as far as an event. Returns true for a file that cannot be read, or is no
/// recording, too: it may be of use.
bool has_events(const fs::path& path) {
    const auto input = Input::open(path);
    if (!input) return true;  // a file that cannot be read may be of use
    ChunkReader reader(path.string(), (*input)->size(), ChunkReader::Unfolding::here);
    bool found = false;
    const auto look = [&found](const Chunk& chunk) {
        found = chunk.step == Chunk::Step::read && chunk.kind == ChunkKind::events;
        return !found;
    };
    while (reader.wants_more()) {
        const auto bytes = (*input)->read();
        if (!bytes) return true;
        if (bytes->empty()) break;
        if (!reader.push(*bytes, look)) return true;  // no recording of Loopscope
    }
    return !reader.finish(look) || found;
}

}  // namespace

fs::path recording_name(const fs::path& target) {
    return with_mark(target, mark);
}

bool is_recording_name(const fs::path& path) {
    return path.stem().string().ends_with(mark);
}

RecordingFile::RecordingFile(WriteTarget target, fs::path path, int descriptor)
    : target_(std::move(target)), path_(std::move(path)), descriptor_(descriptor) {}

RecordingFile::RecordingFile(RecordingFile&& other) noexcept
    : target_(std::move(other.target_)),
      path_(std::move(other.path_)),
      set_aside_(std::move(other.set_aside_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      temporary_(std::exchange(other.temporary_, std::nullopt)) {}

RecordingFile::~RecordingFile() {
    temporary_.reset();  // before the lock is gone
    if (descriptor_ >= 0) ::close(descriptor_);
}

void RecordingFile::keep() {
    if (temporary_) temporary_->forget();
    temporary_.reset();
}

Result<RecordingFile> RecordingFile::create(const WriteTarget& target) {
    const fs::path path = target.is_stream() ? target.path() : recording_name(target.path());
    fs::path set_aside;
    for (;;) {
        const int mode = target.is_stream() ? O_WRONLY : O_RDWR | O_CREAT | O_NOFOLLOW;
        const int descriptor = ::open(path.c_str(), mode | O_CLOEXEC, 0666);
        if (descriptor < 0) return target.cannot_write(errno);
        RecordingFile file(target, path, descriptor);
        if (target.is_stream()) return file;
        if (!file.lock())
            return target.cannot_write(
                Error{"another Loopscope is recording it; wait for its end or choose another file name"});
        if (!is_open_as(path, descriptor)) continue;  // that recording ended meanwhile
        if (file.is_of_use()) {
            LOOPSCOPE_CHECK(file.rename_what_is_there());
            set_aside = file.set_aside_;
            continue;
        }
        if (::ftruncate(descriptor, 0) != 0) return target.cannot_write(errno);
        target.hand_permissions_to(descriptor);
        file.set_aside_ = std::move(set_aside);
        file.temporary_.emplace(path);
        return file;
    }
}

bool RecordingFile::lock() const {
    // A file system without locks cannot tell, and counts as locked.
    return ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK;
}

bool RecordingFile::is_of_use() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) return true;
    return status.st_size > 0 && has_events(path_);
}

Result<void> RecordingFile::rename_what_is_there() {
    for (int number = 1;; ++number) {
        const std::string text = number == 1 ? ".interrupted" : fmt::format(".interrupted-{}", number);
        const fs::path name = with_mark(target_.path(), text);
        std::error_code unknown;
        if (fs::exists(fs::symlink_status(name, unknown))) continue;
#ifdef RENAME_NOREPLACE
        int renamed = ::renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, name.c_str(), RENAME_NOREPLACE);
#else
        int renamed = -1;
        errno = EINVAL;
#endif
        if (renamed != 0 && errno == EINVAL)  // as on network drives
            renamed = ::rename(path_.c_str(), name.c_str());
        if (renamed == 0) {
            set_aside_ = name;
            return {};
        }
        if (errno != EEXIST) return target_.cannot_write(errno);
    }
}

Result<void> RecordingFile::write(std::span<const std::byte> bytes) {
    if (const int error_number = write_all(descriptor_, bytes)) return target_.cannot_write(error_number);
    return {};
}

Result<void> RecordingFile::commit() {
    // For what cannot be synced, such as a pipe, fsync() fails with EINVAL, and nothing is lost.
    if (::fsync(descriptor_) != 0 && errno != EINVAL) return target_.cannot_write(errno);
    if (target_.is_stream()) return {};
    if (::rename(path_.c_str(), target_.path().c_str()) != 0) return target_.cannot_write(errno);
    target_.sync_folder();
    return {};
}

void RecordingFile::remove() {
    keep();
    if (!target_.is_stream() && is_open_as(path_, descriptor_)) ::unlink(path_.c_str());
}

}  // namespace loopscope::format
