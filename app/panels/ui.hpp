// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <imgui.h>

#include "app/panels/text.hpp"
#include "app/session/session.hpp"
#include "app/timeline/legible.hpp"

namespace loopscope::panels {

/// The fonts of the panels. ImGui's atlas owns them.
struct Fonts {
    ImFont* small = nullptr;  ///< notes and headings
    ImFont* text = nullptr;
    ImFont* bold = nullptr;
    ImFont* large = nullptr;  ///< the sentence of WHY
    ImFont* mono = nullptr;
    ImFont* mono_bold = nullptr;

    /// Loads the embedded fonts into ImGui's atlas, in the sizes for this scale.
    static Fonts load(float scale);
};

/// Sets ImGui's colours and spacings for a theme and a scale.
void apply_style(const timeline::Theme& theme, float scale);

inline ImU32 to_im(timeline::Color color) {
    return IM_COL32(color.red, color.green, color.blue, color.alpha);
}
inline ImVec4 to_im_vec(timeline::Color color) {
    return ImGui::ColorConvertU32ToFloat4(to_im(color));
}

/// What all panels are drawn with: theme, fonts and scale. Refers, owns nothing.
struct Ui {
    const timeline::Theme& theme;
    const Fonts& fonts;
    float scale = 1;

    /// Converts a length from design pixels (of a 1920x1080 window) to pixels.
    [[nodiscard]] float px(float design) const { return design * scale; }
    /// Returns the hue of a task's chain.
    [[nodiscard]] timeline::Color hue(const session::Session& session, TaskId task) const {
        return timeline::hue_of(theme, session.index(), task);
    }
    /// Returns that hue as text has it on an opaque ground.
    [[nodiscard]] timeline::Color hue_on(timeline::Color ground, const session::Session& session,
                                         TaskId task) const {
        return timeline::legible(hue(session, task), ground);
    }
};

/// A panel: an ImGui window at a fixed place, with a head, without a background of its own. It ends with its
/// scope, which draws as much of the head as fits: the heading and the tabs, the note at the right edge, and
/// the note or the hint between them.
class Panel {
  public:
    /// Where the panel's content may be drawn: below the head, where anything above is cut off; or anywhere.
    enum class Content : std::uint8_t { below_head, anywhere };

    /// Begins a panel at a position with a size, both in pixels of the window. REQUIRES: headings are unique
    /// in a frame.
    Panel(const Ui& ui, const char* heading, ImVec2 position, ImVec2 size,
          Content content = Content::below_head);
    Panel(const Panel&) = delete;
    Panel& operator=(const Panel&) = delete;
    ~Panel();

    /// Adds a label that can be clicked to the right of the heading; of several tabs, one is on. `tip` says
    /// what a click does. Returns true when it is clicked.
    bool tab(std::string_view word, bool on, std::string_view tip);
    /// Puts a note to the right of the heading and the tabs; it is cut if it does not fit.
    void note(std::string_view text, timeline::Color color) { note_ = {std::string(text), color, false}; }
    /// Puts a hint to the right of the heading and the tabs, in place of a note; it is left out if not all of
    /// it fits.
    void hint(std::string_view text) { note_ = {std::string(text), ui_.theme.hint, true}; }
    /// Puts a note at the panel's right edge.
    void right_note(std::string_view text, timeline::Color color) {
        right_note_ = {std::string(text), color, false};
    }
    [[nodiscard]] ImDrawList& list() const { return *list_; }
    /// Returns the top left of the content, below the head, in pixels of the window.
    [[nodiscard]] ImVec2 origin() const { return origin_; }
    [[nodiscard]] float width() const { return width_; }
    [[nodiscard]] float bottom() const { return bottom_; }

  private:
    struct Note {
        std::string text;
        timeline::Color color;
        bool all_or_nothing = false;
    };
    void draw_notes();
    [[nodiscard]] ImVec2 end() const { return {position_.x + size_.x, position_.y + size_.y}; }

    const Ui& ui_;
    ImDrawList* list_ = nullptr;
    ImVec2 position_;
    ImVec2 size_;
    ImVec2 origin_;
    ImVec2 note_at_;  // right of the heading and the tabs
    Note note_;
    Note right_note_;
    float width_ = 0;
    float bottom_ = 0;
};

/// Draws a rounded box with a border of `border` pixels.
void draw_card(const Ui& ui, ImDrawList& list, ImVec2 from, ImVec2 to, timeline::Color fill,
               timeline::Color edge, float border = 1);

/// A button that looks like a word on the panel's ground, in `ink` or else in the colour of the text around
/// it. Returns true when it is clicked. `label` as ImGui's: what is behind ## is not shown.
bool word_button(const Ui& ui, const char* label, ImVec2 size, std::optional<timeline::Color> ink = {});

}  // namespace loopscope::panels
