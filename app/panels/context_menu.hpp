// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>

#include "app/panels/command.hpp"
#include "app/panels/list_letters.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The menu of what can be done with what the user clicked on with the right button, from the table of
/// commands.
class ContextMenu {
  public:
    /// What was clicked on.
    enum class Kind : std::uint8_t { empty, lane, step, print, slice, moment, mark, range };
    struct Target {
        Kind kind = Kind::empty;
        std::optional<EventIndex> event;  ///< where commands are carried out; none: at the cursor
        std::string title;                ///< what it is; empty: nothing
    };
    /// What the user chose: to go to the event, and then to carry out the command.
    struct Choice {
        std::optional<EventIndex> event;
        std::optional<Action> action;
        bool removes_mark = false;
        bool ends_range = false;
    };

    /// Opens the menu at the mouse in the next update().
    void open(Target target);
    /// Closes the menu, because what it is about is no longer there.
    void close() { closes_ = true; }
    [[nodiscard]] bool is_open() const { return is_open_; }
    /// Draws the menu while it is open. Returns what the user chose.
    std::optional<Choice> update(const Ui& ui);

    /// Returns the commands that are offered for a kind of target, in their order.
    [[nodiscard]] static std::span<const Action> commands_for(Kind kind);

  private:
    std::optional<Choice> entries();
    bool entry(const char* name, std::string_view keys);

    Target target_;
    ListLetters letters_;
    bool opens_ = false;
    bool closes_ = false;
    bool is_open_ = false;
};

}  // namespace loopscope::panels
