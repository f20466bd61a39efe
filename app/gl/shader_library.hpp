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

/// The program's shaders by the stem of their files: "timeline_blocks" is timeline_blocks.vert and
/// timeline_blocks.frag. Those read from a folder are reloaded when they change, so that a shader can be
/// edited while its picture is on the screen.
class ShaderLibrary {
  public:
    /// Gives the text of a file that is compiled into the program, or nothing.
    using EmbeddedFiles = std::string_view (*)(std::string_view name);

    /// The shaders of shaders/: embedded or, when built with LOOPSCOPE_HOT_RELOAD, those of the source tree
    /// if it is still there.
    static ShaderLibrary of_program();

    explicit ShaderLibrary(EmbeddedFiles files) : embedded_(files) {}
    explicit ShaderLibrary(std::filesystem::path folder) : folder_(std::move(folder)) {}

    /// The shader, compiled when it is first asked for. The pointer stays valid as long as the library, and
    /// sees reloads.
    Result<Shader*> find(std::string_view stem);

    /// Compiles again what changed in the folder. While a changed shader cannot be read or compiled its last
    /// good version stays in use, and every call returns what is wrong with it. To be called once a frame.
    [[nodiscard]] Result<void> poll();

    /// How often a shader was compiled again, and what is drawn with it may look different.
    [[nodiscard]] std::size_t reloads() const { return reloads_; }

    /// Whether its shaders are read from a folder, where they may change.
    [[nodiscard]] bool reads_folder() const { return embedded_ == nullptr; }

  private:
    /// When the two files of a shader were last written; nothing for one that cannot be read, or is embedded.
    using Times = std::array<std::optional<std::filesystem::file_time_type>, 2>;

    struct Entry {
        Shader shader;
        Times times;
        std::optional<Error> error;  ///< Why the files of these times are not what `shader` was made of.
    };

    Times times(std::string_view stem) const;
    Result<std::string> text(const std::string& file) const;
    Result<Shader> compile(std::string_view stem) const;

    EmbeddedFiles embedded_ = nullptr;  ///< Null when read from a folder.
    std::filesystem::path folder_;
    std::map<std::string, Entry, std::less<>> entries_;
    std::size_t reloads_ = 0;
};

}  // namespace loopscope::gl
