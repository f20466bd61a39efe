// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace loopscope::lesson {

/// A text that comes with the program, or that of a user's file, which may be edited while it is open. Used
/// from one thread.
class Document {
  public:
    /// A function that returns the bytes of an embedded file; empty if there is no such file.
    using Embedded = std::string_view (*)(std::string_view name);

    /// Opens a text. `what` is the name of an embedded `.md` file without its ending, or a path. Fails if the
    /// file cannot be read.
    static Result<Document> open(std::string_view what, Embedded embedded);

    /// Returns the name of the text in error messages.
    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& text() const { return text_; }
    /// Reads the file again if it was written since. Returns whether the text has changed.
    bool poll();

  private:
    using Time = std::optional<std::filesystem::file_time_type>;

    [[nodiscard]] Time written_at() const;
    [[nodiscard]] Result<std::string> read() const;

    std::string name_;
    std::filesystem::path path_;  // empty: embedded
    Time read_at_;
    std::string text_;
};

}  // namespace loopscope::lesson
