#pragma once

#include <deque>
#include <filesystem>
#include <string>

#include "app/panels/appearance.hpp"
#include "app/panels/compare_panel.hpp"
#include "app/panels/demo.hpp"
#include "app/panels/explore_panel.hpp"
#include "app/panels/files.hpp"
#include "app/panels/frame.hpp"
#include "app/panels/lesson_panel.hpp"
#include "app/panels/loop_panel.hpp"
#include "app/panels/navigator.hpp"
#include "app/panels/palette.hpp"
#include "app/panels/source_panel.hpp"
#include "app/panels/storage_panel.hpp"
#include "app/panels/text_bar.hpp"
#include "app/panels/timeline_panel.hpp"
#include "app/panels/top_bar.hpp"
#include "app/session/storage_runs.hpp"

namespace loopscope::panels {

/// The whole screen: a session, the panels around it, and what the user's keys and clicks do. The window and
/// the off-screen pictures draw the same one.
///
/// A frame: `update` between ImGui::NewFrame and ImGui::Render, then `lay_out`; `draw` for the timeline,
/// before ImGui's own drawing.
class Workspace {
  public:
    Workspace(session::Session session, render::DrawListRenderer& renderer);

    /// Does what a command says.
    void perform(Action action);
    /// Does what a key is bound to, if anything. Modifiers as in panels::Modifier.
    void press(int key, std::uint8_t modifiers);

    /// Lays out all panels and takes the mouse. `passed`: seconds since the last frame.
    void update(gl::Size size, double passed);
    /// Lays out the timeline; adds to `damage` where it looks different than in the frame before.
    void lay_out(render::Damage& damage);
    /// Draws what of the timeline is within a region of the bound framebuffer, whose size is `framebuffer`.
    void draw(gl::Size framebuffer, const gl::Region& region);

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
    [[nodiscard]] Appearance& appearance() { return look_; }
    /// A sentence that the user should see, such as why a shader does not compile.
    void set_message(std::string message) { message_ = std::move(message); }
    /// The same, until the user does something.
    void set_notice(std::string notice) { notice_ = std::move(notice); }
    /// Ends what has to be, before the program does: what is being saved is.
    void finish() { files_.finish(); }
    /// Whether something that was asked for is on its way.
    [[nodiscard]] bool busy() const { return navigator_.busy() || !to_show_.empty(); }
    /// Goes over to the trace of a file, once it is read.
    void open(std::filesystem::path file);

  private:
    /// Another trace is shown, or another part of one: nothing of the view is kept.
    void show_anew();
    /// Stops what a command would disturb. Gives true if that was all that was to be done.
    bool stops(Action action);
    void take_text(const TextBar::Wish& wish);
    void select(trace::Storage storage);
    /// Starts another program, or the same one with another parameter, if the user asked for that.
    void start_program(const ProgramMenu::Wish& wish);
    void open_schedule(const explore::Schedule& schedule);
    void source(const Ui& ui, timeline::Rect rect);
    void compare(const Ui& ui, timeline::Rect rect);
    [[nodiscard]] std::function<bool(std::size_t)> differs();
    void next();
    void show(const std::vector<Action>& actions);
    void leave();
    /// The lesson went to another stop, or to the answer: all of the run so far is shown.
    void follow_lesson();
    /// Opens the field for a file's name.
    void ask_for_file();
    void save(const std::string& name);
    /// Goes over to the file that is being opened, if it is there, and says what came of those that are
    /// saved.
    void go_on_with_files();
    /// What stands below the timeline, and beside it.
    void lower_panels(const Ui& ui, const Frame& frame, double passed);
    void hint(const Ui& ui, timeline::Rect rect);

    session::Session session_;
    render::DrawListRenderer& renderer_;
    TopBar bar_;
    TimelinePanel timeline_;
    LoopPanel loop_;
    StoragePanel storage_;
    SourcePanel source_;
    ExplorePanel explore_;
    ComparePanel compare_;
    LessonPanel lesson_;
    std::optional<DemoRun> demo_;
    std::deque<Action> to_show_;  // what a demo is about to do
    Navigator navigator_{session_, timeline_};
    Files files_;
    session::StorageRuns runs_;
    bool runs_grow_ = false;
    Language language_ = Language::native;
    Palette palette_;
    TextBar text_bar_;
    Appearance look_;
    bool help_ = false;
    bool quit_ = false;
    bool touched_ = false;
    std::string message_;
    std::string notice_;
};

}  // namespace loopscope::panels
