// SPDX-License-Identifier: MIT
#include "core/base/spill.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <memory>
#include <new>
#include <string>

#ifdef __linux__
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace loopscope {
namespace {

/// Extents begin and end where pages do, whatever their size is there.
constexpr std::size_t alignment = std::size_t{1} << 16;

constexpr std::size_t rounded_up(std::size_t size, std::size_t to) {
    return (size + to - 1) / to * to;
}

}  // namespace

Spill::~Spill() {
    for (const Part& extent : extents_) {
#ifdef __linux__
        if (extent.in_file) {
            ::munmap(extent.bytes.data(), extent.bytes.size());
            continue;
        }
#endif
        ::operator delete(extent.bytes.data());
    }
#ifdef __linux__
    if (file_ >= 0) ::close(file_);
#endif
}

Spill::Part Spill::take(std::size_t size) {
    used_ = rounded_up(used_, alignof(std::max_align_t));
    if (extents_.empty() || extents_.back().bytes.size() < used_ + size)
        add_extent(rounded_up(std::max(extent_size, size), alignment));
    const Part& extent = extents_.back();
    const Part part{extent.bytes.subspan(used_, size), extent.in_file};
    used_ += size;
    return part;
}

std::span<const std::uint32_t> Spill::store(std::span<const std::uint32_t> words) {
    if (words.empty()) return {};
    std::byte* const place = take(words.size_bytes()).bytes.data();
    std::memcpy(place, words.data(), words.size_bytes());
    return {reinterpret_cast<const std::uint32_t*>(place), words.size()};
}

void Spill::add_extent(std::size_t size) {
    if (!extents_.empty()) let_go(extents_.back());
    extents_.reserve(extents_.size() + 1);  // so that nothing throws once there is an extent
    std::byte* begin = in_memory_ + size > kept_ ? map_file(size) : nullptr;
    const bool in_file = begin != nullptr;
    if (!in_file) {
        begin = static_cast<std::byte*>(::operator new(size));
        in_memory_ += size;
    }
    extents_.push_back({{begin, size}, in_file});
    used_ = 0;
}

void Spill::let_go() {
    for (const Part& extent : extents_) let_go(extent);
}

#ifdef __linux__

bool Spill::open_file() {
    if (file_ >= 0 || no_file_) return file_ >= 0;
    const char* const wanted = std::getenv("TMPDIR");
    for (const char* const folder : {wanted ? wanted : "", "/var/tmp", "/tmp"}) {
        if (*folder == '\0') continue;
        file_ = ::open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        if (file_ >= 0) return true;
        std::string name = (std::filesystem::path(folder) / "loopscope-XXXXXX").string();
        file_ = ::mkostemp(name.data(), O_CLOEXEC);  // where files have names
        if (file_ < 0) continue;
        ::unlink(name.c_str());
        return true;
    }
    no_file_ = true;
    return false;
}

std::byte* Spill::map_file(std::size_t size) {
    if (no_file_ || !open_file()) return nullptr;
    // Room on the disk is taken now, so that a full one is found here and not when a page is written.
    const auto place = static_cast<off_t>(in_file_);
    void* const mapped = ::posix_fallocate(file_, place, static_cast<off_t>(size)) == 0
                             ? ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, file_, place)
                             : MAP_FAILED;
    if (mapped == MAP_FAILED) {
        no_file_ = true;
        return nullptr;
    }
    in_file_ += size;
    return static_cast<std::byte*>(mapped);
}

namespace {

/// Gives the system an advice on the pages that are all of a part.
void advise(std::span<std::byte> part, int advice) {
    void* begin = part.data();
    std::size_t size = part.size();
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    if (std::align(page, page, begin, size)) ::madvise(begin, size / page * page, advice);
}

}  // namespace

void Spill::let_go(const Part& part) {
    // What was written is in the file, though perhaps not on the disk yet.
    if (part.in_file) advise(part.bytes, MADV_DONTNEED);
}

void Spill::drop(const Part& part) {
    // Where a file cannot have holes, what is dropped stays on the disk.
    advise(part.bytes, part.in_file ? MADV_REMOVE : MADV_DONTNEED);
}

#else

bool Spill::open_file() {
    return false;
}

std::byte* Spill::map_file(std::size_t) {
    return nullptr;
}

void Spill::let_go(const Part&) {}

void Spill::drop(const Part&) {}

#endif

}  // namespace loopscope
