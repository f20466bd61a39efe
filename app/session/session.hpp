// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/session/history.hpp"
#include "app/session/stops.hpp"
#include "core/explain/facts.hpp"
#include "core/feed/annotations.hpp"
#include "core/feed/branch.hpp"
#include "core/feed/program_feed.hpp"
#include "core/feed/rerun.hpp"
#include "core/trace/limits.hpp"

namespace loopscope::session {

enum class Direction : std::int8_t { back = -1, forward = 1 };

/// A user's work with a run: moves a cursor over its trace, has the feed extend it, switches the storage, and
/// takes changes back. A `Pursuit` finds the events that the cursor goes to.
///
/// Used from one thread. No call waits for a feed.
///
/// INVARIANT: first_event() <= cursor() <= head(). Everything that is shown is computed from the trace up to
/// the cursor.
class Session {
  public:
    /// How long a call may run the program again before it returns. catch_up() runs the rest; until it is
    /// done, everything is as it was before the call.
    using TimeBudget = std::chrono::nanoseconds;
    static constexpr TimeBudget unlimited = TimeBudget::max();

    /// Makes a session that runs one of Loopscope's programs.
    explicit Session(const feed::Setup& setup);
    /// Makes a session that shows the trace of a feed.
    explicit Session(std::unique_ptr<feed::Feed> feed);
    /// Makes a session that shows a branch, such as one that was opened from a file.
    explicit Session(std::shared_ptr<feed::Branch> branch, feed::Annotations annotations = {});

    [[nodiscard]] const trace::Log& log() const { return branch_->feed->log(); }
    [[nodiscard]] const trace::Index& index() const { return branch_->index; }
    /// Returns the number of the run or the trace that is shown, which grows with each that is opened, run
    /// anew or forked; undo restores it, though it may run the program again for that.
    [[nodiscard]] std::uint64_t run() const { return run_; }
    /// Returns the branch that is shown, for work on it that goes on after the session shows another one.
    [[nodiscard]] std::shared_ptr<feed::Branch> branch() const { return branch_; }
    [[nodiscard]] const feed::Feed& feed() const { return *branch_->feed; }
    /// Returns the setup that is run; null: the session shows a recording.
    [[nodiscard]] const feed::Setup* setup() const { return branch_->feed->setup(); }
    [[nodiscard]] feed::About about() const { return branch_->feed->about(); }
    /// Returns the last event that has happened from the user's point of view.
    [[nodiscard]] EventIndex cursor() const { return cursor_; }
    /// Returns the last event of the trace.
    [[nodiscard]] EventIndex head() const { return log().end_index() - 1; }
    [[nodiscard]] EventIndex first_event() const { return branch_->feed->first_event(); }
    /// Returns whether nothing has run after the cursor. Of a live program the handle at the cursor has run
    /// as a whole, whatever of it the cursor is at.
    [[nodiscard]] bool at_head() const { return cursor_ == head() || is_in_last_handle(); }
    /// Returns the feed's status, or `ended` if the run is held or the trace is full.
    [[nodiscard]] Status status() const { return held_ || full() ? Status::ended : branch_->feed->status(); }
    /// Returns whether the trace cannot be extended: the program is over, the run is held, or the trace is
    /// full.
    [[nodiscard]] bool over() const { return is_over(status()); }
    /// Returns whether the trace cannot grow any more (Log::full) while the program is not over; the program
    /// stops there.
    [[nodiscard]] bool full() const { return log().full() && !branch_->feed->over(); }
    /// Returns whether the cursor is at the head and the trace cannot be extended.
    [[nodiscard]] bool at_end() const { return at_head() && over(); }
    /// Returns the state of the loop and its tasks after the event at the cursor. Valid until the session
    /// changes.
    [[nodiscard]] const trace::State& state() const {
        return branch_->keyframes.seek(log(), cursor_.value + 1);
    }
    /// Returns the state of the loop and its tasks after the last event. Valid until the session changes.
    [[nodiscard]] const trace::State& state_at_head() const {
        return branch_->keyframes.seek(log(), log().size());
    }
    /// Returns all that is known at the cursor, to be put into words. Valid until the session changes.
    [[nodiscard]] explain::Facts facts() const { return {log(), index(), state(), cursor_}; }
    /// Returns the storage that reads are answered by at the cursor.
    [[nodiscard]] trace::Storage storage() const { return index().storage_at(cursor_); }
    /// Returns whether storages are of interest: the program can be run with each of them, or the recording
    /// has variables.
    [[nodiscard]] bool has_storages() const { return setup() || !index().variables().empty(); }
    /// Returns the switches of storage after the start, in order, each with the event that it follows.
    [[nodiscard]] const std::vector<feed::Switch>& switches() const { return branch_->feed->switches(); }

    /// Returns the events that steps lead to, as far as the trace goes. Valid until the session changes.
    [[nodiscard]] Stops stops() const { return {index(), first_event()}; }
    void go_to_start() { move(first_event()); }
    void go_to_head() { move(head()); }
    /// Puts the cursor on an event of the trace, or on the nearest one that the trace has. Cancels a pending
    /// replay.
    void seek(EventIndex event);
    /// Has the feed extend the trace within the budget, and indexes the new events; the cursor stays. Never
    /// blocks. Returns status().
    Status poll(const feed::Budget& budget);

    /// Has reads after the cursor be answered by `storage`: those of a variable, or without one those of all
    /// that are switched together. At the head the run goes on with it. In the past it forks: the program
    /// runs again to the cursor, a live one to the end of the handle around it, and stops there, so that the
    /// later events are gone (until undo). At the end of a program that is over, the program runs again from
    /// its start. Does nothing if the storage is selected already. REQUIRES: can_select(), and
    /// can_select_one() for a variable.
    void select(trace::Storage storage, TimeBudget budget = unlimited, VariableId variable = {});
    /// Returns whether storages can be selected; the error says why not.
    [[nodiscard]] Result<void> can_select() const;
    /// Returns whether a storage can be selected for one variable; the error says why not.
    [[nodiscard]] Result<void> can_select_one() const;
    /// Returns whether the cursor is in the past, so that selecting a storage would fork.
    [[nodiscard]] bool would_fork() const { return !at_head(); }
    /// Holds the run, or releases it. While it is held, what follows its head stays unknown: nothing extends
    /// the trace, switches the storage, or takes a change back. For questions about what comes next.
    void hold(bool held) { held_ = held; }
    [[nodiscard]] bool held() const { return held_; }
    /// Runs another setup from its start. Can be undone.
    void restart(const feed::Setup& setup);
    /// Shows another trace, at its start. Can be undone.
    void open(std::unique_ptr<feed::Feed> feed);
    void open(std::shared_ptr<feed::Branch> branch, feed::Annotations annotations = {});
    /// Puts the whole of a trace in the place of its beginning, here and in what undo returns to; the cursor
    /// stays, and so does what was written, beside what the file says. Returns whether the beginning was
    /// shown, so that the whole is now. REQUIRES: `whole` begins with the events of `beginning`.
    bool complete(const std::shared_ptr<feed::Branch>& beginning, std::shared_ptr<feed::Branch> whole,
                  const feed::Annotations& of_file);
    /// Runs another setup, with exactly the switches given, up to the cursor's event; if the new trace ends
    /// before that, the cursor goes to the print with the same number. Undo returns to the state that was
    /// remembered last; `begins` remembers the present state first, so that dragging a control is one change.
    void retry(const feed::Setup& setup, const std::vector<feed::Switch>& switches = {},
               TimeBudget budget = unlimited, bool begins = false);

    /// Returns what the user has written about this trace. A fork keeps what is about the events that it
    /// shares; undo restores what was there.
    [[nodiscard]] const feed::Annotations& annotations() const { return annotations_; }
    /// Writes a text at an event; an empty one removes the event's mark.
    void mark(EventIndex event, const std::string& text) { annotations_.mark(event, text); }

    /// Takes back (undo) or repeats (redo) the last switch, fork, restart or jump. Returns false if there is
    /// none or the run is held.
    bool undo(TimeBudget budget = unlimited) { return return_to(History::Way::undo, budget); }
    bool redo(TimeBudget budget = unlimited) { return return_to(History::Way::redo, budget); }
    /// Remembers the present state, so that a jump from here can be taken back.
    void remember() { history_.remember(here()); }
    /// Returns how many times a state was remembered.
    [[nodiscard]] std::uint64_t remembered() const { return history_.remembered(); }

    /// Returns whether the program runs again to fulfil a call. Moving the cursor cancels that.
    [[nodiscard]] bool catching_up() const { return pending_replay_.has_value(); }
    /// Returns the setup that will be run once the pending replay is done, or setup() if none is pending.
    [[nodiscard]] const feed::Setup* wanted_setup() const {
        return pending_replay_ ? pending_replay_->replay->setup() : setup();
    }
    /// Returns how much of the pending replay is done, from 0 to 1.
    [[nodiscard]] double progress() const {
        return pending_replay_ ? pending_replay_->replay->progress() : 1;
    }
    /// Continues the pending replay for about `time`. Returns `ended` once it is done or none is pending.
    Status catch_up(TimeBudget time);
    /// Cancels the pending replay: everything stays as it was before the call.
    void cancel() { pending_replay_.reset(); }
    /// Returns and forgets why the last replay did not come to its end, as a sentence; empty: it did.
    [[nodiscard]] std::string take_failure() { return std::exchange(failure_, {}); }
    /// Has a live program stand still until the next poll, and shows what it does by itself.
    void rest() {
        branch_->feed->rest();
        branch_->index.update(log());
    }

  private:
    /// A function that is called with the branch once its replay is done.
    using Completion = std::function<void(Session&, std::shared_ptr<feed::Branch>)>;
    struct PendingReplay {
        std::unique_ptr<feed::Rerun> replay;
        Completion arrive;
        bool begins = false;  // whether the present state is remembered before the new one is shown
    };

    void move(EventIndex event);
    /// Runs a saved run again up to its head for about `time`, at most half of a frame. Returns `waiting`
    /// while it is not there; then the session shows the run instead.
    Status resume(TimeBudget time);
    [[nodiscard]] HistoryEntry here() const;
    [[nodiscard]] bool runs(const HistoryEntry& entry) const;
    bool return_to(History::Way way, TimeBudget budget);
    void replay(std::unique_ptr<feed::Rerun> replay, TimeBudget budget, Completion arrive,
                bool begins = false);
    void fork(trace::Storage storage, VariableId variable, TimeBudget budget);
    [[nodiscard]] bool is_selected_at(EventIndex event, trace::Storage storage, VariableId variable) const;
    [[nodiscard]] EventIndex fork_point() const;
    [[nodiscard]] bool is_in_last_handle() const;
    void adopt(std::shared_ptr<feed::Branch> branch);
    void adopt(std::shared_ptr<feed::Feed> feed);

    std::shared_ptr<feed::Branch> branch_;  // never null
    std::optional<PendingReplay> pending_replay_;
    EventIndex cursor_;
    feed::Annotations annotations_;
    bool held_ = false;
    std::uint64_t run_ = 0;
    std::uint64_t last_run_ = 0;
    History history_;
    std::string failure_;
};

}  // namespace loopscope::session
