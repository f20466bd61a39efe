// SPDX-License-Identifier: MIT
#include "core/intake/spool_file.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/base/os_error.hpp"

namespace loopscope::intake {
namespace {

/// The maximum number of records that are read at once: a megabyte.
constexpr std::uint64_t records_at_once = 1U << 16;
/// The number of bytes that are given back at once: many pages.
constexpr std::uint64_t bytes_given_back = 1U << 22;

/// Returns the lines of a text that ends at its first 0, if it has one.
std::vector<std::string> lines_of(std::string_view text) {
    text = text.substr(0, text.find('\0'));
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace

SpoolFile::SpoolFile(std::filesystem::path path, int descriptor)
    : path_(std::move(path)), descriptor_(descriptor) {}

SpoolFile::SpoolFile(SpoolFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      flags_(other.flags_),
      about_(std::move(other.about_)),
      buffer_(std::move(other.buffer_)),
      published_(other.published_),
      read_(other.read_),
      given_back_(other.given_back_) {}

SpoolFile::~SpoolFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<std::optional<SpoolFile>> SpoolFile::open(const std::filesystem::path& path) {
    // For writing as well: only so can what was read be given back.
    int descriptor = ::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0 && errno == EACCES)
        descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0 && errno == ENOENT) return std::nullopt;
    if (descriptor < 0)
        return fail(fmt::format("cannot read the records in {}", path.string()), read_reason(errno));
    SpoolFile spool(path, descriptor);
    const auto is_there = spool.read_head();
    if (!is_there) return tl::unexpected(is_there.error());
    if (!*is_there) return std::nullopt;
    return std::optional<SpoolFile>(std::move(spool));
}

Result<bool> SpoolFile::read_head() {
    const auto head = std::make_unique<Spool_head>();
    const auto bytes = read_at(std::as_writable_bytes(std::span(head.get(), 1)), 0);
    if (!bytes) return tl::unexpected(bytes.error());
    constexpr std::string_view magic(SPOOL_MAGIC, sizeof Spool_head::magic);
    if (*bytes < sizeof(Spool_head) || std::string_view(head->magic, sizeof head->magic) != magic)
        return false;
    flags_ = head->flags;
    about_ = lines_of({head->about, sizeof head->about});
    return true;
}

Result<std::size_t> SpoolFile::read_at(std::span<std::byte> bytes, std::uint64_t offset) const {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto size =
            ::pread(descriptor_, bytes.data() + done, bytes.size() - done, static_cast<off_t>(offset + done));
        if (size < 0 && errno == EINTR) continue;
        if (size < 0)
            return fail(fmt::format("cannot read the records in {}", path_.string()), read_reason(errno));
        if (size == 0) break;
        done += static_cast<std::size_t>(size);
    }
    return done;
}

Result<std::span<const Spool_record>> SpoolFile::read() {
    if (read_ == published_) {
        std::uint64_t published = 0;
        const auto bytes =
            read_at(std::as_writable_bytes(std::span(&published, 1)), offsetof(Spool_head, published));
        if (!bytes) return tl::unexpected(bytes.error());
        std::atomic_thread_fence(std::memory_order_acquire);  // the records are read after their number
        published_ = std::max(published, read_);
    }
    const std::uint64_t count = std::min(published_ - read_, records_at_once);
    if (count == 0) return std::span<const Spool_record>();
    if (buffer_.size() < count) buffer_.resize(count);
    const std::span<Spool_record> records(buffer_.data(), count);
    const auto bytes =
        read_at(std::as_writable_bytes(records), SPOOL_HEAD_BYTES + read_ * sizeof(Spool_record));
    if (!bytes) return tl::unexpected(bytes.error());
    if (*bytes < records.size_bytes())
        return fail(fmt::format("the records in {} are cut off", path_.string()), Error::Code::damaged);
    read_ += count;
    give_back();
    return std::span<const Spool_record>(records);
}

/// Has the file system take back what was read, where it can.
void SpoolFile::give_back() {
    const std::uint64_t end = SPOOL_HEAD_BYTES + read_ * sizeof(Spool_record);
    const std::uint64_t begin = std::max<std::uint64_t>(given_back_, SPOOL_HEAD_BYTES);
    if (end < begin + bytes_given_back) return;
    const std::uint64_t size = (end - begin) / SPOOL_HEAD_BYTES * SPOOL_HEAD_BYTES;
    ::fallocate(descriptor_, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, static_cast<off_t>(begin),
                static_cast<off_t>(size));
    given_back_ = begin + size;
}

}  // namespace loopscope::intake
