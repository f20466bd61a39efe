// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "app/panels/bar_layout.hpp"
#include "app/panels/command.hpp"
#include "app/panels/menu.hpp"
#include "app/panels/player.hpp"
#include "app/panels/program_menu.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The bar at the top: the menu, the program, the storage, the transport, the time and the leaks.
class TopBar {
  public:
    /// The requests of the user in one frame.
    struct Response {
        std::optional<Action> action;
        std::optional<Action> round;  ///< go to the next leak or stale read, and to the first after the last
        std::optional<std::filesystem::path> file;  ///< to be opened
        ProgramMenu::Response program;
    };
    /// Draws the bar into `rect`, in pixels. Storages are those of a variable, or without one of all. Returns
    /// what the user asked for.
    [[nodiscard]] Response update(const Ui& ui, const session::Session& session, VariableId variable,
                                  const Player& player, const Menu::State& menu, timeline::Rect rect);
    /// Opens the menu of programs and parameters, or closes it.
    void toggle_programs() { programs_.toggle(); }

    /// Opens the menu of all commands, or closes it.
    void toggle_menu() { menu_.toggle(); }
    [[nodiscard]] bool shows_menu() const { return menu_.is_open(); }
    [[nodiscard]] bool shows_programs() const { return programs_.is_open(); }
    /// Returns whether a menu is to be opened or closed in the next update().
    [[nodiscard]] bool is_opening() const { return menu_.is_toggling() || programs_.is_toggling(); }

  private:
    void storages(const Ui& ui, const session::Session& session, trace::Storage now, const BarLayout& layout,
                  Response& response);
    void list_of_storages(const Ui& ui, trace::Storage now, Response& response);
    static void leaks(const Ui& ui, const session::Session& session, const BarLayout& layout, ImVec2 at,
                      Response& response);
    static void transport(const Ui& ui, const session::Session& session, const Player& player,
                          const BarLayout& layout, Response& response);
    static void status(const Ui& ui, const session::Session& session, timeline::Rect rect,
                       const BarLayout& layout, Response& response);

    Menu menu_;
    ListLetters letters_;  // in the list of storages
    ProgramMenu programs_;
};

}  // namespace loopscope::panels
