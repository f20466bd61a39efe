// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/list_letters.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The menu below the program's name: all programs with their summaries, the text about the present program,
/// and its parameters as controls.
class ProgramMenu {
  public:
    /// The requests of the user in one frame.
    struct Response {
        const scenario::Program* program = nullptr;  ///< start this program
        std::optional<feed::Setup> setup;            ///< run this setup instead, up to the cursor
        bool begins = false;  ///< whether this is the first change by one use of a control

        [[nodiscard]] bool any() const { return program || setup; }
    };

    /// Opens or closes the menu in the next update().
    void toggle() { toggles_ = true; }
    /// Returns whether the menu is to be opened or closed in the next update().
    [[nodiscard]] bool is_toggling() const { return toggles_; }
    [[nodiscard]] bool is_open() const { return open_; }
    /// Draws the button, and the menu while it is open. `size` is the size of the button, in pixels; without
    /// a width it is not drawn.
    [[nodiscard]] Response update(const Ui& ui, const session::Session& session, ImVec2 size);

    /// Returns the width of a button that shows the whole name of the program, in pixels.
    [[nodiscard]] static float button_width(const Ui& ui, const session::Session& session);

  private:
    static bool button(const Ui& ui, const session::Session& session, ImVec2 size);
    /// The text field of a parameter.
    struct Field {
        std::string value;             ///< the value with which the field was filled
        std::array<char, 280> text{};  ///< 64 characters of up to four bytes, and room for a longer text
        std::string error;
    };

    void programs(const Ui& ui, const session::Session& session, Response& response);
    void about(const Ui& ui, const session::Session& session, Response& response);
    void parameter(const Ui& ui, const session::Session& session, const scenario::Parameter& parameter,
                   Field& field, Response& response);
    static void fill(Field& field, std::string_view value);
    static void note(const Ui& ui, const scenario::Parameter& parameter, const Field& field);
    bool choices(const Ui& ui, const scenario::Parameter& parameter, std::string_view value,
                 std::string& wanted);
    bool slider(const Ui& ui, const feed::Setup& setup, const scenario::Parameter& parameter,
                std::string& value);
    void change(const session::Session& session, const scenario::Parameter& parameter, Field& field,
                std::string_view value, Response& response);

    bool toggles_ = false;
    bool open_ = false;
    ListLetters letters_;
    bool used_ = false;  // whether the control in use has changed anything
    const scenario::Program* program_ = nullptr;
    std::vector<Field> fields_;
};

}  // namespace loopscope::panels
