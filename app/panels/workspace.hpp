#pragma once

#include <string>

#include "app/panels/explore_panel.hpp"
#include "app/panels/player.hpp"
#include "app/panels/source.hpp"
#include "app/panels/timeline_panel.hpp"
#include "app/panels/top_bar.hpp"

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
    [[nodiscard]] bool moving() const { return player_.playing() || explore_.running(); }
    /// How large everything is to be, of a display's own scale.
    [[nodiscard]] float zoom() const { return zoom_; }
    /// Fonts and scale that the next frames are drawn with; between frames only.
    void set_fonts(const Fonts& fonts, float scale);
    /// A sentence that the user should see, such as why a shader does not compile.
    void set_message(std::string message) { message_ = std::move(message); }

  private:
    void step(Action action);
    void select(trace::Storage storage);
    void play();
    /// Puts the cursor on an event that the user clicked, if there is one.
    void jump(std::optional<std::uint32_t> event);
    void start_program(const scenario::Program& program);
    void open_schedule(const explore::Schedule& schedule);
    void help(const Ui& ui);
    void hint(const Ui& ui, timeline::Rect rect);

    session::Session session_;
    render::DrawListRenderer& renderer_;
    TopBar bar_;
    TimelinePanel timeline_;
    ExplorePanel explore_;
    Player player_;
    Language language_ = Language::native;
    Fonts fonts_;
    float scale_ = 1;
    float zoom_ = 1;
    bool help_ = false;
    bool quit_ = false;
    bool touched_ = false;
    std::string message_;
};

}  // namespace loopscope::panels
