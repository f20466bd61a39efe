#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <string>
#include <tuple>
#include <vector>

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
#include "app/panels/why_panel.hpp"
#include "app/session/failures.hpp"
#include "app/session/storage_runs.hpp"

namespace loopscope::panels {

/// The whole screen: a session, the panels around it, and what the user's keys and clicks do. The window and
/// the off-screen pictures draw the same one.
///
/// A frame: `advance`, before anything of it is made; `update` between ImGui::NewFrame and ImGui::Render,
/// then `lay_out`; `draw` for the timeline, before ImGui's own drawing.
///
/// INVARIANT: the session changes in `advance` and nowhere else. A panel looks at it and says what the user
/// asked for, and that is done when the next frame begins. So no panel draws a trace with what another one
/// has just laid out for the trace before.
class Workspace {
  public:
    /// `text` is how wide text is in the timeline; it outlives the workspace.
    Workspace(session::Session session, const timeline::TextMetrics& text);

    // What the user asks for: done by the next `advance`, in the order in which it came.

    /// Asks for a command.
    void perform(Action action);
    /// Asks for what a key is bound to by then, if anything. Modifiers as in panels::Modifier.
    void press(int key, std::uint8_t modifiers);
    /// Begins a lesson; none: shows the list of them.
    void open_lesson(std::optional<lesson::OpenLesson> lesson);
    /// Begins a demo; `Action::next` shows its steps.
    void open_demo(Demo demo);
    /// Goes over to the trace of a file, once it is read.
    void open(std::filesystem::path file);

    /// Does what was asked for since the last call, and goes on with what is under way. `passed`: seconds
    /// since the last frame.
    void advance(double passed);
    /// Lays out all panels and takes the mouse.
    void update(gl::Size size, double passed);
    /// Lays out the timeline; adds to `damage` where it looks different than in the frame before.
    void lay_out(render::Damage& damage);
    /// Draws what of the timeline is within a region of the bound framebuffer, whose size is `framebuffer`.
    void draw(render::DrawListRenderer& renderer, gl::Size framebuffer, const gl::Region& region);

    [[nodiscard]] const std::optional<DemoRun>& demo() const { return demo_; }
    [[nodiscard]] const session::Session& session() const { return session_; }
    [[nodiscard]] bool wants_to_quit() const { return quit_; }
    /// Whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const;
    /// Whether what is shown may change while nobody does anything: a lesson that is being edited.
    [[nodiscard]] bool may_change() const { return lesson_.may_change(); }
    [[nodiscard]] Appearance& appearance() { return look_; }
    /// A sentence that the user should see, such as why a shader does not compile.
    void set_message(std::string message) { message_ = std::move(message); }
    /// The same, until the user does something: also what a command has not found.
    void set_notice(std::string notice) { notice_ = std::move(notice); }
    [[nodiscard]] const std::string& notice() const { return notice_; }
    /// Ends what has to be, before the program does: what is being saved is.
    void finish() { files_.finish(); }
    /// Whether something that was asked for is on its way.
    [[nodiscard]] bool busy() const { return !requests_.empty() || navigator_.busy() || !to_show_.empty(); }

  private:
    using Request = std::function<void()>;
    /// Which trace there is to see, how much of it, and up to where.
    using Seen = std::tuple<std::uint64_t, std::uint32_t, std::uint32_t>;

    /// Has something that the user asked for be done before the next frame.
    void ask(Request request);
    [[nodiscard]] Seen seen() const {
        return {session_.index().serial(), session_.log().size(), session_.cursor()};
    }

    // For `advance` alone.

    /// The user does something: hints and notices have been read.
    void begin_anew();
    void carry_out(Action action);
    void act(Action action);
    void take_key(int key, std::uint8_t modifiers);
    void choose(std::size_t number);
    void begin(Demo demo);
    /// Says that a command has found nothing.
    void tell(Miss miss);
    /// Whether SOURCE has no place now, and so nothing that stands there instead; says why.
    bool source_is_hidden();
    /// Another trace is shown, or another part of one: nothing of the view is kept.
    void show_anew();
    /// Stops what a command would disturb. Gives true if that was all that was to be done.
    bool stops(Action action);
    void take_text(const TextBar::Wish& wish);
    void search(const TextBar::Search& search);
    void mark(const std::string& text);
    void select(trace::Storage storage);
    /// Starts another program, or the same one with another parameter, if the user asked for that.
    void start_program(const ProgramMenu::Wish& wish);
    void open_schedule(const explore::Schedule& schedule);
    void swap_with_kept();
    [[nodiscard]] Navigator::Differs differs();
    void next();
    void next_stop();
    void back();
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

    // For `update` alone: these look at the session and ask.

    void source(const Ui& ui, timeline::Rect rect);
    void compare(const Ui& ui, timeline::Rect rect);
    void lesson(const Ui& ui, timeline::Rect rect);
    void explore(const Ui& ui, timeline::Rect rect);
    void output(const Ui& ui, timeline::Rect rect);
    void go_to(std::optional<std::uint32_t> event);
    void go_to_print(std::optional<std::size_t> place);
    /// What stands below the timeline, and beside it.
    void lower_panels(const Ui& ui, const Frame& frame, double passed);
    void hint(const Ui& ui, timeline::Rect rect);

    session::Session session_;
    std::vector<Request> requests_;
    Seen seen_;  // by the panels, in this frame
    const timeline::TextMetrics& text_;
    TopBar bar_;
    TimelinePanel timeline_;
    LoopPanel loop_;
    StoragePanel storage_;
    SourcePanel source_;
    WhyPanel why_;
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
    session::LastFailure failure_;
};

}  // namespace loopscope::panels
