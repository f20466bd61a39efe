// SPDX-License-Identifier: MIT
#include "app/cli/recorder_files.hpp"

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/atomic_file.hpp"

// Written by cmake/embed.py.
namespace loopscope::recorder_files {
std::string_view file(std::string_view name);
std::span<const std::string_view> names();
}  // namespace loopscope::recorder_files

namespace loopscope::cli {
namespace {

namespace fs = std::filesystem;

/// Returns a number that other contents of the files would not have: FNV-1a, of 64 bits.
std::uint64_t hash_of_files() {
    std::uint64_t hash = 0xcbf2'9ce4'8422'2325;
    const auto add = [&hash](std::string_view text) {
        for (const char each : text) hash = (hash ^ static_cast<unsigned char>(each)) * 0x100'0000'01b3;
    };
    for (const std::string_view name : recorder_files::names()) {
        add(name);
        add(recorder_files::file(name));
    }
    return hash;
}

/// Returns the folder of the user's caches (XDG Base Directory Specification); empty: there is none.
fs::path cache_folder() {
    const char* const named = std::getenv("XDG_CACHE_HOME");
    if (named && fs::path(named).is_absolute()) return named;
    const char* const home = std::getenv("HOME");
    return home && fs::path(home).is_absolute() ? fs::path(home) / ".cache" : fs::path();
}

/// Makes a folder for the user alone, if it is not there. Returns whether it is one.
bool make_private_folder(const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder.parent_path(), failed);
    ::mkdir(folder.c_str(), 0700);
    struct stat status {};
    return ::lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == ::geteuid() &&
           (status.st_mode & 0077U) == 0;
}

bool has_content(const fs::path& path, std::string_view content) {
    std::error_code unknown;
    if (fs::file_size(path, unknown) != content.size() || unknown) return false;
    std::ifstream file(path, std::ios::binary);
    const std::string found(std::istreambuf_iterator<char>(file), {});
    return file && found == content;
}

Result<void> unpack_into(const fs::path& folder) {
    for (const std::string_view name : recorder_files::names()) {
        const std::string_view content = recorder_files::file(name);
        if (has_content(folder / name, content)) continue;
        LOOPSCOPE_TRY(file, AtomicFile::open(folder / name));
        LOOPSCOPE_CHECK(file.write(content));
        LOOPSCOPE_CHECK(file.commit());
    }
    return {};
}

}  // namespace

Result<fs::path> unpack_recorder(const fs::path& spare) {
    if (const fs::path cache = cache_folder(); !cache.empty()) {
        const fs::path own = cache / "loopscope";
        const fs::path folder = own / fmt::format("{:016x}", hash_of_files());
        if (make_private_folder(own) && make_private_folder(folder) && unpack_into(folder)) return folder;
    }
    LOOPSCOPE_CHECK(unpack_into(spare));
    return spare;
}

}  // namespace loopscope::cli
