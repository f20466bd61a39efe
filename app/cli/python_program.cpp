// SPDX-License-Identifier: MIT
#include "app/cli/python_program.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <string_view>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "core/base/result.hpp"

namespace loopscope::cli {
namespace {

namespace fs = std::filesystem;

/// The longest first line of a script that Linux looks at (BINPRM_BUF_SIZE of its binfmts.h).
constexpr std::streamsize longest_first_line = 256;

bool can_be_run(const fs::path& path) {
    std::error_code unknown;
    return fs::is_regular_file(path, unknown) && ::access(path.c_str(), X_OK) == 0;
}

/// Returns the words of the first line of a script after `#!`; nothing for another file.
std::vector<std::string> first_line_of(const fs::path& script) {
    std::string line(longest_first_line, '\0');
    std::ifstream file(script, std::ios::binary);
    file.read(line.data(), longest_first_line);
    line.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    if (!line.starts_with("#!")) return {};
    line = line.substr(2, line.find_first_of("\r\n") - 2);
    std::vector<std::string> words;
    for (std::size_t at = line.find_first_not_of(" \t"); at != std::string::npos;
         at = line.find_first_not_of(" \t", at)) {
        const std::size_t end = std::min(line.find_first_of(" \t", at), line.size());
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

bool is_python(std::string_view path) {
    return fs::path(path).filename().string().starts_with("python");
}

/// Returns the Python that the first line of a script names; empty: it names none.
std::string python_named_in(const fs::path& script) {
    const std::vector<std::string> words = first_line_of(script);
    if (words.empty()) return {};
    if (is_python(words.front())) return words.front();
    const auto named = std::ranges::find_if(words, is_python);
    return fs::path(words.front()).filename() == "env" && named != words.end() ? *named : std::string();
}

/// Returns the path of a script; empty: there is none.
fs::path find_script(const std::string& name) {
    std::error_code unknown;
    if (fs::exists(name, unknown)) return name;
    return name.find('/') == std::string::npos ? find_executable(name) : fs::path();
}

Result<void> find_script_into(PythonProgram& program, std::string& python) {
    const std::string name = program.arguments.front();
    const fs::path script = find_script(name);
    if (script.empty())
        return fail(fmt::format("'{}' does not exist; name a script, or a module with -m", name),
                    Error::Code::not_found);
    const bool is_installed = script.string() != name;
    const std::string named = python_named_in(script);
    if (is_installed && named.empty())
        return fail(fmt::format("'{}' is no Python program: its first line names no Python", script.string()),
                    Error::Code::invalid_argument);
    if (python.empty() && (is_installed || script.extension() != ".py")) python = named;
    program.arguments.front() = script;
    program.name = script.filename();
    program.stem = script.stem();
    std::error_code unknown;
    program.sources = {script, fs::absolute(script, unknown).lexically_normal(),
                       fs::absolute(script, unknown)};
    return {};
}

}  // namespace

fs::path find_executable(const std::string& name) {
    if (name.find('/') != std::string::npos) return can_be_run(name) ? fs::path(name) : fs::path();
    const char* const path = std::getenv("PATH");
    std::string_view folders = path ? path : "/usr/local/bin:/usr/bin:/bin";
    for (;;) {
        const std::size_t end = std::min(folders.find(':'), folders.size());
        fs::path found = fs::path(folders.substr(0, end)) / name;
        if (can_be_run(found)) return found;
        if (end == folders.size()) return {};
        folders.remove_prefix(end + 1);
    }
}

Result<PythonProgram> PythonProgram::find(const std::vector<std::string>& words,
                                          const std::optional<std::string>& python) {
    PythonProgram program;
    program.arguments = words;
    std::string wanted = python.value_or("");
    if (words.front() == "-m") {
        if (words.size() == 1) return fail("-m wants a module", Error::Code::invalid_argument);
        program.name = program.stem = words[1];
    } else if (auto found = find_script_into(program, wanted); !found) {
        return tl::unexpected(found.error());
    }
    if (wanted.empty()) wanted = "python3";
    program.python = find_executable(wanted);
    if (program.python.empty())
        return fail(fmt::format("'{}' was not found; name one with --python", wanted),
                    Error::Code::not_found);
    return program;
}

}  // namespace loopscope::cli
