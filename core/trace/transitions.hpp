// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/fifo.hpp"
#include "core/base/recent.hpp"
#include "core/base/result.hpp"
#include "core/base/spilled_bytes.hpp"
#include "core/trace/kinds.hpp"
#include "core/trace/log.hpp"
#include "core/trace/passed_over.hpp"

/// The rules for which event may follow which: what makes a sequence of events a trace. The loop keeps to
/// them, and files are checked for them.
namespace loopscope::trace {

/// The maximum number of tasks of a trace: the State and the Index of a trace have to fit into memory.
inline constexpr std::uint32_t max_tasks = 1u << 23;
/// The maximum of (tasks + 1) times variables in a trace.
inline constexpr std::uint64_t max_cells = std::uint64_t{1} << 26;
/// The maximum number of OS threads of a trace.
inline constexpr std::uint32_t max_threads = 1u << 10;
/// The maximum number of variables of a trace.
inline constexpr std::uint32_t max_variables = 1u << 16;
/// The maximum number of files that lines may be of.
inline constexpr std::uint32_t max_files = (1u << 16) - 1;
/// The maximum number of selections of a storage; a user makes them one at a time.
inline constexpr std::uint32_t max_selections = 1u << 12;
/// The latest loop time that an event may have: 146 years.
inline constexpr Time max_time{std::int64_t{1} << 62};

/// The limits for what takes more memory or time than its events do.
struct Room {
    /// The maximum number of bytes, estimated, that may be needed for tasks, their variables, items, tracks
    /// and counters, handles that are ready at once, and timers that run at once.
    std::uint64_t bytes = std::uint64_t{1} << 40;
    /// The maximum number of times that a waiting handle is passed over to find a handle behind it.
    std::uint64_t steps = std::uint64_t{1} << 40;
};

/// Checks a trace, event by event: every id, every string, every reference to an earlier event, and every
/// transition. State, Index and Log can take every event that a Checker accepts. Needs memory for tasks,
/// timers, items, tracks, reads and writes, not for other events.
class Checker {
  public:
    /// Checks the next event. `strings` is the number of strings that the trace has by now. The error says in
    /// one sentence what is wrong with which event; after an error the checker must not be used to check
    /// more.
    [[nodiscard]] Result<void> check(const Event& event, std::uint32_t strings) {
        return check(std::span(&event, 1), strings);
    }
    /// Checks the next events in order, as check(event, strings) checks one.
    [[nodiscard]] Result<void> check(std::span<const Event> events, std::uint32_t strings);

    /// Sets how much room there is for the trace, from now on.
    void allow(const Room& room) { room_ = room; }

    /// Allows the handles of an iteration to run in any order from now on, as in a schedule of the program's
    /// own (loop::Freedom::ready), and not only in the order in which they became ready.
    void allow_any_order() { any_order_ = true; }

    /// Returns the position in the run at which the next event would be.
    [[nodiscard]] Position position() const;
    /// Returns how many events were checked.
    [[nodiscard]] std::uint32_t size() const { return size_; }
    /// Returns what of the checked events only a later version knows, and which was passed over unchecked.
    [[nodiscard]] const PassedOver& passed_over() const { return passed_over_; }
    /// Returns whether check() failed because an event is of a later version, and not because the event is
    /// wrong.
    [[nodiscard]] bool needs_later_version() const { return needs_later_version_; }

  private:
    enum class Phase : std::uint8_t { ready, running, waiting, ended };
    struct Task {
        Phase phase = Phase::ready;
        bool begun = false;
        Wait wait = Wait::yield;
        std::uint32_t wait_for = 0;
        std::uint32_t layers = 1;       // of the chain map that it reads: those above, and its own
        std::uint32_t dict_layers = 1;  // of the dict that a factory made for it
    };
    struct Timer {
        enum class State : std::uint8_t { running, due, taken };
        std::uint32_t task = 0;
        Callback callback = Callback::user;
        State state : 2 = State::running;
        bool cancelled : 1 = false;
        bool named : 1 = false;
        std::uint16_t thread = 0;  // the thread whose loop has the timer: an index into loops_
    };
    /// A handle in the ready queue.
    struct Handle {
        enum class Kind : std::uint8_t { step, call, timer };
        Kind kind = Kind::step;
        Callback callback = Callback::user;
        std::uint32_t number = 0;  // of the task that is stepped or served; of the timer
        std::uint32_t name = 0;
    };
    /// The handle, the steps and the job that a thread is running.
    struct Turn {
        std::vector<std::uint32_t> steps;  // under way; each is an eager start inside the one before
        std::uint32_t last_ended = 0;      // the task whose step ended last within this handle
        std::uint32_t left = 0;            // of the iteration under way
        std::uint32_t job_of = 0;          // the task that its job serves
        bool in_callback = false;
        bool in_job = false;
    };
    /// The loop of a thread, and what the thread was doing when another one had its turn.
    struct Loop {
        Fifo<Handle> ready;
        std::uint32_t iteration = 0;
        std::uint32_t running_timers = 0;
        std::uint32_t dropped = 0;  // of its timers, those up to this number are gone
        Storage factory = Storage::context_shared;
        Turn turn;  // while another thread has its turn
    };
    struct Item {
        std::uint32_t queue = 0;
        bool taken = false;
    };
    struct Track {
        std::uint32_t open = 0;
        bool described = false;  // whether an argument has something to describe
        bool touched = false;    // whether a flow's argument has
    };
    /// The kind of event that has to come next, except for events that may be anywhere.
    enum class Awaited : std::uint8_t { nothing, eager_step, variable };
    // Each of these functions returns false if something is wrong, after a call of refuse() that says what.
    bool accept(const Event& event, std::uint32_t strings);
    template <int Number>
    bool accept_kind(const Event& event, std::uint32_t strings);
    bool pass_over(const Event& event);
    [[nodiscard]] std::string refusal(const Event& event) const;
    bool refuse(std::string why);
    bool check_time(const Event& event);
    bool check_field(const Event& event, Field field, std::uint32_t value, std::uint32_t strings);
    bool check_tail(const Event& event, const Rule& rule, std::uint32_t strings);
    bool check_wait(const Event& event);
    bool check_named(const Event& event);
    bool check_write(const Event& event);
    bool check_thing(const Event& event, Field field, std::uint32_t value);
    bool check_variable(const Event& event);
    bool check_failure(const Event& event);
    bool apply(const Event& event);
    bool iteration(const Event& event);
    bool step(const Event& event);
    bool eager_step(const Event& event);
    bool callback(const Event& event);
    bool skip(const Event& event);
    bool end_step(const Event& event);
    bool spawn(const Event& event);
    bool name(const Event& event);
    bool wake(const Event& event);
    bool timer_due(const Event& event);
    bool timer_cancel(const Event& event);
    void forget(const Timer& timer);
    void forget_timers();
    bool cancel(const Event& event);
    bool variable();

    bool thread(const Event& event);
    bool select();
    bool fail_with(const Event& event);
    bool abandon(const Event& event);
    bool drop(const Event& event);
    bool file(const Event& event);
    bool job(const Event& event);
    bool job_end(const Event& event);
    bool follows_set(const Event& event, std::uint32_t before);
    bool changed(const Event& event);
    bool inherit_dict(Task& made, const Task& parent);
    bool factory(const Event& event);
    bool put(const Event& event);
    bool take(const Event& event);
    bool add(std::uint32_t& count, std::uint64_t bytes, std::string_view what);
    bool track();
    bool describe(const Event& event);
    bool slice_end(const Event& event);
    bool flow(const Event& event);
    bool describe_flow(const Event& event);
    bool count(const Event& event);
    bool may_come(const Event& event);

    bool take_ready(const Event& event, Handle& taken);
    [[nodiscard]] bool fits(const Handle& handle, const Event& event) const;
    bool ready(const Event& event);
    bool make_ready(const Handle& handle);
    bool start_timer(const Event& event);
    bool step_over(std::size_t handles, std::string_view what = "its handles run in an order");
    bool hold(std::uint64_t bytes, std::string_view what);
    bool remember(std::uint8_t said);
    bool remember(VariableId variable);
    [[nodiscard]] std::uint8_t said_by(std::uint32_t event) const {
        return event < said_.size() ? said_[event] : std::uint8_t{0};
    }
    [[nodiscard]] std::uint32_t variable_said_by(std::uint32_t event) const;
    [[nodiscard]] bool is_gone(const Timer& timer, std::uint32_t number) const {
        return number <= loops_[timer.thread].dropped;
    }
    [[nodiscard]] Loop& loop() { return loops_[thread_]; }
    [[nodiscard]] Task& task(std::uint32_t number) { return tasks_[number - 1]; }
    [[nodiscard]] std::uint32_t running() const { return turn_.steps.empty() ? 0 : turn_.steps.back(); }
    [[nodiscard]] bool is_actor(std::uint32_t number) const {
        return number == running() || (number != 0 && (number == turn_.last_ended || number == turn_.job_of));
    }

    // The estimated bytes that State and Index need for a cell, an item and a track, beside its events.
    static constexpr std::uint64_t cell_bytes = 40;
    static constexpr std::uint64_t item_bytes = 60;
    static constexpr std::uint64_t track_bytes = 100;
    static constexpr std::size_t said_in_memory = std::size_t{32} << 20;
    static constexpr std::uint8_t a_read = 255;
    static constexpr std::uint8_t a_far_variable = 254;  // and all of higher numbers, which far_ has

    std::string wrong_;
    bool needs_later_version_ = false;
    PassedOver passed_over_;
    Room room_;
    std::uint64_t held_ = 0;    // bytes
    std::uint64_t passed_ = 0;  // waiting handles and layers, to find what is behind them
    std::uint64_t ready_ = 0;   // handles that are ready, on all threads
    std::uint64_t max_ready_ = 0;
    std::uint64_t running_timers_ = 0;
    std::uint64_t max_running_timers_ = 0;
    std::uint32_t selections_ = 0;
    std::uint32_t last_set_ = 0;     // the last `set`; 0: there was none
    std::uint32_t last_change_ = 0;  // the last `change`; 0: there was none
    std::uint32_t size_ = 0;
    Time clock_{0};
    std::uint32_t since_ = 0;
    bool any_order_ = false;
    bool over_ = false;
    Awaited awaited_ = Awaited::nothing;
    std::uint32_t eager_ = 0;   // the task that was spawned to be stepped at once, and has not been
    std::uint32_t failed_ = 0;  // the last event that named an exception, until something is said of it
    Turn turn_;                 // of the thread whose turn it is
    std::vector<Loop> loops_ = std::vector<Loop>(1);
    std::size_t thread_ = 0;  // the thread whose turn it is: an index into loops_
    std::vector<Task> tasks_;
    Recent<Timer> timers_;
    std::uint32_t variables_ = 0;
    // Of each event up to the last read or write: its variable, a_far_variable, a_read, or 0.
    SpilledBytes said_{said_in_memory};
    std::deque<std::pair<std::uint32_t, std::uint32_t>> far_;  // events, in order, and their variables
    std::deque<Item> items_;
    std::vector<Track> tracks_;
    std::uint32_t files_ = 1;
    std::uint32_t connections_ = 0;
    std::uint32_t counters_ = 0;
    std::uint32_t flows_ = 0;
};

/// Checks a whole log, as a Checker does, with the default Room.
[[nodiscard]] Result<void> check(const Log& log);

}  // namespace loopscope::trace
