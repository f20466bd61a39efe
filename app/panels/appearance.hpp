#pragma once

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// How everything looks: the theme, the sizes, and whether it is shown to a class.
class Appearance {
  public:
    /// What a frame is drawn with.
    [[nodiscard]] Ui ui() const { return {*theme_, fonts_, scale_}; }
    [[nodiscard]] float scale() const { return scale_; }
    /// Fonts and scale that the next frames are drawn with; between frames only.
    void set_fonts(const Fonts& fonts, float scale);

    [[nodiscard]] const timeline::Theme& theme() const { return *theme_; }
    void set_theme(const timeline::Theme& theme) { theme_ = &theme; }
    void next_theme();

    /// How large everything is to be, of a display's own scale.
    [[nodiscard]] float zoom() const;
    void larger();
    void smaller();
    void normal_size() { zoom_ = 1; }

    /// Whether it has the projector's layout: larger, in its theme, and with less around the timeline.
    [[nodiscard]] bool presents() const { return presents_; }
    void toggle_presenting();

  private:
    const timeline::Theme* theme_ = &timeline::Theme::dark_theme();
    const timeline::Theme* theme_before_ = theme_;  // it was presented
    Fonts fonts_;
    float scale_ = 1;
    float zoom_ = 1;
    bool presents_ = false;
};

}  // namespace loopscope::panels
