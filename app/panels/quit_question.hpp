// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The question whether something is to be saved before the window closes. Enter or Y saves, N leaves without
/// saving, Escape stays; so do its buttons.
class QuitQuestion {
  public:
    enum class Answer : std::uint8_t { save, leave, stay };

    /// Asks. `what` is what would be lost, such as "The marks".
    void ask(std::string what);
    [[nodiscard]] bool asks() const { return asks_; }
    void close() { asks_ = false; }
    /// Draws the question while it is asked. Returns the answer of the button that was clicked.
    std::optional<Answer> update(const Ui& ui) const;
    /// Returns the answer that a key gives, GLFW's; nothing if it gives none.
    [[nodiscard]] static std::optional<Answer> answer_of(int key);

  private:
    std::string what_;
    bool asks_ = false;
};

}  // namespace loopscope::panels
