#include "app/panels/workspace.hpp"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "app/panels/frame.hpp"
#include "app/panels/output_panel.hpp"
#include "app/panels/overlays.hpp"
#include "app/panels/why_panel.hpp"
#include "app/session/search.hpp"
#include "app/session/tweak.hpp"

namespace loopscope::panels {
namespace {

using timeline::Rect;
using trace::Storage;

/// How much the runs that are compared with may grow in a frame, all of them together, in events: a few
/// milliseconds of work.
constexpr std::uint32_t events_per_frame = 20'000;

constexpr const char* answer_first = "Answer the question first, or leave the lesson with Escape";

/// How long a frame may work on a file that is opened or saved.
constexpr std::chrono::milliseconds slice(10);

bool is_popup_open() {
    return ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
}

}  // namespace

Workspace::Workspace(session::Session session, render::DrawListRenderer& renderer)
    : session_(std::move(session)), renderer_(renderer) {}

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

bool Workspace::moving() const {
    return navigator_.moving() || timeline_.moving() || loop_.moving() || runs_grow_ || files_.busy() ||
           !to_show_.empty() || explore_.running() || compare_.moving() || (demo_ && demo_->running());
}

// What is under way gives way to most commands; Escape does no more than to stop it.
bool Workspace::stops(Action action) {
    if (navigator_.busy_with(action)) return true;  // it gets there; from anew it would only take longer
    if (navigator_.busy() && !(demo_ && action == Action::next)) {
        navigator_.stop();
        if (action == Action::leave) return true;  // no more than that was to be left
    }
    if (action != Action::leave) return false;
    const std::optional<std::string> stopped = files_.stop();
    if (stopped) set_notice(*stopped);
    return stopped.has_value();
}

void Workspace::perform(Action action) {
    touched_ = true;
    notice_.clear();
    if (action == Action::leave && is_popup_open()) return;  // ImGui closes it, and that is all
    if (stops(action)) return;
    switch (action) {
        case Action::play: return navigator_.play();
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
        case Action::fit_selection: return timeline_.fit_selection(session_);
        case Action::language: language_ = other(language_); return;
        case Action::faster: return navigator_.player().faster();
        case Action::slower: return navigator_.player().slower();
        case Action::save: return ask_for_file();
        case Action::larger: return look_.larger();
        case Action::smaller: return look_.smaller();
        case Action::normal_size: return look_.normal_size();
        case Action::fold: return timeline_.fold();
        case Action::fold_all: return timeline_.fold_all();
        case Action::filter: return text_bar_.open(TextBar::Purpose::filter);
        case Action::sort: return timeline_.next_order();
        case Action::search: return text_bar_.open(TextBar::Purpose::search);
        case Action::mark: return text_bar_.open(TextBar::Purpose::mark);
        case Action::view_back: timeline_.view_back(); return;
        case Action::arrows: return timeline_.next_arrows();
        case Action::theme: return look_.next_theme();
        case Action::undo: return navigator_.take_back(false);
        case Action::redo: return navigator_.take_back(true);
        case Action::palette: return palette_.open();
        case Action::menu: return bar_.toggle_menu();
        case Action::program: return lesson_.asks() ? set_notice(answer_first) : bar_.toggle_programs();
        case Action::explore:
            return lesson_.asks() ? set_notice(answer_first) : (compare_.close(), explore_.toggle());
        case Action::compare:
            return lesson_.asks() ? set_notice(answer_first) : (explore_.close(), compare_.toggle(session_));
        case Action::lesson: return lesson_.toggle(session_);
        case Action::present: return look_.toggle_presenting();
        case Action::next: return next();
        case Action::back:
            if (lesson_.back(session_)) follow_lesson();
            return;
        case Action::leave: return leave();
        case Action::help: help_ = !help_; return;
        case Action::quit: quit_ = true; return;
        default: return navigator_.step(action, differs());
    }
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
    navigator_.halt();
    session_.restart(demo.setup);
    show_anew();
    to_show_.clear();
    demo_.emplace(std::move(demo));
}

void Workspace::show_anew() {
    timeline_ = {};
}

void Workspace::follow_lesson() {
    touched_ = true;
    notice_.clear();
    navigator_.halt();
    show_anew();
}

// Each when the one before it has come to where it leads.
void Workspace::show(const std::vector<Action>& actions) {
    to_show_.insert(to_show_.end(), actions.begin(), actions.end());
    while (!navigator_.busy() && !to_show_.empty()) {
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
    if (demo_) {
        to_show_.clear();
        return demo_.reset();
    }
    static_cast<void>(lesson_.leave(session_));
}

void Workspace::take_text(const TextBar::Wish& wish) {
    if (wish.filter) timeline_.set_filter(*wish.filter);
    if (wish.mark) session_.mark(session_.cursor(), *wish.mark);
    if (wish.save) save(*wish.save);
    if (wish.search) navigator_.jump(session::find_text(session_, wish.search->text, wish.search->direction));
}

void Workspace::select(Storage storage) {
    if (const auto can = session_.can_select(); !can) return set_notice(can.error().message);
    navigator_.select(storage);
}

void Workspace::start_program(const ProgramMenu::Wish& wish) {
    if (wish.program || wish.setup) lesson_.close(session_);
    if (wish.program) {
        navigator_.halt();
        session_.restart(
            session::with_program(session_.setup() ? *session_.setup() : session::Setup{}, *wish.program));
        show_anew();
    } else if (wish.setup) {
        touched_ = true;
        navigator_.retry(*wish.setup, wish.begins);
    }
}

void Workspace::open(std::filesystem::path file) {
    touched_ = true;
    notice_.clear();
    files_.open(std::move(file));
}

void Workspace::go_on_with_files() {
    Files::News news = files_.go_on(slice);
    if (news.arrival) {
        navigator_.halt();
        demo_.reset();
        to_show_.clear();
        lesson_.close(session_);
        session_.open(std::move(news.arrival->branch), std::move(news.arrival->annotations));
        show_anew();
    }
    if (!news.sentence.empty()) set_notice(std::move(news.sentence));
}

void Workspace::ask_for_file() {
    if (const auto name = files_.name_for(session_)) text_bar_.open(TextBar::Purpose::save, *name);
}

void Workspace::save(const std::string& name) {
    Files::Reply reply = files_.save(name, session_);
    if (!reply.name.empty()) text_bar_.open(TextBar::Purpose::save, reply.name);
    if (!reply.sentence.empty()) set_notice(std::move(reply.sentence));
}

// The whole of it, so that all that it does can be seen at once.
void Workspace::open_schedule(const explore::Schedule& schedule) {
    constexpr std::uint32_t most_handles = 100'000;
    if (!session_.setup()) return;
    session::Setup setup = *session_.setup();
    setup.storage = session_.storage();
    setup.schedule = schedule;
    navigator_.halt();
    lesson_.close(session_);
    session_.restart(setup);
    session_.extend(most_handles);
    show_anew();
}

void Workspace::update(gl::Size size, double passed) {
    if (demo_ && !navigator_.busy()) show(demo_->tick(passed));
    navigator_.tick(passed);
    go_on_with_files();
    const Ui ui = look_.ui();
    ImGui::PushFont(ui.fonts.text);
    const Frame frame(size, look_.scale(), {lesson_.shown(), look_.presents(), demo_.has_value()});
    const TopBar::Wish wish = bar_.update(ui, session_, navigator_.player(), frame.bar);
    if (demo_) demo_caption(ui, *demo_, frame.caption);
    timeline_.set_asks(lesson_.asks());
    navigator_.jump(timeline_.update(ui, session_, renderer_.metrics(), frame.timeline, passed));
    lower_panels(ui, frame, passed);
    runs_grow_ = runs_.update(session_, events_per_frame);
    const Riddle riddle = lesson_.asks_for_print() ? Riddle::next_print
                          : lesson_.hides()        ? Riddle::open
                                                   : Riddle::none;
    const OutputWish output = output_panel(ui, session_, runs_, riddle, frame.output);
    navigator_.jump_to_print(output.print);
    hint(ui, frame.timeline);
    keys_help(ui, help_);
    const auto chosen = palette_.update(ui);
    take_text(text_bar_.update(ui, frame.timeline));
    ImGui::PopFont();
    navigator_.note();
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

void Workspace::compare(const Ui& ui, Rect rect) {
    const ComparePanel::Wish wish = compare_.update(ui, session_, rect);
    navigator_.jump_to_print(wish.print);
    if (wish.keep) compare_.keep(session_);
    if (wish.swap) {
        navigator_.halt();
        compare_.swap(session_, slice);
    }
}

void Workspace::source(const Ui& ui, Rect rect) {
    const SourcePanel::Wish wish = source_.update(ui, session_, rect, language_);
    language_ = wish.language.value_or(language_);
    navigator_.jump(wish.event);
}

void Workspace::lower_panels(const Ui& ui, const Frame& frame, double passed) {
    if (frame.loop.width > 0)
        loop_.update(ui, session_, frame.loop, language_, passed, navigator_.player().fast());
    if (frame.storage.width > 0) storage_.update(ui, session_, frame.storage);
    if (lesson_.shown()) {
        if (lesson_.update(ui, session_, frame.lesson)) follow_lesson();
        return;
    }
    if (look_.presents()) return why_line(ui, session_, frame.why);
    if (compare_.shown())
        compare(ui, frame.source);
    else if (!explore_.shown())
        source(ui, frame.source);
    else if (const auto schedule = explore_.update(ui, session_, frame.source))
        open_schedule(*schedule);
    navigator_.jump(why_panel(ui, session_, frame.why));
}

void Workspace::lay_out(render::Damage& damage) {
    timeline_.lay_out(look_.ui(), session_, renderer_.metrics(), damage);
}

void Workspace::draw(gl::Size framebuffer, const gl::Region& region) {
    timeline_.draw(look_.theme(), renderer_, framebuffer, region);
}

// One line that says what to press, until something was pressed; then messages, if there are any.
void Workspace::hint(const Ui& ui, Rect rect) {
    const bool first_time = !touched_ && session_.setup() && session_.cursor() == session_.first_event();
    if (!message_.empty()) return sentence(ui, message_, rect);
    if (navigator_.busy()) return sentence(ui, navigator_.progress(), rect);
    if (const std::string progress = files_.progress(); !progress.empty())
        return sentence(ui, progress, rect);
    if (!notice_.empty()) return sentence(ui, notice_, rect);
    if (session_.full() && session_.at_head())
        return sentence(ui, "The trace ends here: it has 100 million events, and none may have more", rect);
    if (first_time)
        sentence(ui, "Press Space to run it,  C to give each task a context,  ? for all keys", rect);
}

}  // namespace loopscope::panels
