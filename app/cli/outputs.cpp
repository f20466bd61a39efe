// SPDX-License-Identifier: MIT
#include "app/cli/outputs.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/file_identity.hpp"
#include "core/base/input.hpp"
#include "core/format/recording_file.hpp"

namespace loopscope::cli {
namespace {

namespace fs = std::filesystem;

/// Returns whether a path exists and is neither a file nor a folder, so that writing replaces nothing.
bool is_stream(const std::string& path) {
    std::error_code unknown;
    const auto status = fs::status(path, unknown);
    return fs::exists(status) && !fs::is_regular_file(status) && !fs::is_directory(status);
}

/// Returns whether what is written to a path would be mixed with what is printed to a descriptor. /dev/null
/// mixes nothing.
bool is_printed_to(const std::string& path, int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) return false;
    return (!S_ISCHR(status.st_mode) || ::isatty(descriptor) != 0) && is_open_as(path, descriptor);
}

/// Returns endings as a phrase, such as ".json, .txt or .csv".
std::string choice_of(const std::vector<std::string_view>& endings) {
    std::string text(endings.front());
    for (std::size_t at = 1; at < endings.size(); ++at) {
        text += at + 1 == endings.size() ? " or " : ", ";
        text += endings[at];
    }
    return text;
}

}  // namespace

void Outputs::writes(std::string_view option, const std::optional<std::string>& path,
                     std::initializer_list<std::string_view> endings) {
    if (path) outputs_.push_back({std::string(option), *path, endings});
}

std::string Outputs::wrong_name(const Output& output) {
    if (output.path == "-") return "stdout is for printed output; name a file";
    if (output.endings.empty() || is_stream(output.path)) return {};
    const fs::path path(output.path);
    if (std::ranges::find(output.endings, path.extension().string()) == output.endings.end())
        return fmt::format("its name has to end in {}", choice_of(output.endings));
    if (path.extension() == ".loopscope" && format::is_recording_name(path))
        return "it is a name for recordings under way; choose another name";
    return {};
}

std::string Outputs::wrong_file(std::size_t location) const {
    const std::string& path = outputs_[location].path;
    for (const std::string& input : inputs_) {
        if (input == standard_input_path ? is_open_as(path, STDIN_FILENO) : is_same_file(path, input))
            return "it is the file that is read; choose another name";
    }
    for (std::size_t at = 0; at < location; ++at) {
        if (is_same_file(path, outputs_[at].path))
            return fmt::format("it is the file that {} writes; choose another name", outputs_[at].option);
    }
    if (is_printed_to(path, STDOUT_FILENO) || is_printed_to(path, STDERR_FILENO))
        return "printed output goes there; choose another name";
    return {};
}

Result<void> Outputs::check() const {
    for (std::size_t location = 0; location < outputs_.size(); ++location) {
        std::string wrong = wrong_name(outputs_[location]);
        if (wrong.empty()) wrong = wrong_file(location);
        if (!wrong.empty())
            return fail(fmt::format("{} cannot be '{}': {}", outputs_[location].option,
                                    outputs_[location].path, wrong),
                        Error::Code::invalid_argument);
    }
    return {};
}

}  // namespace loopscope::cli
