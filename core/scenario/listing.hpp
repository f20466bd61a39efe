#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope::scenario {

/// A source file as people read it: without the markers that stand at the ends of some of its lines,
/// `// [label]` in C++ and `# [label]` in Python. Lines are numbered from 1, in both texts the same.
class Listing {
  public:
    explicit Listing(std::string_view marked);

    [[nodiscard]] const std::string& text() const { return text_; }
    [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
    /// The label of a line; empty if it has none.
    [[nodiscard]] std::string_view label(std::uint32_t line) const;
    /// The first line with a label; 0: there is none.
    [[nodiscard]] std::uint32_t line_of(std::string_view label) const;

  private:
    std::string text_;
    std::vector<std::string> lines_;
    std::vector<std::string> labels_;  // beside lines_
};

/// A program in both of its languages.
struct Listings {
    Listing native;
    Listing twin;

    /// The line of the twin that does what a line of the native program does; 0: there is none.
    [[nodiscard]] std::uint32_t twin_line(std::uint32_t line) const;
};

}  // namespace loopscope::scenario
