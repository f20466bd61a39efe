// SPDX-License-Identifier: MIT
#include "core/base/file_identity.hpp"

#include <system_error>

#include <sys/stat.h>

namespace loopscope {
namespace {

namespace fs = std::filesystem;

/// The maximum number of links in a row that the system follows.
constexpr int max_links = 40;

bool is_same(const struct stat& one, const struct stat& other) {
    return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

/// Returns an absolute path with links followed as far as they lead to something.
fs::path canonical_path(const fs::path& path) {
    std::error_code unresolvable;  // as when a parent is a file: opening it will say so
    auto absolute = fs::absolute(path, unresolvable);
    auto target = fs::weakly_canonical(absolute, unresolvable);
    return unresolvable ? absolute : target;
}

}  // namespace

fs::path resolved(const fs::path& path) {
    fs::path target = canonical_path(path);
    std::error_code ignored;
    for (int links = 0; links < max_links; ++links) {
        if (fs::exists(target, ignored) || !fs::is_symlink(target, ignored)) break;
        target = canonical_path(target.parent_path() / fs::read_symlink(target, ignored));
    }
    return target;
}

bool is_same_file(const fs::path& one, const fs::path& other) {
    struct stat its {};
    struct stat others {};
    const bool is_there = ::stat(one.c_str(), &its) == 0;
    if (is_there != (::stat(other.c_str(), &others) == 0)) return false;
    if (is_there) return is_same(its, others);
    const fs::path first = resolved(one);
    const fs::path second = resolved(other);
    if (first == second) return true;
    return first.filename() == second.filename() && ::stat(first.parent_path().c_str(), &its) == 0 &&
           ::stat(second.parent_path().c_str(), &others) == 0 && is_same(its, others);
}

bool is_open_as(const fs::path& path, int descriptor) {
    struct stat its {};
    struct stat others {};
    return ::stat(path.c_str(), &its) == 0 && ::fstat(descriptor, &others) == 0 && is_same(its, others);
}

}  // namespace loopscope
