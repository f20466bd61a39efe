#include "app/panels/workspace.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "app/panels/frame.hpp"
#include "app/panels/output_panel.hpp"
#include "app/panels/overlays.hpp"
#include "app/panels/storage_panel.hpp"
#include "app/panels/why_panel.hpp"
#include "app/session/search.hpp"
#include "app/session/tweak.hpp"

namespace loopscope::panels {
namespace {

using session::Direction;
using timeline::Rect;
using trace::Storage;

/// How much the runs that are compared with may grow in a frame, all of them together, in events: a few
/// milliseconds of work.
constexpr std::uint32_t events_per_frame = 20'000;

constexpr const char* answer_first = "Answer the question first, or leave the lesson with Escape";

/// How long a frame may run the program on for, if what is wanted is not in the trace yet.
constexpr std::chrono::milliseconds slice(10);

/// How much larger everything is when it is presented.
constexpr float presented = 1.25F;

}  // namespace

Workspace::Workspace(session::Session session, render::DrawListRenderer& renderer)
    : session_(std::move(session)), renderer_(renderer) {}

void Workspace::set_fonts(const Fonts& fonts, float scale) {
    fonts_ = fonts;
    scale_ = scale;
}

void Workspace::press(int key, std::uint8_t modifiers) {
    // ImGui says that it wants text some frames after the field is there: until then what is typed is no
    // command.
    if (palette_.is_open() || text_bar_.takes_focus()) return;
    if (lesson_.shown() && modifiers == none && digit_of(key) >= 0) {
        // Whoever answers twice must not have the second digit do something else.
        if (lesson_.choose(static_cast<std::size_t>(digit_of(key)), session_)) follow_lesson();
        return;
    }
    const Command* const command = find_command(key, modifiers);
    if (!command) return;
    perform(demo_ && command->action == Action::play ? Action::next : command->action);
}

float Workspace::zoom() const {
    return presents_ ? zoom_ * presented : zoom_;
}

bool Workspace::moving() const {
    return player_.playing() || timeline_.moving() || loop_.moving() || runs_grow_ || pursuit_ ||
           !to_show_.empty() || explore_.running() || compare_.moving() || (demo_ && demo_->running());
}

void Workspace::perform(Action action) {
    touched_ = true;
    notice_.clear();
    if (pursuit_) {
        pursuit_.reset();
        if (action == Action::leave) return;  // no more than that was to be left
    }
    switch (action) {
        case Action::play: return play();
        case Action::storage_argument: return select(Storage::argument);
        case Action::storage_global: return select(Storage::global);
        case Action::storage_thread_local: return select(Storage::thread_local_);
        case Action::storage_contextvar: return select(Storage::contextvar);
        case Action::storage_context_shared: return select(Storage::context_shared);
        case Action::storage_context_copy: return select(Storage::context_copy);
        case Action::storage_context_chainmap: return select(Storage::context_chainmap);
        case Action::axis: return timeline_.toggle_axis(session_);
        case Action::zoom_in: return timeline_.zoom(1, session_);
        case Action::zoom_out: return timeline_.zoom(-1, session_);
        case Action::pan_left: return timeline_.pan(-0.15F);
        case Action::pan_right: return timeline_.pan(0.15F);
        case Action::fit_all: return timeline_.fit_all(session_);
        case Action::fit_cursor: return timeline_.center(session_);
        case Action::language: language_ = other(language_); return;
        case Action::faster: return player_.faster();
        case Action::slower: return player_.slower();
        case Action::larger: zoom_ = std::min(zoom_ * 1.125F, 3.0F); return;
        case Action::smaller: zoom_ = std::max(zoom_ / 1.125F, 0.5F); return;
        case Action::normal_size: zoom_ = 1; return;
        case Action::fold: return timeline_.fold();
        case Action::fold_all: return timeline_.fold_all();
        case Action::filter: return text_bar_.open(TextBar::Purpose::filter);
        case Action::search: return text_bar_.open(TextBar::Purpose::search);
        case Action::mark: return text_bar_.open(TextBar::Purpose::mark);
        case Action::view_back: timeline_.view_back(); return;
        case Action::arrows: return timeline_.next_arrows();
        case Action::theme: return next_theme();
        case Action::undo: return take_back(false);
        case Action::redo: return take_back(true);
        case Action::palette: return palette_.open();
        case Action::menu: return bar_.toggle_menu();
        case Action::program: return lesson_.asks() ? set_notice(answer_first) : bar_.toggle_programs();
        case Action::explore:
            return lesson_.asks() ? set_notice(answer_first) : (compare_.close(), explore_.toggle());
        case Action::compare:
            return lesson_.asks() ? set_notice(answer_first) : (explore_.close(), compare_.toggle(session_));
        case Action::lesson: return lesson_.toggle(session_);
        case Action::present: return present();
        case Action::next: return next();
        case Action::back:
            if (lesson_.back(session_)) follow_lesson();
            return;
        case Action::leave: return leave();
        case Action::help: help_ = !help_; return;
        case Action::quit: quit_ = true; return;
        default: return step(action);
    }
}

void Workspace::step(Action action) {
    halt();
    timeline_.follow();
    TaskId task = timeline_.selected();
    if (!task && session_.state().handle()) task = session_.state().handle()->task;
    switch (action) {
        case Action::handle_forward: session_.step_handle(Direction::forward); break;
        case Action::handle_back: session_.step_handle(Direction::back); break;
        case Action::iteration_forward: session_.step_iteration(Direction::forward); break;
        case Action::iteration_back: session_.step_iteration(Direction::back); break;
        case Action::task_forward: return pursue({session::Pursuit::What::task, task}, action);
        case Action::task_back: session_.step_task(task, Direction::back); break;
        case Action::print_forward: return pursue({session::Pursuit::What::print}, action);
        case Action::print_back: session_.step_print(Direction::back); break;
        case Action::leak_forward: return pursue({session::Pursuit::What::leak}, action);
        case Action::leak_back: session_.step_leak(Direction::back); break;
        case Action::difference_forward:
            return pursue({session::Pursuit::What::difference, {}, differs()}, action);
        case Action::difference_back: session::step_difference(session_, differs(), Direction::back); break;
        case Action::start:
            session_.remember();
            session_.go_to_start();
            break;
        case Action::head:
            session_.remember();
            session_.go_to_head();
            break;
        default: break;
    }
}

// What was done last, be it to the session or to the view.
void Workspace::take_back(bool again) {
    halt();
    order_.note(session_.remembered(), timeline_.moves());
    const auto does = [&](UndoOrder::What what) {
        if (what == UndoOrder::What::view) return again ? timeline_.view_forward() : timeline_.view_back();
        const bool moved = again ? session_.redo() : session_.undo();
        if (moved) timeline_.follow();
        return moved;
    };
    if (again)
        order_.redo(does);
    else
        order_.undo(does);
}

void Workspace::open_lesson(std::optional<lesson::OpenLesson> lesson) {
    touched_ = true;
    if (lesson)
        lesson_.open(std::move(*lesson), session_);
    else
        lesson_.toggle(session_);
    follow_lesson();
}

void Workspace::open_demo(Demo demo) {
    touched_ = true;
    lesson_.close(session_);
    halt();
    session_.restart(demo.setup);
    timeline_ = {};
    to_show_.clear();
    demo_.emplace(std::move(demo));
}

void Workspace::follow_lesson() {
    touched_ = true;
    notice_.clear();
    halt();
    timeline_ = {};
}

// Each when the one before it has come to where it leads.
void Workspace::show(const std::vector<Action>& actions) {
    to_show_.insert(to_show_.end(), actions.begin(), actions.end());
    while (!pursuit_ && !to_show_.empty()) {
        const Action action = to_show_.front();
        to_show_.pop_front();
        perform(action);
    }
}

void Workspace::next() {
    if (demo_) {
        show(demo_->next());
    } else if (lesson_.next(session_)) {
        follow_lesson();
    }
}

void Workspace::leave() {
    if (ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel)) return;
    if (demo_) {
        to_show_.clear();
        return demo_.reset();
    }
    static_cast<void>(lesson_.leave(session_));
}

// The theme that it had comes back, unless another one was chosen meanwhile.
void Workspace::present() {
    presents_ = !presents_;
    const timeline::Theme* const projector = &timeline::Theme::projector_theme();
    if (presents_)
        theme_before_ = std::exchange(theme_, projector);
    else if (theme_ == projector)
        theme_ = theme_before_;
}

void Workspace::next_theme() {
    const auto all = timeline::Theme::all();
    const auto now = std::ranges::find(all, theme_);
    theme_ = now == all.end() || std::next(now) == all.end() ? all.front() : *std::next(now);
}

void Workspace::take_text(const TextBar::Wish& wish) {
    if (wish.filter) timeline_.set_filter(*wish.filter);
    if (wish.mark) timeline_.set_mark(session_.cursor(), *wish.mark);
    if (wish.search) jump(session::find_text(session_, wish.search->text, wish.search->direction));
}

// What runs on by itself would go on from where the user is not any more.
void Workspace::halt() {
    player_.pause();
    pursuit_.reset();
}

void Workspace::play() {
    if (player_.playing()) return player_.pause();
    timeline_.follow();
    if (session_.at_end()) {
        session_.remember();
        session_.go_to_start();
    }
    player_.start();
}

void Workspace::jump(std::optional<std::uint32_t> event) {
    if (!event) return;
    touched_ = true;
    halt();
    session_.remember();
    session_.seek(*event);
    timeline_.follow();
}

void Workspace::jump_to_print(std::optional<std::size_t> place) {
    if (!place) return;
    touched_ = true;
    halt();
    session_.remember();
    seek_print(session_, *place);
    timeline_.follow();
}

void Workspace::select(Storage storage) {
    if (const auto can = session_.can_select(); !can) return set_notice(can.error().message);
    pursuit_.reset();
    const bool was_over = session_.at_end();
    session_.select(storage);
    timeline_.follow();
    // After the end there was nothing left to read: it runs again, and the user sees what the other storage
    // does.
    if (was_over && !session_.at_end()) player_.start();
}

void Workspace::start_program(const ProgramMenu::Wish& wish) {
    if (wish.program || wish.setup) lesson_.close(session_);
    if (wish.program) {
        halt();
        session_.restart(
            session::with_program(session_.setup() ? *session_.setup() : session::Setup{}, *wish.program));
        timeline_ = {};
    } else if (wish.setup) {
        touched_ = true;
        pursuit_.reset();
        if (wish.begins) session_.remember();
        session_.retry(*wish.setup);
    }
}

void Workspace::open(std::unique_ptr<session::Engine> engine, std::string notice) {
    halt();
    lesson_.close(session_);
    session_.open(std::move(engine));
    timeline_ = {};
    set_notice(std::move(notice));
}

// The whole of it, so that all that it does can be seen at once.
void Workspace::open_schedule(const explore::Schedule& schedule) {
    constexpr std::uint32_t most_handles = 100'000;
    if (!session_.setup()) return;
    session::Setup setup = *session_.setup();
    setup.storage = session_.storage();
    setup.schedule = schedule;
    halt();
    lesson_.close(session_);
    session_.restart(setup);
    session_.extend(most_handles);
    timeline_ = {};
}

void Workspace::update(gl::Size size, double passed) {
    if (demo_ && !pursuit_) show(demo_->tick(passed));
    player_.tick(session_, passed);
    go_on_pursuing();
    const Ui ui{*theme_, fonts_, scale_};
    ImGui::PushFont(fonts_.text);
    const Frame frame(size, scale_, {lesson_.shown(), presents_, demo_.has_value()});
    const TopBar::Wish wish = bar_.update(ui, session_, player_, frame.bar);
    if (demo_) demo_caption(ui, *demo_, frame.caption);
    timeline_.set_asks(lesson_.asks());
    jump(timeline_.update(ui, session_, renderer_.metrics(), frame.timeline, passed));
    lower_panels(ui, frame, passed);
    runs_grow_ = runs_.update(session_, events_per_frame);
    const Riddle riddle = lesson_.asks_for_print() ? Riddle::next_print
                          : lesson_.hides()        ? Riddle::open
                                                   : Riddle::none;
    const OutputWish output = output_panel(ui, session_, runs_, riddle, frame.output);
    jump_to_print(output.print);
    hint(ui, frame.timeline);
    keys_help(ui, help_);
    const auto chosen = palette_.update(ui);
    take_text(text_bar_.update(ui, frame.timeline));
    ImGui::PopFont();
    order_.note(session_.remembered(), timeline_.moves());
    if (chosen) perform(*chosen);
    if (wish.action) perform(*wish.action);
    if (output.storage) select(*output.storage);
    start_program(wish.program);
}

/// Whether a print differs from what it is compared with: the kept run, or that of any storage.
std::function<bool(std::size_t)> Workspace::differs() {
    if (compare_.shown() && compare_.kept().any()) {
        return [this](std::size_t place) {
            return differ_at(side_of(session_), compare_.kept().run().side(), place);
        };
    }
    return [this](std::size_t place) { return runs_.any_differs(session_, place); };
}

void Workspace::pursue(session::Pursuit::Goal goal, Action action) {
    pursuit_.emplace(session_, std::move(goal));
    pursued_ = action;
    go_on_pursuing();
}

void Workspace::go_on_pursuing() {
    if (!pursuit_) return;
    if (pursuit_->advance(session_, slice)) pursuit_.reset();
}

void Workspace::compare(const Ui& ui, Rect rect) {
    const ComparePanel::Wish wish = compare_.update(ui, session_, rect);
    jump_to_print(wish.print);
    if (wish.keep) compare_.keep(session_);
    if (wish.swap) compare_.swap(session_);
}

void Workspace::source(const Ui& ui, Rect rect) {
    const SourcePanel::Wish wish = source_.update(ui, session_, rect, language_);
    language_ = wish.language.value_or(language_);
    jump(wish.event);
}

void Workspace::lower_panels(const Ui& ui, const Frame& frame, double passed) {
    if (frame.loop.width > 0) loop_.update(ui, session_, frame.loop, language_, passed, player_.fast());
    if (frame.storage.width > 0) storage_panel(ui, session_, frame.storage);
    if (lesson_.shown()) {
        if (lesson_.update(ui, session_, frame.lesson)) follow_lesson();
        return;
    }
    if (presents_) return why_line(ui, session_, frame.why);
    if (compare_.shown())
        compare(ui, frame.source);
    else if (!explore_.shown())
        source(ui, frame.source);
    else if (const auto schedule = explore_.update(ui, session_, frame.source))
        open_schedule(*schedule);
    jump(why_panel(ui, session_, frame.why));
}

void Workspace::draw(gl::Size framebuffer) {
    const Ui ui{*theme_, fonts_, scale_};
    timeline_.draw(ui, session_, renderer_, framebuffer);
}

// One line that says what to press, until something was pressed; then messages, if there are any.
void Workspace::hint(const Ui& ui, Rect rect) {
    const bool first_time = !touched_ && session_.setup() && session_.cursor() == session_.first_event();
    if (!message_.empty()) return sentence(ui, message_, rect);
    if (pursuit_)
        return sentence(
            ui,
            fmt::format("{}: {} events so far.  Esc stops", command_of(pursued_).name, session_.log().size()),
            rect);
    if (!notice_.empty()) return sentence(ui, notice_, rect);
    if (first_time)
        sentence(ui, "Press Space to run it,  C to give each task a context,  ? for all keys", rect);
}

}  // namespace loopscope::panels
