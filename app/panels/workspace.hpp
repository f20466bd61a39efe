#pragma once

#include <string>

#include "app/panels/compare_panel.hpp"
#include "app/panels/explore_panel.hpp"
#include "app/panels/loop_panel.hpp"
#include "app/panels/palette.hpp"
#include "app/panels/player.hpp"
#include "app/panels/source_panel.hpp"
#include "app/panels/text_bar.hpp"
#include "app/panels/timeline_panel.hpp"
#include "app/panels/top_bar.hpp"
#include "app/panels/undo_order.hpp"
#include "app/session/pursuit.hpp"
#include "app/session/storage_runs.hpp"

namespace loopscope::panels {

/// The whole screen: a session, the panels around it, and what the user's keys and clicks do. The window and
/// the off-screen pictures draw the same one.
///
/// A frame: `update` between ImGui::NewFrame and ImGui::Render; `draw` for the timeline, before ImGui's own
/// drawing.
class Workspace {
  public:
    Workspace(session::Session session, render::DrawListRenderer& renderer);

    /// Does what a command says.
    void perform(Action action);
    /// Does what a key is bound to, if anything. Modifiers as in panels::Modifier.
    void press(int key, std::uint8_t modifiers);

    /// Lays out all panels and takes the mouse. `passed`: seconds since the last frame.
    void update(gl::Size size, double passed);
    void draw(gl::Size framebuffer);

    [[nodiscard]] session::Session& session() { return session_; }
    [[nodiscard]] bool wants_to_quit() const { return quit_; }
    /// Whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const {
        return player_.playing() || timeline_.moving() || loop_.moving() || runs_grow_ || pursuit_ ||
               explore_.running() || compare_.moving();
    }
    /// How large everything is to be, of a display's own scale.
    [[nodiscard]] float zoom() const { return zoom_; }
    /// Fonts and scale that the next frames are drawn with; between frames only.
    void set_fonts(const Fonts& fonts, float scale);
    [[nodiscard]] const timeline::Theme& theme() const { return *theme_; }
    void set_theme(const timeline::Theme& theme) { theme_ = &theme; }
    /// A sentence that the user should see, such as why a shader does not compile.
    void set_message(std::string message) { message_ = std::move(message); }
    /// The same, until the user does something.
    void set_notice(std::string notice) { notice_ = std::move(notice); }
    /// Goes over to another trace.
    void open(std::unique_ptr<session::Engine> engine, std::string notice);

  private:
    void step(Action action);
    /// Runs on to what a step leads to, if it is not in the trace yet; a slice now, and others frame by
    /// frame.
    void pursue(session::Pursuit::Goal goal, Action action);
    void go_on_pursuing();
    void take_back(bool again);
    void next_theme();
    void take_text(const TextBar::Wish& wish);
    void select(trace::Storage storage);
    void play();
    /// Puts the cursor on an event that the user clicked, if there is one.
    void jump(std::optional<std::uint32_t> event);
    /// Puts the cursor on a print that the user clicked, if there is one.
    void jump_to_print(std::optional<std::size_t> place);
    /// Starts another program, or the same one with another parameter, if the user asked for that.
    void start_program(const ProgramMenu::Wish& wish);
    void open_schedule(const explore::Schedule& schedule);
    void source(const Ui& ui, timeline::Rect rect);
    void compare(const Ui& ui, timeline::Rect rect);
    [[nodiscard]] std::function<bool(std::size_t)> differs();
    void help(const Ui& ui);
    void hint(const Ui& ui, timeline::Rect rect);

    session::Session session_;
    render::DrawListRenderer& renderer_;
    TopBar bar_;
    TimelinePanel timeline_;
    LoopPanel loop_;
    SourcePanel source_;
    ExplorePanel explore_;
    ComparePanel compare_;
    Player player_;
    UndoOrder order_;
    std::optional<session::Pursuit> pursuit_;
    Action pursued_ = Action::play;  // what it was begun for
    session::StorageRuns runs_;
    bool runs_grow_ = false;
    Language language_ = Language::native;
    Palette palette_;
    TextBar text_bar_;
    const timeline::Theme* theme_ = &timeline::Theme::dark_theme();
    Fonts fonts_;
    float scale_ = 1;
    float zoom_ = 1;
    bool help_ = false;
    bool quit_ = false;
    bool touched_ = false;
    std::string message_;
    std::string notice_;
};

}  // namespace loopscope::panels
