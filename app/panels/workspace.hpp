// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "app/panels/appearance.hpp"
#include "app/panels/border_drag.hpp"
#include "app/panels/compare_panel.hpp"
#include "app/panels/demo.hpp"
#include "app/panels/details_panel.hpp"
#include "app/panels/explore_panel.hpp"
#include "app/panels/exports.hpp"
#include "app/panels/files.hpp"
#include "app/panels/frame.hpp"
#include "app/panels/input_queue.hpp"
#include "app/panels/lesson_panel.hpp"
#include "app/panels/loop_panel.hpp"
#include "app/panels/marks_list.hpp"
#include "app/panels/navigator.hpp"
#include "app/panels/open_dialog.hpp"
#include "app/panels/open_things.hpp"
#include "app/panels/output_lines.hpp"
#include "app/panels/palette.hpp"
#include "app/panels/quit_question.hpp"
#include "app/panels/saved_traces.hpp"
#include "app/panels/source_panel.hpp"
#include "app/panels/storage_panel.hpp"
#include "app/panels/text_bar.hpp"
#include "app/panels/timeline_panel.hpp"
#include "app/panels/top_bar.hpp"
#include "app/panels/why_panel.hpp"
#include "app/session/failures.hpp"
#include "app/session/hits.hpp"
#include "app/session/storage_runs.hpp"
#include "core/feed/outcome_runs.hpp"

namespace loopscope::panels {

/// The whole screen: a session, the panels around it, and what the user's keys and clicks do. The window and
/// off-screen pictures draw the same workspace. Used from the thread of the OpenGL context only.
///
/// A frame consists of these calls: advance() before anything is laid out; update() between ImGui::NewFrame
/// and ImGui::Render; lay_out(); and draw() for the timeline, before ImGui's own drawing.
///
/// INVARIANT: the session changes in advance() and nowhere else. A panel reads the session and returns what
/// the user asked for, which is done when the next frame begins. So all panels of a frame show the same
/// trace.
class Workspace {
  public:
    /// Shows a session. `text` measures the text of the timeline. REQUIRES: `text` outlives the workspace.
    Workspace(session::Session session, const timeline::TextMetrics& text);

    // Requests: the next advance() carries them out, in the order in which they were made.

    /// Requests a command.
    void perform(Action action);
    /// Requests a lesson; without one, the list of lessons.
    void open_lesson(std::optional<lesson::OpenLesson> lesson);
    /// Requests a demo; `Action::next` shows its steps.
    void open_demo(Demo demo);
    /// Requests to show the trace of a file, once it is read.
    void open(std::filesystem::path file);
    /// Requests to show a branch, with the cursor at an event; none: at its start.
    void open(std::shared_ptr<feed::Branch> branch, std::optional<EventIndex> cursor = {});

    /// Returns the input that the next frames take.
    [[nodiscard]] InputQueue& input() { return input_; }
    /// Carries out what was requested since the last call, takes as much of the input as a frame can, and
    /// continues the work under way. `passed` is the time since the last frame, in seconds. Called before
    /// ImGui's frame begins.
    void advance(double passed);
    /// Lays out all panels in a window of `size` pixels, and handles the mouse. `passed` is the time since
    /// the last frame, in seconds.
    void update(gl::Size size, double passed);
    /// Lays out the timeline. Adds its region to `damage` if it differs from the frame before.
    void lay_out(render::Damage& damage);
    /// Draws the part of the timeline that is within a region of the bound framebuffer, whose size is
    /// `framebuffer`.
    void draw(render::DrawListRenderer& renderer, gl::Size framebuffer, const gl::Region& region);

    [[nodiscard]] const std::optional<DemoRun>& demo() const { return demo_; }
    [[nodiscard]] const session::Session& session() const { return session_; }
    [[nodiscard]] const TimelinePanel& timeline() const { return timeline_; }
    /// Returns the picture of the window that the user has asked for, once; whoever draws it calls
    /// write_picture().
    [[nodiscard]] std::optional<Exports::Wanted> take_wanted_picture() { return exports_.take_wanted(); }
    void write_picture(const std::filesystem::path& file, gl::Image picture) {
        exports_.write(file, std::move(picture));
    }
    /// Has the next frames show the same in more pixels, or in fewer. REQUIRES: no frame is under way.
    void rescale(float factor) { timeline_.rescale(factor); }

    /// Notes that the trace that is shown came from a file, or from a pipe. REQUIRES: no frame is under way.
    void came_from(const std::filesystem::path& file);
    /// Goes on with reading a file whose beginning the session shows.
    void go_on_opening(std::unique_ptr<feed::Opening> opening, std::filesystem::path file) {
        files_.go_on_opening(std::move(opening), std::move(file), session_.branch());
    }

    /// Takes the settings that the window begins with. REQUIRES: no frame is under way.
    void take(const settings::Settings& settings);
    /// Returns the settings as they are now; the window's place is as it was taken.
    [[nodiscard]] settings::Settings settings() const;
    /// Forgets which files are new among the recent ones: they are kept.
    void forget_opened() { settings_.opened.clear(); }
    /// Returns the title of the window: the name of the file or program, and whether anything is not saved.
    [[nodiscard]] std::string title() const;
    /// Returns whether the user asked to end the program.
    [[nodiscard]] bool wants_to_quit() const { return quit_; }
    /// Returns and forgets whether the user asked for the window to fill the screen, or no longer to.
    [[nodiscard]] bool take_fullscreen() { return std::exchange(fullscreen_, false); }
    /// Returns and forgets whether the user asked for a file to open, where the browser asks which.
    [[nodiscard]] bool take_wanted_file() { return std::exchange(wants_file_, false); }
    /// Returns and forgets the files that were saved or exported since the last call, for a page to hand
    /// over.
    [[nodiscard]] std::vector<std::filesystem::path> take_written() { return std::exchange(written_, {}); }
    /// Returns whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const;
    /// Returns whether what is shown may change without any input: a lesson's file is being edited, or a feed
    /// that waits may have more.
    [[nodiscard]] bool may_change() const {
        const bool feed_may_grow = navigator_.waits() || (session_.feed().is_live() && !session_.over());
        return lesson_.may_change() || (feed_may_grow && session_.feed().has_more());
    }
    /// Returns whether the user waits for what a feed has next.
    [[nodiscard]] bool waits() const { return navigator_.waits(); }
    [[nodiscard]] Appearance& appearance() { return look_; }
    [[nodiscard]] const Appearance& appearance() const { return look_; }
    /// Returns the lesson that is open; null if none is.
    [[nodiscard]] const lesson::OpenLesson* lesson() const { return lesson_.lesson(); }
    /// Shows a sentence to the user until it is replaced, such as why a shader does not compile.
    void set_message(std::string message) { message_ = std::move(message); }
    /// Shows a sentence to the user until the next input, such as what a command did not find.
    void set_notice(std::string notice) { notice_ = std::move(notice); }
    [[nodiscard]] const std::string& notice() const { return notice_; }
    /// Completes the files that are being written, before the program ends.
    void finish() {
        files_.finish();
        exports_.finish();
    }
    /// Returns whether something that was requested is still under way.
    [[nodiscard]] bool busy() const {
        return !requests_.empty() || !input_.empty() || navigator_.busy() || !to_show_.empty();
    }

  private:
    using Request = std::function<void()>;
    /// The part of the trace that is shown: its serial number, its length in events, and the cursor.
    using Seen = std::tuple<std::uint64_t, std::uint32_t, EventIndex>;

    /// Adds a request for the next frame that also clears hints and notices.
    void ask(Request request);
    /// Returns whether the trace is of tracks, and no lesson is shown beside it.
    [[nodiscard]] bool shows_tracks() const { return session_.index().is_of_tracks() && !lesson_.shown(); }
    [[nodiscard]] Seen seen() const {
        return {session_.index().serial(), session_.log().size(), session_.cursor()};
    }

    // Functions that only advance() calls.

    /// Clears hints and notices, because the user has done something.
    void begin_anew();
    void carry_out(Action action);
    void act(Action action);
    /// Carries out a command that is about files, copies or the end. Returns false if it is none.
    bool acts_on_files(Action action);
    /// Shows or hides panels. Returns false if a command does something else.
    bool acts_on_panels(Action action);
    void take_input();
    InputQueue::Taken take_key(int key, std::uint8_t modifiers);
    /// Takes a key while a list or a sheet is open, which is in front of all else.
    InputQueue::Taken take_key_in_front(const Command* command);
    /// Returns whether something is opening that does not take its keys yet.
    [[nodiscard]] bool is_opening() const;
    /// Notes what is open, so that Escape ends what was opened last.
    void note_open_things();
    /// Does what was chosen from the menu of the right button.
    void carry_out(const ContextMenu::Choice& choice);
    void choose(std::size_t number);
    void begin(Demo demo);
    /// Shows a notice that a command has found nothing.
    void tell(Miss miss);
    /// Returns whether SOURCE, and any panel in its place, cannot be shown now; shows a notice that says why.
    bool source_is_hidden();
    /// Resets the view, because another trace is shown.
    void show_anew();
    /// Stops work that a command would disturb. Returns true if nothing else is to be done for the command.
    bool stops(Action action);
    void take_text(const TextBar::Response& response);
    void search(const TextBar::Search& search);
    void mark(const std::string& text);
    void select(trace::Storage storage);
    /// Returns the variable for which storages are selected; none: for all.
    [[nodiscard]] VariableId variable() const;
    /// Has storages be selected for the next variable, or for all after the last one.
    void choose_next_variable();
    /// Starts another program, or the same one with other parameters, if the user asked for that.
    void start_program(const ProgramMenu::Response& response);
    void open_schedule(const explore::Schedule& schedule);
    /// Shows the outcome that was clicked, once the program has run, with its ordinary run kept beside it.
    void go_on_with_outcome();
    void swap_with_kept();
    [[nodiscard]] Navigator::Differs differs();
    void next();
    void next_stop();
    void back();
    void show(const std::vector<Action>& actions);
    /// Ends or closes what was opened last.
    void leave();
    void leave_demo();
    void stop_work();
    void ask_for_text(TextBar::Purpose purpose);
    /// Shows all of the run so far, after the lesson went to another stop or to the answer.
    void follow_lesson();
    /// Opens the dialog for a trace to open: on a folder, or on recent files.
    void ask_for_trace(bool recent);
    /// Saves the run to its own file, or asks for the name of one.
    void save();
    /// Opens the field for a file's name.
    void ask_for_file();
    void save(const std::string& name);
    /// Opens the field for the name of a file to export.
    void ask_to_export(ExportAs as);
    void start_to_export(const std::string& name);
    /// Adds a file to the recent ones, and to those of the traces that were shown.
    void remember_file(SavedTraces::Saved saved);
    /// Ends the program, or asks first if anything would be lost.
    void quit();
    void answer(QuitQuestion::Answer answer);
    /// Copies a text to the clipboard, and shows a notice of it.
    void copy(Action what);
    /// Shows a panel, or hides it.
    void toggle(Part part);
    /// Shows a branch in the place of the trace that is shown, and of a lesson or demo.
    void show_branch(std::shared_ptr<feed::Branch> branch, feed::Annotations annotations);
    /// Shows a trace that was read, or puts it in the place of its beginning.
    void take_arrival(feed::Opening::Arrival arrival, Files::News& news);
    /// Returns whether the trace is no beginning of a file that is still being read; shows a notice that says
    /// so.
    bool is_whole();
    /// Continues opening and saving: shows the trace of a file that was read, and a notice when a file was
    /// saved.
    void go_on_with_files();

    // Functions that only update() calls: they read the session and make requests.

    /// Returns where the panels stand in a window of `size` pixels.
    [[nodiscard]] Frame arrange(gl::Size size) const;
    void move_borders(const Ui& ui, const Frame& frame);
    /// Draws what stands in front of the panels.
    void dialogs(const Ui& ui, const Frame& frame);

    void source(const Ui& ui, timeline::Rect rect);
    void compare(const Ui& ui, timeline::Rect rect);
    void lesson(const Ui& ui, timeline::Rect rect);
    void explore(const Ui& ui, timeline::Rect rect);
    void output(const Ui& ui, timeline::Rect rect);
    void go_to(std::optional<EventIndex> event);
    void go_to_print(std::optional<PrintIndex> print);
    /// Draws the panels below the timeline and beside it.
    void lower_panels(const Ui& ui, const Frame& frame, double passed);
    /// Draws no more than the title of a panel that has no room. Returns whether that is so.
    bool folded(const Ui& ui, const Frame& frame, Part part, const char* heading, timeline::Rect rect);
    void hint(const Ui& ui, timeline::Rect rect);
    void take_keys_in_lists();

    session::Session session_;
    InputQueue input_;
    OpenThings open_things_;
    std::vector<Request> requests_;
    Seen seen_;  // what the panels of this frame show
    const timeline::TextMetrics& text_;
    TopBar bar_;
    TimelinePanel timeline_;
    LoopPanel loop_;
    StoragePanel storage_;
    SourcePanel source_;
    DetailsPanel details_;
    WhyPanel why_;
    ExplorePanel explore_;
    std::unique_ptr<feed::OutcomeRuns> outcome_;  // that was clicked
    ComparePanel compare_;
    LessonPanel lesson_;
    std::optional<DemoRun> demo_;
    std::deque<Action> to_show_;  // commands of a demo that are still to be carried out
    Navigator navigator_{session_, timeline_};
    Files files_;
    Exports exports_;
    SavedTraces saved_;
    settings::Settings settings_;  // as they were taken, and recent files
    FrameChoice choice_;
    BorderDrag border_drag_;
    OpenDialog open_dialog_;
    QuitQuestion quit_question_;
    bool quits_once_saved_ = false;
    std::string tooltip_;    // that the last frame showed
    timeline::Rect output_;  // where the last frame showed OUTPUT
    session::StorageRuns runs_;
    session::Hits hits_;  // of the search, while its field is open
    bool runs_grow_ = false;
    OutputScroll output_scroll_;
    Language language_ = Language::native;
    Palette palette_;
    MarksList marks_;
    TextBar text_bar_;
    Appearance look_;
    VariableId variable_;  // for which storages are selected, if the session's trace has it; none: for all
    bool help_ = false;
    bool quit_ = false;
    bool fullscreen_ = false;
    bool wants_file_ = false;
    std::vector<std::filesystem::path> written_;
    EventIndex asked_at_;         // where the cursor was when the text bar was opened
    bool begins_search_ = false;  // whether the search has not gone anywhere since it was opened
    bool touched_ = false;
    std::string message_;
    std::string notice_;
    session::LastFailure failure_;
};

}  // namespace loopscope::panels
