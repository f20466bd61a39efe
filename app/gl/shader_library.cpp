// SPDX-License-Identifier: MIT
#include "app/gl/shader_library.hpp"

#include <fstream>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

namespace loopscope::shaders {
std::string_view file(std::string_view name);  // written by cmake/embed.py
}

namespace loopscope::gl {
namespace {

namespace fs = std::filesystem;

std::optional<fs::file_time_type> written_at(const fs::path& path) {
    std::error_code unreadable;
    const auto time = fs::last_write_time(path, unreadable);
    return unreadable ? std::nullopt : std::optional(time);
}

std::string vertex_file(std::string_view stem) {
    return fmt::format("{}.vert", stem);
}
std::string fragment_file(std::string_view stem) {
    return fmt::format("{}.frag", stem);
}

}  // namespace

ShaderLibrary ShaderLibrary::of_program() {
#ifdef LOOPSCOPE_SHADER_FOLDER
    if (fs::is_directory(LOOPSCOPE_SHADER_FOLDER)) return ShaderLibrary(fs::path(LOOPSCOPE_SHADER_FOLDER));
#endif
    return ShaderLibrary(shaders::file);
}

Result<Shader*> ShaderLibrary::find(std::string_view stem) {
    if (const auto known = entries_.find(stem); known != entries_.end()) return &known->second.shader;
    const auto read_at = times(stem);  // before reading, so that poll() sees a change in between
    LOOPSCOPE_TRY(shader, compile(stem));
    const auto [entry, _] = entries_.emplace(stem, Entry{std::move(shader), read_at, std::nullopt});
    return &entry->second.shader;
}

Result<void> ShaderLibrary::poll() {
    Result<void> result;
    for (auto& [stem, entry] : entries_) {
        if (const auto now = times(stem); now != entry.times) {
            entry.times = now;
            entry.error.reset();
            if (auto shader = compile(stem)) {
                entry.shader = std::move(*shader);
                ++reloads_;
            } else {
                entry.error = shader.error();
            }
        }
        if (entry.error && result) result = tl::unexpected(*entry.error);
    }
    return result;
}

ShaderLibrary::Times ShaderLibrary::times(std::string_view stem) const {
    if (embedded_) return {};
    return {written_at(folder_ / vertex_file(stem)), written_at(folder_ / fragment_file(stem))};
}

Result<std::string> ShaderLibrary::text(const std::string& file) const {
    if (embedded_) {
        const auto embedded = embedded_(file);
        if (embedded.empty())
            return fail(
                fmt::format("the shader {} is not part of this program; build the program again", file),
                Error::Code::not_found);
        return std::string(embedded);
    }
    const auto path = folder_ / file;
    std::ifstream stream(path, std::ios::binary);
    if (!stream)
        return fail(fmt::format("cannot read the shader {}; restore the file", path.string()),
                    Error::Code::not_found);
    return std::string(std::istreambuf_iterator<char>(stream), {});
}

Result<Shader> ShaderLibrary::compile(std::string_view stem) const {
    LOOPSCOPE_TRY(vertex, text(vertex_file(stem)));
    LOOPSCOPE_TRY(fragment, text(fragment_file(stem)));
    return Shader::compile(stem, vertex, fragment);
}

}  // namespace loopscope::gl
