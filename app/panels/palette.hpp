// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <optional>

#include "app/panels/command.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The list of all commands by name: the user types a part of a name, and Enter carries out the highlighted
/// command.
class Palette {
  public:
    void open() {
        open_ = opening_ = true;
        frames_to_focus_ = 3;  // create the field, give it the focus, and ImGui reports the focus
    }
    [[nodiscard]] bool is_open() const { return open_; }
    /// Returns whether it was opened and does not get typed characters yet.
    [[nodiscard]] bool is_opening() const { return frames_to_focus_ > 0; }
    /// Draws the palette while it is open. Returns the command that the user chose.
    std::optional<Action> update(const Ui& ui);

  private:
    std::optional<Action> list(const Ui& ui);

    std::array<char, 64> query_{};
    std::size_t lit_ = 0;
    bool open_ = false;
    bool opening_ = false;
    int frames_to_focus_ = 0;
};

/// Returns whether the letters of `query` occur in `name` in this order; upper and lower case are equal, and
/// blanks are ignored.
bool fits_query(std::string_view name, std::string_view query);

}  // namespace loopscope::panels
