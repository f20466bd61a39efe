// SPDX-License-Identifier: MIT
#include "app/session/session.hpp"

#include <algorithm>
#include <utility>

#include "core/feed/replay.hpp"

namespace loopscope::session {

Session::Session(const feed::Setup& setup) {
    adopt(std::make_unique<feed::ProgramFeed>(setup));
}

Session::Session(std::unique_ptr<feed::Feed> feed) {
    adopt(std::move(feed));
    go_to_start();
}

Session::Session(std::shared_ptr<feed::Branch> branch, feed::Annotations annotations)
    : annotations_(feed::in_order(std::move(annotations))) {
    adopt(std::move(branch));
    go_to_start();
}

void Session::move(EventIndex event) {
    cancel();
    cursor_ = std::clamp(event, first_event(), head());
}

void Session::seek(EventIndex event) {
    move(event);
}

Status Session::poll(const feed::Budget& budget) {
    if (over()) return status();
    if (!feed().is_running()) return resume(budget.time);
    branch_->feed->poll(budget);
    branch_->index.update(log());
    log().pack(log().end_index());
    return status();
}

Status Session::resume(TimeBudget time) {
    constexpr TimeBudget slice = std::chrono::milliseconds(8);  // about half of a frame
    if (!pending_replay_) {
        replay(feed().run_again(switches(), log().size()), TimeBudget(0),
               [](Session& session, std::shared_ptr<feed::Branch> branch) {
                   const std::uint64_t run = session.run_;
                   session.adopt(std::move(branch));
                   session.run_ = run;
               });
    }
    catch_up(std::min(time, slice));
    return catching_up() ? Status::waiting : status();
}

// Changes of branch: switches in the past, restarts, other parameters, undo.

void Session::adopt(std::shared_ptr<feed::Branch> branch) {
    if (branch_ && branch_ != branch) branch_->feed->rest();
    if (branch_ != branch) run_ = ++last_run_;
    branch_ = std::move(branch);
    cursor_ = std::clamp(cursor_, first_event(), head());
}

void Session::adopt(std::shared_ptr<feed::Feed> feed) {
    auto branch = std::make_shared<feed::Branch>(std::move(feed));
    branch->update();  // everything now, so that not even the first seek waits
    adopt(std::move(branch));
}

void Session::replay(std::unique_ptr<feed::Rerun> replay, TimeBudget budget, Completion arrive, bool begins) {
    pending_replay_.emplace(PendingReplay{std::move(replay), std::move(arrive), begins});
    catch_up(budget);
}

Status Session::catch_up(TimeBudget time) {
    if (!pending_replay_) return Status::ended;
    const Status status = pending_replay_->replay->poll(time);
    if (!is_over(status)) return status;
    PendingReplay over = *std::exchange(pending_replay_, std::nullopt);
    if (status == Status::failed)
        failure_ = over.replay->error().message;
    else
        over.arrive(*this, over.replay->take());
    return Status::ended;
}

Result<void> Session::can_select() const {
    if (held_) return fail("what comes next is what you are asked: answer first, then select a storage");
    const feed::Capabilities& can = feed().can();
    return at_head() && !over() ? can.select : can.fork;
}

Result<void> Session::can_select_one() const {
    const Result<void> can = can_select();
    return can ? feed().select_one() : can;
}

/// Returns whether the cursor is in the last handle of a live program, or behind it.
bool Session::is_in_last_handle() const {
    return feed().is_live() && !over() && index().handle_after(cursor_) == index().handles().end_index();
}

/// Returns whether reads after an event are answered by a storage: those of a variable, or of all.
bool Session::is_selected_at(EventIndex event, trace::Storage storage, VariableId variable) const {
    const trace::State& there = branch_->keyframes.seek(log(), event.value + 1);
    return storage == (variable ? index().storage_at(event, variable) : there.common_storage());
}

/// Returns the event at which a fork leaves the present run: the cursor, or the end of the handle around it.
EventIndex Session::fork_point() const {
    if (!feed().forks_between_handles()) return cursor_;
    const std::optional<HandleIndex> handle = index().handle_at(cursor_);
    return handle ? index().last_event(*handle) : first_event();
}

void Session::select(trace::Storage storage, TimeBudget budget, VariableId variable) {
    if (is_selected_at(cursor_, storage, variable) || !can_select()) return;
    if (!at_head() || over() || !feed().is_running()) return fork(storage, variable, budget);
    remember();
    branch_->feed->select(storage, variable);
    branch_->index.update(log());
    go_to_head();
}

void Session::fork(trace::Storage storage, VariableId variable, TimeBudget budget) {
    // At the end of a program that is over nothing is left to read; so that the choice has an effect, the
    // program runs again from the start.
    EventIndex cursor = at_head() && over() ? first_event() : fork_point();
    std::vector<feed::Switch> kept;
    for (const feed::Switch& change : switches()) {
        if (change.after < cursor) kept.push_back(change);
    }
    const bool ends_there = feed().is_live();
    // At the end, the program may have begun with the storage that is selected now.
    if (ends_there || !is_selected_at(cursor, storage, variable)) {
        kept.push_back({cursor, storage, variable});
        ++cursor;
    }
    replay(feed().run_again(kept, cursor.value + 1), budget,
           [cursor, ends_there](Session& session, std::shared_ptr<feed::Branch> branch) {
               session.remember();
               session.annotations_.keep_shared(session.log(), branch->feed->log());
               session.adopt(std::move(branch));
               session.move(ends_there ? session.head() : cursor);
           });
}

void Session::restart(const feed::Setup& setup) {
    open(std::make_unique<feed::ProgramFeed>(setup));
}

void Session::open(std::unique_ptr<feed::Feed> feed) {
    remember();
    annotations_ = {};
    adopt(std::shared_ptr<feed::Feed>(std::move(feed)));
    go_to_start();
}

void Session::open(std::shared_ptr<feed::Branch> branch, feed::Annotations annotations) {
    remember();
    annotations_ = feed::in_order(std::move(annotations));
    adopt(std::move(branch));
    go_to_start();
}

bool Session::complete(const std::shared_ptr<feed::Branch>& beginning, std::shared_ptr<feed::Branch> whole,
                       const feed::Annotations& of_file) {
    history_.replace(beginning, whole);
    if (branch_ != beginning) return false;
    const std::uint64_t run = run_;
    adopt(std::move(whole));
    run_ = run;
    annotations_.add(feed::in_order(of_file));
    return true;
}

void Session::retry(const feed::Setup& setup, const std::vector<feed::Switch>& switches, TimeBudget budget,
                    bool begins) {
    begins = begins || (pending_replay_ && pending_replay_->begins);
    const EventIndex event = cursor_;
    const bool at_start = event == first_event();
    const std::optional<PrintIndex> print = index().last_print(event);
    const auto arrive = [event, at_start, print, begins](Session& session,
                                                         std::shared_ptr<feed::Branch> branch) {
        if (begins) session.remember();
        session.annotations_.keep_shared(session.log(), branch->feed->log());
        session.adopt(std::move(branch));
        if (at_start) return session.go_to_start();
        if (event <= session.head()) return session.move(event);
        const auto& all = session.index().prints();
        if (!print || all.empty()) return session.go_to_head();
        session.move(all.event(std::min(*print, all.end_index() - 1)));
    };
    replay(std::make_unique<feed::Replay>(setup, switches, at_start ? 0 : event.value + 1), budget, arrive,
           begins);
}

HistoryEntry Session::here() const {
    if (!setup() || !feed().is_running()) return {branch_, {}, {}, log().size(), cursor_, annotations_, run_};
    return {{}, *setup(), switches(), log().size(), cursor_, annotations_, run_};
}

bool Session::runs(const HistoryEntry& entry) const {
    if (entry.branch) return entry.branch == branch_;
    return setup() && log().size() >= entry.length && entry.switches == switches() &&
           *entry.setup == *setup();
}

bool Session::return_to(History::Way way, TimeBudget budget) {
    const HistoryEntry* const next = history_.next(way);
    if (held_ || !next) return false;
    const auto arrive = [way](Session& session, std::shared_ptr<feed::Branch> branch) {
        HistoryEntry there = session.history_.take(way, session.here());
        // Annotations that were made since about the same trace stay.
        if (branch != session.branch_) session.annotations_ = std::move(there.annotations);
        session.adopt(std::move(branch));
        session.run_ = there.run;
        session.move(there.cursor);
    };
    if (next->branch)
        arrive(*this, next->branch);
    else if (runs(*next))
        arrive(*this, branch_);
    else
        replay(std::make_unique<feed::Replay>(*next->setup, next->switches, next->length), budget, arrive);
    return true;
}

}  // namespace loopscope::session
