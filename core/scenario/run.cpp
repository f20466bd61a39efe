// SPDX-License-Identifier: MIT
#include "core/scenario/run.hpp"

#include <algorithm>
#include <optional>

#include "core/base/os_thread.hpp"
#include "core/task/runner.hpp"

namespace loopscope::scenario {

using trace::Ending;
using trace::Kind;
using trace::tagged;

namespace {

Failure::Kind kind_of(loop::Unhandled::Kind kind) {
    using From = loop::Unhandled::Kind;
    switch (kind) {
        case From::callback: return Failure::Kind::callback;
        case From::never_retrieved:
        case From::shielded: return Failure::Kind::never_retrieved;
        case From::shutdown:
        case From::generator: return Failure::Kind::shutdown;
        case From::guard: return Failure::Kind::guard;
        case From::program: return Failure::Kind::program;
    }
    __builtin_unreachable();
}

}  // namespace

/// An OS thread with its loop, and the future that the loop runs until. Everything that the loop does, it
/// does on this thread.
class Run::Thread {
  public:
    /// Calls `start` on the thread: the calling thread, or a new OS thread, which ends with this object.
    Thread(bool is_caller, const std::function<void(Thread&)>& start)
        : os_(is_caller ? nullptr : std::make_unique<OsThread>()) {
        call([&] { start(*this); });
    }
    Thread(const Thread&) = delete;
    Thread& operator=(const Thread&) = delete;
    ~Thread() {
        call([this] {
            main_ = {};
            closing_.reset();
            loop_.reset();
        });
    }

    void begin(trace::Sink& sink, context::Storages& storages, const loop::EventLoop::Options& options,
               const loop::TraceThread& thread) {
        thread_ = thread;
        loop_.emplace(sink, storages, options);
        loop_->set_thread(thread.number, thread.name);
        closing_.emplace(*loop_);
    }
    void wait_for(AnyFuture main) {
        main_ = std::move(main);
        task::stop_when_done(*main_);
    }
    /// Begins what asyncio.run does next, now that the loop has stopped, if anything is left to do.
    void go_on_closing() {
        call([&] {
            const loop::EventLoop::Around around(*loop_);
            const AnyFuture stage = closing_->next();
            if (!stage) return;
            loop_->go_on();
            task::stop_when_done(*stage);
        });
    }
    loop::Progress run_once() {
        loop::Progress progress{};
        call([&] { progress = loop_->run_once(); });
        return progress;
    }

    [[nodiscard]] loop::EventLoop& loop() { return *loop_; }
    [[nodiscard]] const task::FutureCore& main() const { return *main_; }
    [[nodiscard]] const loop::TraceThread& in_trace() const { return thread_; }
    /// Returns whether the loop has stopped, after a whole iteration.
    [[nodiscard]] bool stopped() const { return loop_->stopping() && loop_->left_in_iteration() == 0; }

  private:
    void call(const std::function<void()>& job) {
        if (os_)
            os_->run(job);
        else
            job();
    }

    loop::TraceThread thread_;
    std::unique_ptr<OsThread> os_;
    std::optional<loop::EventLoop> loop_;
    std::optional<task::Closing> closing_;
    AnyFuture main_;
};

Run::Run(const Program& program, const Arguments& arguments, trace::Storage storage, trace::Sink& sink,
         loop::Chooser* chooser)
    : sink_(sink), arguments_(arguments), chooser_(chooser), closes_loops_(program.closes_loops) {
    sink_.emit(Kind::begin, 0, sink_.intern(program.name).value);
    select(storage);
    begin_thread(program.other_threads.empty() ? "" : main_thread, program.start);
    for (const ThreadStart& other : program.other_threads) begin_thread(other.name, other.start);
}

Run::~Run() = default;

void Run::begin_thread(std::string_view name, Start start) {
    const StringId id = name.empty() ? StringId{} : sink_.intern(name);
    turn_ = threads_.size();
    const bool is_caller = turn_ == 0;
    const std::uint32_t number = is_caller ? 1 : sink_.next_thread();
    if (id) sink_.emit(Kind::thread, number, id.value);
    threads_.push_back(std::make_unique<Thread>(is_caller, [&](Thread& thread) {
        thread.begin(sink_, storages_, {arguments_.duration("step-cost"), asyncio_of(arguments_)},
                     {number, id});
        thread.loop().set_chooser(chooser_);
        thread.loop().set_exception_handler([this](const loop::Unhandled& unhandled) { note(unhandled); });
        const loop::EventLoop::Around around(thread.loop());
        thread.wait_for(start(thread.loop(), arguments_));
    }));
}

const loop::EventLoop& Run::loop() const {
    return current().loop();
}

bool Run::advance() {
    if (over_) return false;
    if (current().loop().left_in_iteration() == 0 && !pass_turn()) {
        end(loop::Progress::deadlock);
        return false;
    }
    const loop::Progress progress = current().run_once();
    if (progress == loop::Progress::deadlock) end(progress);
    if (closes_loops_ && !over_ && current().stopped()) current().go_on_closing();
    // A loop's last iteration ends its run: handles that it made ready never run.
    const bool all_stopped =
        std::ranges::all_of(threads_, [](const auto& thread) { return thread->stopped(); });
    if (!over_ && all_stopped) end(loop::Progress::stopped);
    return !over_;
}

/// Passes the turn to the thread whose loop has something to run first. Returns false if no loop will ever
/// have.
bool Run::pass_turn() {
    if (threads_.size() == 1) return true;  // its loop detects a deadlock by itself
    std::optional<std::size_t> next;
    Time earliest{0};
    for (std::size_t step = 1; step <= threads_.size(); ++step) {
        const std::size_t thread = (turn_ + step) % threads_.size();
        if (threads_[thread]->stopped()) continue;
        const std::optional<Time> time = threads_[thread]->loop().next_time();
        if (!time) continue;
        const Time at = std::max(*time, loop().time());  // what was due earlier is due now
        if (next && at >= earliest) continue;
        next = thread;
        earliest = at;
    }
    if (next) take_turn(*next);
    return next.has_value();
}

void Run::take_turn(std::size_t thread) {
    if (thread == turn_) return;
    const Time now = loop().time();
    turn_ = thread;
    sink_.emit(Kind::thread, current().in_trace().number, current().in_trace().name.value);
    current().loop().advance_to(now);
}

void Run::select(trace::Storage storage) {
    storages_.select(storage);
    sink_.emit(Kind::storage, 0, 0, tagged(storage));
}

/// Returns how a thread's part of the program ended. REQUIRES: no loop runs any more.
Ending Run::ending_of(const Thread& thread) const {
    const task::FutureCore& main = thread.main();
    if (main.cancelled()) return Ending::cancelled;
    if (!main.done()) return Ending::stopped;
    return main.exception() ? Ending::exception : Ending::ok;
}

void Run::note(const loop::Unhandled& unhandled) {
    if (failures_.noted.size() >= Failures::max_noted) {
        ++failures_.more;
        return;
    }
    failures_.noted.push_back({kind_of(unhandled.kind), unhandled.task,
                               std::string(sink_.strings()[unhandled.callback]),
                               exception_text(unhandled.exception)});
}

void Run::note_main(const Thread& thread, Ending ending) {
    const task::FutureCore& main = thread.main();
    // The message of run_until_complete (Lib/asyncio/base_events.py).
    std::string what = "RuntimeError: Event loop stopped before Future completed.";
    if (ending == Ending::exception) what = exception_text(main.exception());
    if (ending == Ending::cancelled) what = "CancelledError";
    const TaskId task{main.wait_kind() == trace::Wait::task ? main.known_number() : 0};
    failures_.noted.push_back({Failure::Kind::main, task, {}, std::move(what)});
}

void Run::end(loop::Progress progress) {
    over_ = true;
    const bool deadlock = progress == loop::Progress::deadlock;
    // Asked for first: asking retrieves an exception, so that it is not reported below as never retrieved.
    std::vector<Ending> endings;
    for (const std::unique_ptr<Thread>& thread : threads_) endings.push_back(ending_of(*thread));
    for (const std::unique_ptr<Thread>& thread : threads_) thread->loop().give_up_unretrieved();
    Ending ending = deadlock ? Ending::deadlock : Ending::ok;
    StringId name;
    for (std::size_t each = 0; each < threads_.size(); ++each) {
        const bool waits = deadlock && endings[each] == Ending::stopped;
        if (endings[each] != Ending::ok && !waits) note_main(*threads_[each], endings[each]);
        if (ending != Ending::ok) continue;
        ending = endings[each];
        if (ending == Ending::exception)
            name = sink_.intern(exception_name(threads_[each]->main().exception()));
    }
    sink_.emit(Kind::end, 0, name.value, tagged(ending));
}

}  // namespace loopscope::scenario
