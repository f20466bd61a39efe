// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string_view>

namespace loopscope::cli {

/// A line on the terminal with the progress of some work; it is removed at the end of its scope. Shows
/// nothing if stderr is not a terminal or the work is over soon.
class ProgressLine {
  public:
    ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine() { clear(); }

    /// Returns whether it is time to show a new text. Callers need not compose a text before.
    [[nodiscard]] bool due() const;
    /// Replaces the text on the line. REQUIRES: the text is shorter than the terminal is wide.
    void show(std::string_view text);
    /// Removes the line, so that something else can be written.
    void clear();

  private:
    using Clock = std::chrono::steady_clock;

    bool terminal_;
    bool shown_ = false;
    Clock::time_point next_;
};

}  // namespace loopscope::cli
