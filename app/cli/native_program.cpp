// SPDX-License-Identifier: MIT
#include "app/cli/native_program.hpp"

#include <array>
#include <fstream>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/cli/record_plan.hpp"

namespace loopscope::cli {
namespace {

namespace fs = std::filesystem;

/// The first bytes of an ELF file (elf(5)).
constexpr std::string_view elf_magic(
    "\x7f"
    "ELF");

}  // namespace

fs::path find_native_program(const std::string& name) {
    std::error_code unknown;
    const fs::path path = fs::is_regular_file(name, unknown) ? fs::path(name) : find_executable(name);
    if (path.empty()) return {};
    std::string magic(elf_magic.size(), '\0');
    std::ifstream file(path, std::ios::binary);
    file.read(magic.data(), static_cast<std::streamsize>(magic.size()));
    return file && magic == elf_magic ? path : fs::path();
}

Result<PythonProgram> native_program(const fs::path& path, const std::vector<std::string>& words) {
    const std::string name = path.filename();
    if (name.starts_with("python"))
        return fail("name the script, and its Python with --python", Error::Code::invalid_argument);
    // A name without a slash would be looked for in PATH once more.
    const fs::path found = path.has_parent_path() ? path : "." / path;
    if (find_executable(found).empty())
        return fail(fmt::format("'{}' cannot be run; make it executable with chmod +x", words.front()),
                    Error::Code::invalid_argument);
    PythonProgram program;
    program.arguments = words;
    program.arguments.front() = found;
    program.name = name;
    program.stem = path.stem();
    return program;
}

Result<void> check_native(const RecordRequest& request) {
    const RecordRequest usual;
    const std::array<std::pair<std::string_view, bool>, 6> said = {{
        {"--python", request.python.has_value()},
        {"--watch", !request.watched.empty()},
        {"--switch", !request.switches.empty()},
        {"--virtual", request.virtual_clock},
        {"--schedule", !request.schedule.empty()},
        {"--lines", request.lines != usual.lines},
    }};
    for (const auto& [option, is_said] : said) {
        if (is_said)
            return fail(
                fmt::format("{} is for Python programs, and '{}' is none", option, request.program.front()),
                Error::Code::invalid_argument);
    }
    return {};
}

}  // namespace loopscope::cli
