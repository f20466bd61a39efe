// SPDX-License-Identifier: MIT
#include "core/base/private_folder.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/base/os_error.hpp"

namespace loopscope {
namespace {

namespace fs = std::filesystem;

}  // namespace

PrivateFolder::PrivateFolder(fs::path path, int descriptor)
    : path_(std::move(path)), descriptor_(descriptor) {}

PrivateFolder::PrivateFolder(PrivateFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})), descriptor_(std::exchange(other.descriptor_, -1)) {}

PrivateFolder::~PrivateFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
    if (descriptor_ >= 0) ::close(descriptor_);
}

Result<PrivateFolder> PrivateFolder::create() {
    std::error_code unknown;
    fs::path temporary = fs::temp_directory_path(unknown);
    if (unknown) temporary = "/tmp";
    const char* const session = std::getenv("XDG_RUNTIME_DIR");
    for (const fs::path& place : {fs::path(session ? session : ""), temporary}) {
        if (!place.is_absolute()) continue;
        std::string name = place / "loopscope-XXXXXX";
        if (!::mkdtemp(name.data())) continue;
        const int descriptor = ::open(name.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        PrivateFolder folder(name, descriptor);
        if (descriptor >= 0 && ::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return folder;
    }
    return fail("cannot make a folder for the records in " + temporary.string(),
                write_reason(errno, temporary));
}

}  // namespace loopscope
