#pragma once

#include <deque>
#include <string>
#include <vector>

#include "app/panels/compare_panel.hpp"
#include "app/panels/demo.hpp"
#include "app/panels/explore_panel.hpp"
#include "app/panels/frame.hpp"
#include "app/panels/lesson_panel.hpp"
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

    /// Begins a lesson; none: shows the list of them.
    void open_lesson(std::optional<lesson::OpenLesson> lesson);
    /// Begins a demo; `Action::next` shows its steps.
    void open_demo(Demo demo);
    [[nodiscard]] const std::optional<DemoRun>& demo() const { return demo_; }

    [[nodiscard]] session::Session& session() { return session_; }
    [[nodiscard]] bool wants_to_quit() const { return quit_; }
    /// Whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const;
    /// Whether what is shown may change while nobody does anything: a lesson that is being edited.
    [[nodiscard]] bool may_change() const { return lesson_.may_change(); }
    /// How large everything is to be, of a display's own scale.
    [[nodiscard]] float zoom() const;
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
    void halt();
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
    void present();
    void next();
    void show(const std::vector<Action>& actions);
    void leave();
    /// The lesson went to another stop, or to the answer: all of the run so far is shown.
    void follow_lesson();
    /// What stands below the timeline, and beside it.
    void lower_panels(const Ui& ui, const Frame& frame, double passed);
    void hint(const Ui& ui, timeline::Rect rect);

    session::Session session_;
    render::DrawListRenderer& renderer_;
    TopBar bar_;
    TimelinePanel timeline_;
    LoopPanel loop_;
    SourcePanel source_;
    ExplorePanel explore_;
    ComparePanel compare_;
    LessonPanel lesson_;
    std::optional<DemoRun> demo_;
    std::deque<Action> to_show_;  // what a demo is about to do
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
    bool presents_ = false;
    const timeline::Theme* theme_before_ = &timeline::Theme::dark_theme();  // it was presented
    bool help_ = false;
    bool quit_ = false;
    bool touched_ = false;
    std::string message_;
    std::string notice_;
};

}  // namespace loopscope::panels
