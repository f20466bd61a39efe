// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "app/gl/shader.hpp"
#include "core/base/result.hpp"

namespace loopscope::gl {

/// The program's shaders by the stem of their files: "timeline_blocks" stands for timeline_blocks.vert and
/// timeline_blocks.frag. Shaders from a folder are reloaded when their files change, so that a shader can be
/// edited while its picture is on the screen.
class ShaderLibrary {
  public:
    /// Returns the text of a file that is compiled into the program; empty for an unknown name.
    using EmbeddedFiles = std::string_view (*)(std::string_view name);

    /// Returns the library of the shaders in shaders/: the embedded ones or, when built with
    /// LOOPSCOPE_HOT_RELOAD, those of the source tree if it still exists.
    static ShaderLibrary of_program();

    explicit ShaderLibrary(EmbeddedFiles files) : embedded_(files) {}
    explicit ShaderLibrary(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// Returns a shader, which is compiled at the first call. Fails if its files cannot be read or do not
    /// compile. The pointer is valid as long as the library, and sees reloads.
    Result<Shader*> find(std::string_view stem);

    /// Compiles shaders whose files have changed; called once a frame. While a changed shader cannot be read
    /// or compiled, its last good version stays in use, and every call returns the error.
    [[nodiscard]] Result<void> poll();

    /// Returns how many times a shader was compiled again; after each, pictures may look different.
    [[nodiscard]] std::size_t reloads() const { return reloads_; }

    /// Returns whether the shaders are read from a folder, where they may change.
    [[nodiscard]] bool reads_folder() const { return embedded_ == nullptr; }

  private:
    /// The times when the two files of a shader were last written; nothing for a file that cannot be read or
    /// is embedded.
    using Times = std::array<std::optional<std::filesystem::file_time_type>, 2>;

    struct Entry {
        Shader shader;
        Times times;
        std::optional<Error> error;  ///< why the files of these times could not be compiled
    };

    Times times(std::string_view stem) const;
    Result<std::string> text(const std::string& file) const;
    Result<Shader> compile(std::string_view stem) const;

    EmbeddedFiles embedded_ = nullptr;  ///< null: shaders are read from folder_
    std::filesystem::path folder_;
    std::map<std::string, Entry, std::less<>> entries_;
    std::size_t reloads_ = 0;
};

}  // namespace loopscope::gl
