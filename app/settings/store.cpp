// SPDX-License-Identifier: MIT
#include "app/settings/store.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/atomic_file.hpp"
#include "core/base/excerpt.hpp"
#include "core/base/os_error.hpp"

namespace loopscope::settings {
namespace {

namespace fs = std::filesystem;

/// Returns a folder that an environment variable names, or one below HOME. The specification wants relative
/// ones to be ignored.
std::optional<fs::path> folder_of(const char* variable, const char* below_home) {
    const char* const named = std::getenv(variable);
    if (named != nullptr && fs::path(named).is_absolute()) return fs::path(named) / "loopscope";
    const char* const home = std::getenv("HOME");
    if (home == nullptr || !fs::path(home).is_absolute()) return std::nullopt;
    return fs::path(home) / below_home / "loopscope";
}

/// Reads a file of settings; an empty one if there is none. The error is the rest of a sentence that begins
/// with the file's name.
Result<Document> read_document(const fs::path& path) {
    std::error_code unknown;
    const fs::file_status status = fs::status(path, unknown);
    if (status.type() == fs::file_type::not_found) return Document();
    if (!fs::is_regular_file(status)) return fail("is no file");  // to open a pipe would wait for its writer
    std::ifstream file(path, std::ios::binary);
    if (!file) return fail("cannot be read", read_reason(errno));
    std::string text(Document::max_bytes + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    return Document::parse(text);
}

/// A folder that no other window changes until the end of the scope. A file system without locks has none.
class Locked {
  public:
    explicit Locked(const fs::path& folder)
        : descriptor_(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        constexpr std::chrono::milliseconds pause(10);
        constexpr int tries = 200;
        for (int each = 0; descriptor_ >= 0 && each < tries; ++each) {
            if (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) return;
            std::this_thread::sleep_for(pause);
        }
    }
    Locked(const Locked&) = delete;
    Locked& operator=(const Locked&) = delete;
    ~Locked() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }

  private:
    int descriptor_;
};

/// Makes a folder with those above it, for nobody but the user, as the specification wants it.
Result<void> make_folder(const fs::path& folder) {
    std::error_code failed;
    if (fs::is_directory(folder, failed)) return {};
    if (folder.has_parent_path() && folder.parent_path() != folder)
        LOOPSCOPE_CHECK(make_folder(folder.parent_path()));
    constexpr mode_t only_the_user = 0700;
    if (::mkdir(folder.c_str(), only_the_user) == 0 || errno == EEXIST) return {};
    return fail(fmt::format("settings are not kept: cannot create the folder '{}'", folder.string()),
                write_reason(errno, folder.parent_path()));
}

using Write = void (*)(const Settings&, const Settings&, Document&);

Result<void> change(const fs::path& path, const Settings& before, const Settings& now, Write write) {
    LOOPSCOPE_CHECK(make_folder(path.parent_path()));
    const Locked locked(path.parent_path());
    auto document = read_document(path);
    if (!document) return {};  // the user was told as it was loaded
    const std::string before_text = document->text();
    write(before, now, *document);
    if (document->text() == before_text) return {};
    LOOPSCOPE_TRY(file, AtomicFile::open(path));
    LOOPSCOPE_CHECK(file.write(document->text()));
    return file.commit();
}

std::string notice_of(const fs::path& path, std::string_view what) {
    return fmt::format("'{}' {}: defaults are used in its place, and it is left as it is", path.string(),
                       what);
}

}  // namespace

Store::Store(const fs::path& config_folder, const fs::path& state_folder)
    : chosen_(config_folder / "settings"), left_(state_folder / "state") {}

std::optional<Store> Store::of_environment() {
    const char* const wanted = std::getenv(variable);
    if (wanted != nullptr && std::string_view(wanted) == "off") return std::nullopt;
    auto config = folder_of("XDG_CONFIG_HOME", ".config");
    auto state = folder_of("XDG_STATE_HOME", ".local/state");
    if (!config || !state) return std::nullopt;
    return Store(*config, *state);
}

Store::Loaded Store::load() const {
    std::array<Document, 2> documents;
    std::string notice;
    for (const auto& [path, document] :
         {std::pair(&chosen_, documents.data()), std::pair(&left_, documents.data() + 1)}) {
        auto read = read_document(*path);
        if (read)
            *document = std::move(*read);
        else if (notice.empty())
            notice = notice_of(*path, read.error().message);
    }
    Read all = read(documents[0], documents[1]);
    if (notice.empty() && !all.strange.empty()) {
        const bool is_chosen = !read(documents[0], {}).strange.empty();
        notice = notice_of(is_chosen ? chosen_ : left_,
                           fmt::format("has a line that makes no sense, '{}'", excerpt(all.strange)));
    }
    return {std::move(all.settings), std::move(notice)};
}

Result<void> Store::save(const Settings& before, const Settings& now) const {
    Result<void> chosen;
    if (chosen_differs(before, now)) chosen = change(chosen_, before, now, write_chosen);
    Result<void> left;
    if (left_differs(before, now)) left = change(left_, before, now, write_left);
    return chosen ? left : chosen;
}

}  // namespace loopscope::settings
