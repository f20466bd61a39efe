// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "app/panels/command.hpp"
#include "app/panels/miss.hpp"
#include "app/panels/player.hpp"
#include "app/panels/timeline_panel.hpp"
#include "app/panels/undo_order.hpp"
#include "app/session/pursuit.hpp"
#include "app/session/search.hpp"

namespace loopscope::panels {

/// Moves the user about in a run: steps, playing, jumps, other storages and parameters, undo and redo. Long
/// work continues frame by frame and can be stopped. Used from the main thread only.
class Navigator {
  public:
    /// Returns whether a print differs from what it is compared with.
    using Differs = std::function<bool(PrintIndex)>;

    /// Navigates in a session and its timeline. REQUIRES: both outlive the navigator.
    Navigator(session::Session& session, TimelinePanel& timeline) : session_(session), timeline_(timeline) {}
    Navigator(const Navigator&) = delete;
    Navigator& operator=(const Navigator&) = delete;

    /// Carries out a command that moves the cursor; does nothing for any other.
    void step(Action action, const Differs& differs);
    /// Starts playing, from the start of the trace if the cursor is at its end; or pauses.
    void play();
    [[nodiscard]] Player& player() { return player_; }
    /// Undoes the last change of the session or of the view; with `again`, redoes the last one that was
    /// undone.
    void take_back(bool again);
    /// Returns and forgets what a command did not find. A step may continue for some frames before that is
    /// known.
    [[nodiscard]] std::optional<Miss> take_miss() { return std::exchange(miss_, std::nullopt); }
    /// Whether the view follows the cursor to where it jumps.
    enum class View : std::uint8_t { follows, stays };
    /// Puts the cursor on an event that the user chose; does nothing without one.
    void jump(std::optional<EventIndex> event, View view = View::follows);
    /// Puts the cursor on an event without any trace of that, for what begins there.
    void go_to(EventIndex event) {
        halt();
        session_.seek(event);
    }
    /// Goes to the next leak or stale read; after the last one of a program that is over, to the first one.
    void go_round(Action action);
    /// Puts the cursor on a print that the user chose; does nothing without one.
    void jump_to_print(std::optional<PrintIndex> print);
    /// Starts to search for a text, as session::Search does.
    void find(std::string text, session::Direction direction);
    /// Begins a search that is under way anew, for the session has more of the trace now.
    void search_anew() {
        if (search_) find(std::string(search_->text()), search_->direction());
    }
    /// Selects a storage for a variable, or for all. REQUIRES: the session can select.
    void select(trace::Storage storage, VariableId variable);
    /// Runs the program again with other parameters, up to the cursor's event. `begins`: this is the first of
    /// several changes that are undone together.
    void retry(const feed::Setup& setup, bool begins);

    /// Pauses playing and stops all work, which would go on from where the user no longer is.
    void halt();
    /// Stops all work.
    void stop();
    /// Returns whether work is under way: a step, a search, or a run to an event.
    [[nodiscard]] bool busy() const { return pursuit_ || search_ || session_.catching_up(); }
    /// Returns whether the work under way was started by this command.
    [[nodiscard]] bool busy_with(Action action) const { return busy() && asked_ == action; }
    /// Returns a sentence with the progress of the work. REQUIRES: busy() or waits().
    [[nodiscard]] std::string progress() const;
    /// Returns whether the work under way, or what plays, waits for the session's feed: there is nothing to
    /// draw until that has more, but to poll it now and then.
    [[nodiscard]] bool waits() const {
        return !session_.catching_up() &&
               (player_.waits() || (pursuit_ && pursuit_->status() == Status::waiting));
    }
    /// Returns whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const { return (player_.playing() || busy()) && !waits(); }

    /// Continues the work, or else plays. Called once a frame, before its layout; `passed` is the time since
    /// the last frame, in seconds.
    void tick(double passed);
    /// Records the changes that can be undone. Called once a frame, after everything else.
    void note() { order_.note(session_.remembered(), timeline_.moves()); }

  private:
    /// Extends the trace to the goal of a step, if it is not in the trace yet: a slice of the work now, and
    /// the rest frame by frame.
    void pursue(session::Pursuit::Goal goal, Action action);
    /// Returns the task whose steps are visited: the one that was clicked, or else the one that runs.
    [[nodiscard]] TaskId task_to_step() const;
    /// Returns the goal of a command that steps; nothing for any other command.
    [[nodiscard]] std::optional<session::Pursuit::Goal> goal_of(Action action, const Differs& differs) const;
    void go_on();
    /// Goes to the event that a search found, or records that it found nothing.
    void end_search();
    void arrive();

    session::Session& session_;
    TimelinePanel& timeline_;
    Player player_;
    UndoOrder order_;
    std::optional<session::Pursuit> pursuit_;
    std::optional<session::Search> search_;
    std::optional<Action> asked_;  // the command that started the work under way
    std::optional<Miss> miss_;
    bool plays_on_ = false;  // whether to play once the cursor is there
};

}  // namespace loopscope::panels
