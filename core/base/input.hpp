// SPDX-License-Identifier: MIT
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

/// The path that stands for standard input on a command line, and the name of standard input in sentences and
/// titles.
inline constexpr const char* standard_input_path = "-";
inline constexpr const char* standard_input_name = "standard input";

/// Returns the title of an input in windows and traces: its path without folders, or "standard input".
std::string title_of(const std::filesystem::path& path);

/// A source of bytes: a file, a pipe, a device or standard input. The bytes are read in order, once, as they
/// come, so the source need not be a file. Used from one thread, except stop() and stopped().
class Input {
  public:
    /// Opens a path, or standard input for `-`. Does not wait: a pipe that no process writes to yet is open
    /// at once. Fails if there is no such file, if it is a folder, or if the system cannot open it.
    static Result<std::unique_ptr<Input>> open(const std::filesystem::path& path);
    Input(const Input&) = delete;
    Input& operator=(const Input&) = delete;
    ~Input();

    /// Returns the path as it was given, or "standard input".
    [[nodiscard]] const std::string& name() const { return name_; }
    /// Returns the path without its folders, or "standard input".
    [[nodiscard]] std::string title() const { return title_of(name_); }
    /// Returns how many bytes there were to read when the input was opened; 0: that is not known.
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// Returns the next bytes, at most 64 KiB, as soon as there are any; none: the input has ended or was
    /// stopped. Valid until the next call. Fails if the system cannot read them.
    Result<std::span<const std::byte>> read();

    /// Has read() return nothing from now on, including a call that waits. For any thread.
    void stop();
    /// Returns whether stop() was called. For any thread.
    [[nodiscard]] bool stopped() const { return stopped_; }

  private:
    Input(std::string name, int descriptor, int wake);
    /// Waits until there is something to read, the input has ended, or it was stopped.
    void wait() const;

    std::string name_;
    int descriptor_;
    int wake_;  // an eventfd, readable once the input was stopped; -1 where there are no threads
    std::uint64_t size_ = 0;
    std::atomic<bool> stopped_{false};
    std::array<std::byte, std::size_t{1} << 16> buffer_{};
};

}  // namespace loopscope
