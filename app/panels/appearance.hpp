// SPDX-License-Identifier: MIT
#pragma once

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The look of the window: the theme, the sizes of fonts and lengths, and whether it is presented to a class.
class Appearance {
  public:
    /// Returns what a frame is drawn with.
    [[nodiscard]] Ui ui() const { return {*theme_, fonts_, scale_}; }
    [[nodiscard]] float scale() const { return scale_; }
    /// Sets the fonts and the scale of the next frames. REQUIRES: no frame is under way.
    void set_fonts(const Fonts& fonts, float scale);

    [[nodiscard]] const timeline::Theme& theme() const { return *theme_; }
    /// Shows a theme that the user has not chosen for other windows.
    void set_theme(const timeline::Theme& theme) { theme_ = &theme; }
    /// Shows a theme that the user has chosen for all windows.
    void choose_theme(const timeline::Theme& theme) { theme_ = chosen_ = &theme; }
    /// Returns the theme that the user has chosen for all windows.
    [[nodiscard]] const timeline::Theme& chosen_theme() const { return *chosen_; }
    /// Chooses the next theme of Theme::all(); the first follows the last.
    void next_theme();

    /// Returns the user's zoom, a factor on the display's own scale.
    [[nodiscard]] float zoom() const;
    /// Zooms in by a step, up to a limit.
    void larger();
    /// Zooms out by a step, down to a limit.
    void smaller();
    void normal_size() { zoom_ = 1; }
    /// Returns the zoom that the user has chosen, which does not depend on whether the window is presented.
    [[nodiscard]] float text_size() const { return zoom_; }
    void set_text_size(float zoom);

    /// Returns whether the window has the projector's layout: larger, in the projector's theme, and with
    /// fewer panels around the timeline.
    [[nodiscard]] bool presents() const { return presents_; }
    /// Switches the projector's layout on or off, with its theme.
    void toggle_presenting();

  private:
    const timeline::Theme* theme_ = &timeline::Theme::dark_theme();
    const timeline::Theme* chosen_ = theme_;
    const timeline::Theme* theme_before_ = theme_;  // the theme before presenting
    Fonts fonts_;
    float scale_ = 1;
    float zoom_ = 1;
    bool presents_ = false;
};

}  // namespace loopscope::panels
