#pragma once

#include <chrono>
#include <string_view>

namespace loopscope::cli {

/// A line on the terminal that says how far something is, and is gone when it is over. Nothing is shown if
/// stderr is no terminal, nor of what is over at once.
class ProgressLine {
  public:
    ProgressLine();
    ProgressLine(const ProgressLine&) = delete;
    ProgressLine& operator=(const ProgressLine&) = delete;
    ~ProgressLine() { clear(); }

    /// Whether it is time to show something again: so nothing is put into words that nobody could read.
    [[nodiscard]] bool due() const;
    /// Shows a text in place of the one before, shorter than the terminal is wide.
    void show(std::string_view text);
    /// Takes the line away, so that something else can be said.
    void clear();

  private:
    using Clock = std::chrono::steady_clock;

    bool terminal_;
    bool shown_ = false;
    Clock::time_point next_;
};

}  // namespace loopscope::cli
