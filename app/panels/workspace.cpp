// SPDX-License-Identifier: MIT
#include "app/panels/workspace.hpp"

#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "app/panels/frame_budget.hpp"
#include "app/session/drive.hpp"
#include "app/session/tweak.hpp"
#include "core/base/excerpt.hpp"
#include "core/explain/words.hpp"

namespace loopscope::panels {
namespace {

/// Returns the first print of the session that is not another trace's, among as many as a frame has time for.
std::optional<PrintIndex> first_difference(const session::Session& session, const feed::Branch& other) {
    constexpr int rounds = 20;
    const session::Side here = side_of(session);
    const session::Side there{other.feed->log(), other.index, true};
    session::FirstDifference search;
    for (int round = 0; round < rounds && !search.found() && search.advance(here, there); ++round) continue;
    return search.found() && here.has(*search.found()) ? search.found() : std::nullopt;
}

}  // namespace
Workspace::Workspace(session::Session session, const timeline::TextMetrics& text)
    : session_(std::move(session)), text_(text) {}

void Workspace::ask(Request request) {
    requests_.emplace_back([this, request = std::move(request)] {
        begin_anew();
        request();
    });
}

void Workspace::begin_anew() {
    touched_ = true;
    notice_.clear();
    static_cast<void>(navigator_.take_miss());
}

void Workspace::perform(Action action) {
    ask([this, action] { carry_out(action); });
}

void Workspace::open_lesson(std::optional<lesson::OpenLesson> lesson) {
    ask([this, lesson = std::move(lesson)] {
        if (lesson)
            lesson_.open(*lesson, session_);
        else
            lesson_.toggle(session_);
        follow_lesson();
    });
}

void Workspace::open_demo(Demo demo) {
    ask([this, demo = std::move(demo)] { begin(demo); });
}

void Workspace::open(std::filesystem::path file) {
    ask([this, file = std::move(file)] { files_.open(file); });
}

void Workspace::open(std::shared_ptr<feed::Branch> branch, std::optional<EventIndex> cursor) {
    ask([this, branch = std::move(branch), cursor] {
        show_branch(branch, {});
        if (cursor) session_.seek(*cursor);
    });
}

void Workspace::advance(double passed) {
    for (const Request& each : std::exchange(requests_, {})) each();
    take_input();
    if (demo_ && !navigator_.busy()) show(demo_->tick(passed));
    navigator_.tick(passed);
    go_on_with_files();
    // Whoever closes the field for a name does not close the window.
    quits_once_saved_ = quits_once_saved_ && (files_.saves() || text_bar_.is_open(TextBar::Purpose::save));
    go_on_with_outcome();
    if (lesson_.poll(session_)) follow_lesson();
    if (const auto miss = navigator_.take_miss()) tell(*miss);
    hits_.look_for(text_bar_.searches() ? text_bar_.search_text() : std::string());
    hits_.update(session_, frame_slice);
    if (std::string failure = session_.take_failure(); !failure.empty()) set_notice(std::move(failure));
}

void Workspace::tell(Miss miss) {
    miss.kept_run = compare_.shown() && compare_.kept().any();
    if (std::string sentence = sentence_of(miss, session_); !sentence.empty())
        set_notice(std::move(sentence));
}

bool Workspace::moving() const {
    const bool explores = explore_.running() && !lesson_.shown() && !look_.presents();
    return !requests_.empty() || !input_.empty() || navigator_.moving() || !hits_.is_complete() ||
           timeline_.moving() || loop_.moving() || source_.moving() || runs_grow_ || files_.busy() ||
           exports_.busy() || !to_show_.empty() || explores || outcome_ || compare_.moving() ||
           open_dialog_.moving() || (demo_ && demo_->running());
}

void Workspace::begin(Demo demo) {
    lesson_.close(session_);
    navigator_.halt();
    session_.restart(demo.setup);
    show_anew();
    to_show_.clear();
    demo_.emplace(std::move(demo));
}

void Workspace::show_anew() {
    timeline_ = {};
    text_bar_.close(TextBar::Purpose::filter);
    text_bar_.close(TextBar::Purpose::mark);
}

void Workspace::follow_lesson() {
    begin_anew();
    navigator_.halt();
    show_anew();
}

void Workspace::select(trace::Storage storage) {
    if (const auto can = session_.can_select(); !can) return set_notice(can.error().message);
    navigator_.select(storage, variable());
}

VariableId Workspace::variable() const {
    const bool is_there = variable_.value <= session_.index().variables().size();
    return is_there && session_.feed().can().select && session_.feed().select_one() ? variable_
                                                                                    : VariableId{};
}

void Workspace::choose_next_variable() {
    if (const auto can = session_.can_select_one(); !can) return set_notice(can.error().message);
    const std::size_t count = session_.index().variables().size();
    if (count == 0) return set_notice("The program has used no variable yet");
    variable_ = VariableId{variable_.value < count ? variable_.value + 1 : 0};
    if (!variable_) return set_notice("Storages are selected for all variables again");
    const trace::Log& log = session_.log();
    const StringId name{log[session_.index().variables()[variable_.value - 1]].a};
    set_notice(fmt::format("Storages are selected for {}, variable {} of {}; V: for the next one",
                           excerpt(log.strings()[name]), variable_.value, count));
}

void Workspace::start_program(const ProgramMenu::Response& response) {
    if (response.program || response.setup) lesson_.close(session_);
    if (response.program) {
        navigator_.halt();
        session_.restart(
            session::with_program(session_.setup() ? *session_.setup() : feed::Setup{}, *response.program));
        show_anew();
    } else if (response.setup) {
        navigator_.retry(*response.setup, response.begins);
    }
}

// The whole run, so that everything that it does can be seen at once.
void Workspace::open_schedule(const explore::Schedule& schedule) {
    constexpr std::uint32_t max_handles = 100'000;
    if (explore_.program()) {
        outcome_ = std::make_unique<feed::OutcomeRuns>(explore_.program(), schedule);
        return set_notice("The program runs under this schedule");
    }
    if (!session_.setup()) return;
    feed::Setup setup = *session_.setup();
    setup.storage = session_.storage();
    setup.schedule = schedule;
    navigator_.halt();
    lesson_.close(session_);
    session_.restart(setup);
    extend(session_, max_handles);
    show_anew();
}

void Workspace::go_on_with_outcome() {
    if (!outcome_) return;
    const Status status = outcome_->poll();
    if (!is_over(status)) return;
    const std::unique_ptr<feed::OutcomeRuns> over = std::move(outcome_);
    if (status == Status::failed) return set_notice(over->error().message);
    navigator_.halt();
    lesson_.close(session_);
    session_.open(over->outcome());
    session_.go_to_head();
    if (const auto first = first_difference(session_, *over->ordinary()))
        session_.seek(session_.index().prints().event(*first));
    compare_.keep(over->ordinary());
    explore_.shows_outcome(session_);
    show_anew();
    set_notice("Its ordinary run is kept: 2 compares the two");
}

void Workspace::swap_with_kept() {
    navigator_.halt();
    compare_.swap(session_, frame_slice);
}

/// Returns a function that tells whether a print differs: from the kept run if one is shown, or else from the
/// run under any storage.
Navigator::Differs Workspace::differs() {
    if (compare_.shown() && compare_.kept().any()) {
        return
            [this](PrintIndex print) { return differ_at(side_of(session_), compare_.kept().side(), print); };
    }
    return [this](PrintIndex print) { return runs_.any_differs(session_, print); };
}

}  // namespace loopscope::panels
