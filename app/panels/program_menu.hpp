#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// What opens below the program's name: all programs with their summaries, what the present one is about, and
/// its parameters as controls.
class ProgramMenu {
  public:
    /// What the user asked for.
    struct Wish {
        const scenario::Program* program = nullptr;  ///< start this one
        std::optional<session::Setup> setup;         ///< run this instead, and stay where we are
        bool begins = false;  ///< the first of the changes that one use of a control makes

        [[nodiscard]] bool any() const { return program || setup; }
    };

    /// Opens or closes with the next `update`.
    void toggle() { toggles_ = true; }
    /// Draws the button, and the menu where it is open. `height` is that of the button, in pixels.
    /// `size` is the button's, in pixels; there is none where it has no width.
    [[nodiscard]] Wish update(const Ui& ui, const session::Session& session, ImVec2 size);

    /// How wide a button wants to be that shows all of the program's name, in pixels.
    [[nodiscard]] static float button_width(const Ui& ui, const session::Session& session);

  private:
    static bool button(const Ui& ui, const session::Session& session, ImVec2 size);
    /// What is being written for a parameter.
    struct Field {
        std::string value;             ///< what it was when the field was filled
        std::array<char, 280> text{};  ///< 64 characters of four bytes, and some for what is too long
        std::string error;
    };

    void programs(const Ui& ui, const session::Session& session, Wish& wish);
    void about(const Ui& ui, const session::Session& session, Wish& wish);
    void parameter(const Ui& ui, const session::Session& session, const scenario::Parameter& parameter,
                   Field& field, Wish& wish);
    static void fill(Field& field, std::string_view value);
    static void note(const Ui& ui, const scenario::Parameter& parameter, const Field& field);
    bool slider(const Ui& ui, const session::Setup& setup, const scenario::Parameter& parameter,
                std::string& value);
    void change(const session::Session& session, const scenario::Parameter& parameter, Field& field,
                std::string_view value, Wish& wish);

    bool toggles_ = false;
    bool used_ = false;  // whether the control in use has changed anything yet
    const scenario::Program* program_ = nullptr;
    std::vector<Field> fields_;
};

}  // namespace loopscope::panels
