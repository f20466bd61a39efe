// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace loopscope::settings {

/// The lines of a file of settings: `key = value`, comments that begin with `#`, and whatever else stands in
/// it, which is kept. A key may stand in several lines, which make a list.
class Document {
  public:
    /// The format that this version writes. A newer one is not understood, and must not be changed.
    static constexpr int version = 1;
    /// The maximum length of a file, in bytes; what is longer is no file of settings.
    static constexpr std::size_t max_bytes = std::size_t{1} << 16;

    /// Returns the document that a text is. Fails if a newer Loopscope wrote it, or if it is too long; the
    /// error is the rest of a sentence that begins with the file's name.
    static Result<Document> parse(std::string_view text);

    /// Returns the values of a key, in the order of their lines.
    [[nodiscard]] std::vector<std::string_view> all(std::string_view key) const;
    /// Returns the value of the first line of a key; nothing if there is none.
    [[nodiscard]] std::optional<std::string_view> get(std::string_view key) const;
    /// Replaces the lines of a key: one for each value. The place of the first one stays. REQUIRES: values
    /// have no line breaks, and no blanks at their ends.
    void set(std::string_view key, const std::vector<std::string>& values);
    /// Returns the first line that is neither a comment nor `key = value`; nothing if there is none.
    [[nodiscard]] std::optional<std::string_view> strange_line() const;
    /// Returns the text of the document, which begins with its version.
    [[nodiscard]] std::string text() const;

  private:
    std::vector<std::string> lines_;  // without the one that says the version
};

}  // namespace loopscope::settings
