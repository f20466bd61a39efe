#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/session/history.hpp"
#include "app/session/stops.hpp"
#include "core/explain/facts.hpp"
#include "core/feed/annotations.hpp"
#include "core/feed/branch.hpp"
#include "core/feed/replay.hpp"
#include "core/trace/limits.hpp"

namespace loopscope::session {

enum class Direction : std::int8_t { back = -1, forward = 1 };

/// What a user does with a run: moves a cursor over its trace, has the feed extend it, switches the
/// storage, takes things back. What leads to where the cursor goes is a `Pursuit`.
///
/// Belongs to one thread. Nothing that it does waits for a feed.
///
/// INVARIANT: first_event <= cursor() <= head(). Everything that is shown is computed from the trace up to
/// the cursor.
class Session {
  public:
    /// How long a call may run the program again for before it returns. What is left then is `catch_up`'s:
    /// until it is there, all is as it was before the call.
    using TimeBudget = std::chrono::nanoseconds;
    static constexpr TimeBudget unlimited = TimeBudget::max();

    /// Runs one of our own programs.
    explicit Session(const feed::Setup& setup);
    /// Shows what a feed has.
    explicit Session(std::unique_ptr<feed::Feed> feed);
    /// Goes over to what a file had.
    explicit Session(std::shared_ptr<feed::Branch> branch, feed::Annotations annotations = {});

    [[nodiscard]] const trace::Log& log() const { return branch_->feed->log(); }
    [[nodiscard]] const trace::Index& index() const { return branch_->index; }
    /// What it shows, for those who go on with it while the session goes elsewhere.
    [[nodiscard]] std::shared_ptr<const feed::Branch> branch() const { return branch_; }
    [[nodiscard]] const feed::Feed& feed() const { return *branch_->feed; }
    /// What is run; null: no program of ours, but a recording.
    [[nodiscard]] const feed::Setup* setup() const { return branch_->feed->setup(); }
    [[nodiscard]] feed::About about() const { return branch_->feed->about(); }
    /// The last event that has happened, as the user sees it.
    [[nodiscard]] std::uint32_t cursor() const { return cursor_; }
    /// The last event there is.
    [[nodiscard]] std::uint32_t head() const { return log().size() - 1; }
    [[nodiscard]] std::uint32_t first_event() const { return branch_->feed->first_event(); }
    [[nodiscard]] bool at_head() const { return cursor_ == head(); }
    /// What polling comes to: as the feed says, or `ended` where the trace is held or full.
    [[nodiscard]] Status status() const { return held_ || full() ? Status::ended : branch_->feed->status(); }
    /// Whether the program is over, or held: the trace cannot be extended.
    [[nodiscard]] bool over() const { return is_over(status()); }
    /// Whether the trace is as long as one may be (1.6 GB), while the program is not over: it stops there.
    [[nodiscard]] bool full() const { return log().size() >= trace::max_events && !branch_->feed->over(); }
    /// Whether the program is over and the cursor at its end.
    [[nodiscard]] bool at_end() const { return at_head() && over(); }
    /// The loop and its tasks after the event at the cursor. Valid until the session changes.
    [[nodiscard]] const trace::State& state() const { return branch_->keyframes.seek(log(), cursor_ + 1); }
    /// Returns the same after the last event there is.
    [[nodiscard]] const trace::State& state_at_head() const {
        return branch_->keyframes.seek(log(), log().size());
    }
    /// All that is known at the cursor, for those who put it into words. Valid until the session changes.
    [[nodiscard]] explain::Facts facts() const { return {log(), index(), state(), cursor_}; }
    /// The storage that reads are answered by at the cursor.
    [[nodiscard]] trace::Storage storage() const { return index().storage_at(cursor_); }
    /// The storages that were switched to after the start, in order, with the event after which it happened.
    [[nodiscard]] const std::vector<feed::Switch>& switches() const { return branch_->feed->switches(); }

    /// Returns where steps lead, as far as the trace goes. Valid until the session changes.
    [[nodiscard]] Stops stops() const { return {index(), first_event()}; }
    void go_to_start() { move(first_event()); }
    void go_to_head() { move(head()); }
    /// Puts the cursor on an event of the trace, or the nearest that there is.
    void seek(std::uint32_t event);
    /// Has the feed extend the trace within the budget, and learns what is in it; the cursor stays. Never
    /// blocks. Returns status().
    Status poll(const feed::Budget& budget);

    /// Reads after the cursor are answered by `storage`. At the head the run just goes on with it; in the
    /// past it forks: the program runs again to the cursor and stops there, so what came after is gone (until
    /// undo). Does nothing if it is selected. REQUIRES: can_select().
    void select(trace::Storage storage, TimeBudget budget = unlimited);
    /// Whether storages can be selected; the error says why not.
    [[nodiscard]] Result<void> can_select() const;
    /// Whether selecting a storage now would fork.
    [[nodiscard]] bool would_fork() const { return !at_head(); }
    /// While a run is held, what comes after its head stays unknown: nothing extends the trace, switches the
    /// storage or takes something back. For questions about what comes next.
    void hold(bool held) { held_ = held; }
    [[nodiscard]] bool held() const { return held_; }
    /// Starts over with another setup.
    void restart(const feed::Setup& setup);
    /// Goes over to another trace, at its start.
    void open(std::unique_ptr<feed::Feed> feed);
    void open(std::shared_ptr<feed::Branch> branch, feed::Annotations annotations = {});
    /// The same, and goes on to where the cursor is: to the same event, or, where the new trace ends before
    /// that, to the print of the same number. Makes the switches given, no others. Can be taken back to what
    /// was `remember`ed last; `begins` remembers where it is now, so that dragging a control is one change.
    void retry(const feed::Setup& setup, const std::vector<feed::Switch>& switches = {},
               TimeBudget budget = unlimited, bool begins = false);

    /// What is written about this trace. A fork takes with it what is about the past that it shares; undo
    /// comes back to what was there.
    [[nodiscard]] const feed::Annotations& annotations() const { return annotations_; }
    /// Writes a text at an event; an empty one takes its mark away.
    void mark(std::uint32_t event, const std::string& text) { annotations_.mark(event, text); }

    /// Takes back, or repeats, the last switch, fork, restart or jump. Gives false if there is none.
    bool undo(TimeBudget budget = unlimited) { return return_to(History::Way::undo, budget); }
    bool redo(TimeBudget budget = unlimited) { return return_to(History::Way::redo, budget); }
    /// Remembers the cursor, so that a jump from here can be taken back.
    void remember() { history_.remember(here()); }
    /// How often something was remembered.
    [[nodiscard]] std::uint64_t remembered() const { return history_.remembered(); }

    /// Whether the program is on its way to what a call has asked for. Whoever moves the cursor meanwhile
    /// gives that up.
    [[nodiscard]] bool catching_up() const { return pending_replay_.has_value(); }
    /// What it will run then; null as for setup().
    [[nodiscard]] const feed::Setup* wanted_setup() const {
        return pending_replay_ ? &pending_replay_->replay.setup() : setup();
    }
    /// How much of the way it has behind it, from 0 to 1.
    [[nodiscard]] double progress() const { return pending_replay_ ? pending_replay_->replay.progress() : 1; }
    /// Goes on for about `time`. Returns `ended` once it is there.
    Status catch_up(TimeBudget time);
    /// Stops that: all stays as it was before the call.
    void cancel() { pending_replay_.reset(); }

  private:
    /// What is to be done with a branch once it is there.
    using Completion = std::function<void(Session&, std::shared_ptr<feed::Branch>)>;
    struct PendingReplay {
        feed::Replay replay;
        Completion arrive;
        bool begins = false;  // a change, of which there may be more
    };

    void move(std::uint32_t event);
    [[nodiscard]] HistoryEntry here() const;
    [[nodiscard]] bool runs(const HistoryEntry& entry) const;
    bool return_to(History::Way way, TimeBudget budget);
    void replay(const feed::Setup& setup, const std::vector<feed::Switch>& switches, std::uint32_t length,
                TimeBudget budget, Completion arrive, bool begins = false);
    void adopt(std::shared_ptr<feed::Branch> branch);
    void adopt(std::shared_ptr<feed::Feed> feed);

    std::shared_ptr<feed::Branch> branch_;  // never null
    std::optional<PendingReplay> pending_replay_;
    std::uint32_t cursor_ = 0;
    feed::Annotations annotations_;
    bool held_ = false;
    History history_;
};

}  // namespace loopscope::session
