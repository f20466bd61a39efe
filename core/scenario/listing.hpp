// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope::scenario {

/// A source file as people read it: without the markers at the ends of some of its lines, `// [label]` in C++
/// and `# [label]` in Python. Lines are numbered from 1, with and without markers alike.
class Listing {
  public:
    /// Makes a listing of a text with markers.
    explicit Listing(std::string_view marked);

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
    /// Returns the label of a line; empty if it has none, or there is no such line.
    [[nodiscard]] std::string_view label(std::uint32_t line) const;
    /// Returns the number of the first line with a label; 0 if there is none.
    [[nodiscard]] std::uint32_t line_of(std::string_view label) const;

  private:
    std::string text_;
    std::vector<std::string> lines_;
    std::vector<std::string> labels_;  // by index of lines_
};

/// A program's listings in both languages.
struct Listings {
    Listing native;
    Listing twin;

    /// Returns the line of the twin that has the same label as a line of the native program; 0 if there is
    /// none.
    [[nodiscard]] std::uint32_t twin_line(std::uint32_t line) const;
};

}  // namespace loopscope::scenario
