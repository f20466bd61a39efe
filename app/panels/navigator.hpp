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

/// How the user gets about in a run: steps, playing, jumps, other storages and parameters, and back. What
/// runs for long goes on frame by frame, and can be stopped.
class Navigator {
  public:
    /// Whether a print differs from what it is compared with.
    using Differs = std::function<bool(std::size_t)>;

    /// The session and the timeline have to live as long.
    Navigator(session::Session& session, TimelinePanel& timeline) : session_(session), timeline_(timeline) {}
    Navigator(const Navigator&) = delete;
    Navigator& operator=(const Navigator&) = delete;

    /// Does what a command that moves the cursor says; nothing for any other.
    void step(Action action, const Differs& differs);
    /// Plays, from the start if it is over, or pauses.
    void play();
    [[nodiscard]] Player& player() { return player_; }
    /// Takes back what was done last, be it to the session or to the view, or does it again.
    void take_back(bool again);
    /// What a command has not found, once: a step may go on for some frames before that is known.
    [[nodiscard]] std::optional<Miss> take_miss() { return std::exchange(miss_, std::nullopt); }
    /// Puts the cursor on an event that the user chose, if there is one.
    void jump(std::optional<std::uint32_t> event);
    /// The same for a print.
    void jump_to_print(std::optional<std::size_t> place);
    /// Goes on to where a text is found, as session::Search looks for it.
    void find(std::string text, session::Direction direction);
    /// REQUIRES: the session can select.
    void select(trace::Storage storage);
    /// Goes over to other parameters, and on to where the cursor is. `begins`: the first of the changes that
    /// are taken back together.
    void retry(const session::Setup& setup, bool begins);

    /// Pauses, and gives up what is under way: it would go on from where the user is not any more.
    void halt();
    /// Gives up what is under way.
    void stop();
    /// Whether something runs on until it is where it was to go.
    [[nodiscard]] bool busy() const { return pursuit_ || search_ || session_.catching_up(); }
    /// Whether that is what a command has asked for.
    [[nodiscard]] bool busy_with(Action action) const { return busy() && asked_ == action; }
    /// How far that is, for the user. REQUIRES: busy().
    [[nodiscard]] std::string progress() const;
    /// Whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const { return player_.playing() || busy(); }

    /// Once a frame, before it is laid out. `passed`: seconds since the last one.
    void tick(double passed);
    /// Once a frame, when all is done: notes what can be taken back.
    void note() { order_.note(session_.remembered(), timeline_.moves()); }

  private:
    /// Runs on to what a step leads to, if it is not in the trace yet; a slice now, and others frame by
    /// frame.
    void pursue(session::Pursuit::Goal goal, Action action);
    /// The task whose steps are gone through: the one that was clicked, or else the one that runs.
    [[nodiscard]] TaskId task_to_step() const;
    /// Takes a step that needs no more of the trace than one handle. Gives whether it led anywhere.
    bool step_at_once(Action action);
    void go_on();
    /// Goes to what was found, or notes that nothing was.
    void end_search();
    void arrive();

    session::Session& session_;
    TimelinePanel& timeline_;
    Player player_;
    UndoOrder order_;
    std::optional<session::Pursuit> pursuit_;
    std::optional<session::Search> search_;
    std::optional<Action> asked_;  // what is under way was begun for
    std::optional<Miss> miss_;
    bool plays_on_ = false;  // once it is there
};

}  // namespace loopscope::panels
