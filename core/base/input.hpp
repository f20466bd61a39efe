#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/base/result.hpp"

namespace loopscope {

/// How a command line names standard input, and what sentences and titles call it.
inline constexpr const char* standard_input_path = "-";
inline constexpr const char* standard_input_name = "standard input";

/// Returns what windows and traces call an input: its path without its folders, or "standard input".
std::string title_of(const std::filesystem::path& path);

/// Where bytes come from: a file, a pipe, a device or standard input. They are read in order, once, as they
/// come, so nothing of it needs to be a file.
class Input {
  public:
    /// Opens a path, or standard input for `-`. Waits for nobody: a pipe into which no one writes yet is open
    /// at once. Fails if there is no such file, or it is a folder.
    static Result<std::unique_ptr<Input>> open(const std::filesystem::path& path);
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    ~Input();

    /// Returns the path as it was given, or "standard input".
    [[nodiscard]] const std::string& name() const { return name_; }
    /// Returns the same without its folders.
    [[nodiscard]] std::string title() const { return title_of(name_); }
    /// Returns how many bytes there were from here on when it was opened; 0: that is not known.
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// Returns the next bytes, 64 KB at most, as soon as there are any; none: there are no more, or it was
    /// stopped. They are valid until the next call. Fails if the system cannot read them.
    Result<std::span<const std::byte>> read();

    /// Has read() return nothing from now on, also one that waits. For any thread.
    void stop();
    /// Returns whether stop() was called. For any thread.
    [[nodiscard]] bool stopped() const { return stopped_; }

  private:
    Input(std::string name, int descriptor, int wake);
    /// Waits until there is something to read, an end, or a stop.
    void wait() const;

    std::string name_;
    int descriptor_;
    int wake_;  // an eventfd, readable once it was stopped
    std::uint64_t size_ = 0;
    std::atomic<bool> stopped_{false};
    std::array<std::byte, std::size_t{1} << 16> buffer_{};
};

}  // namespace loopscope
