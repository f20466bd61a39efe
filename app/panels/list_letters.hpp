// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope::panels {

/// Letters in a list that is open: one leads to the next entry that begins with it. Kept with the list from
/// frame to frame.
class ListLetters {
  public:
    /// Begins a frame of the list, and takes what was typed if the list has the focus.
    void begin(bool has_focus);
    /// Notes the entry that was drawn last, and focuses it if a letter leads to it.
    void note(std::string_view label);

  private:
    std::vector<std::string> labels_;  // of the frame before
    std::vector<std::string> drawn_;   // of this frame, so far
    std::optional<std::size_t> focused_;
    std::optional<std::size_t> wanted_;
};

/// Returns the next label after `from`, or from the first one on, that begins with a letter, whatever its
/// case; nothing if none does.
std::optional<std::size_t> next_with_letter(const std::vector<std::string>& labels,
                                            std::optional<std::size_t> from, char letter);

}  // namespace loopscope::panels
