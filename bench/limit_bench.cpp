// SPDX-License-Identifier: MIT
// Measures the lower bounds of an event loop's costs: `limit_bench bare|recorded|pooled WORKLOAD SECONDS`.
//
// bare:     coroutines resumed in a circle, a binary heap, a frame from malloc; no events
// recorded: bare with one event for each item, as in a trace
// pooled:   bare with frames from the core's pool

#include <coroutine>
#include <memory>
#include <optional>
#include <queue>
#include <utility>

#include "bench/measure.hpp"
#include "core/base/pool.hpp"
#include "core/trace/block.hpp"

namespace {

using namespace loopscope;
using namespace loopscope::bench;

struct Malloced {};

/// The smallest possible coroutine.
template <class Memory>
struct Bare {
    struct promise_type : Memory {
        Bare get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
        [[nodiscard]] std::suspend_always final_suspend() const noexcept { return {}; }
        void return_void() const {}
        void unhandled_exception() const { std::abort(); }
    };
    std::coroutine_handle<> frame;
};

/// Events in blocks that are reused, as in trace::Log.
class Records {
  public:
    void add(std::uint32_t subject) {
        if (next_ == end_) [[unlikely]] {
            blocks_.push_back(trace::take_block());
            next_ = blocks_.back().get();
            end_ = next_ + trace::block_events;
        }
        *next_++ = trace::Event{1, subject, 2, 3};
    }

  private:
    trace::Event* next_ = nullptr;
    trace::Event* end_ = nullptr;
    std::vector<trace::Block> blocks_;
};

/// A log for workloads that are not recorded.
struct Nowhere {
    void add(std::uint32_t) {}
};

Bare<Malloced> yielding(int count) {
    for (; count > 0; --count) co_await std::suspend_always();
}

template <class Memory>
Bare<Memory> nothing() {
    co_return;
}

/// Measures W1: coroutines in an array, resumed one after the other.
template <class Log>
double switch_time() {
    std::vector<std::coroutine_handle<>> frames;
    frames.reserve(yielding_tasks);
    for (int at = 0; at < yielding_tasks; ++at) frames.push_back(yielding(yields_each).frame);
    Log log;
    const double time = time_of([&] {
        for (int round = 0; round < yields_each; ++round) {
            std::uint32_t number = 0;
            for (const auto frame : frames) {
                log.add(++number);
                frame.resume();
            }
        }
    });
    for (const auto frame : frames) frame.destroy();
    return time / (yielding_tasks * yields_each);
}

/// Measures W2: a binary heap that every index passes through ten times.
double timer_time() {
    using Entry = std::pair<std::int64_t, std::uint32_t>;
    Random random;
    std::vector<int> left(sleeping_tasks, sleeps_each);
    const double time = time_of([&] {
        std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap;
        for (std::uint32_t at = 0; at < sleeping_tasks; ++at) heap.emplace(random.up_to(max_sleep), at);
        while (!heap.empty()) {
            const auto [deadline, at] = heap.top();
            heap.pop();
            if (--left[at] > 0) heap.emplace(deadline + random.up_to(max_sleep), at);
        }
    });
    return time / (sleeping_tasks * sleeps_each);
}

/// Measures W3: a frame is made, resumed to its end, and destroyed; 1,000 at a time.
template <class Memory>
double task_time() {
    std::vector<std::coroutine_handle<>> frames(task_batch);
    const double time = time_of([&] {
        for (int batch = 0; batch < task_batches; ++batch) {
            for (auto& frame : frames) frame = nothing<Memory>().frame;
            for (const auto frame : frames) frame.resume();
            for (const auto frame : frames) frame.destroy();
        }
    });
    return time / (task_batch * task_batches);
}

/// Resumes the other coroutine.
struct HandOver {
    std::coroutine_handle<>& mine;
    std::coroutine_handle<>& other;

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    [[nodiscard]] std::coroutine_handle<> await_suspend(std::coroutine_handle<> self) const noexcept {
        mine = self;
        return other;
    }
    void await_resume() const noexcept {}
};

template <class Log>
Bare<Malloced> playing(std::coroutine_handle<>& mine, std::coroutine_handle<>& other, Log& log, int count) {
    for (; count > 0; --count) {
        log.add(7);
        co_await HandOver{mine, other};
    }
}

/// Measures W4: two coroutines that resume each other (symmetric transfer).
template <class Log>
double hand_over_time() {
    Log log;
    std::coroutine_handle<> first;
    std::coroutine_handle<> second;
    const auto one = playing(first, second, log, hand_overs / 2).frame;
    const auto two = playing(second, first, log, hand_overs / 2).frame;
    second = two;
    const double time = time_of([&] { one.resume(); });
    one.destroy();
    two.destroy();
    return time / hand_overs;
}

struct Cell {
    std::uint32_t value;
    std::uint32_t writer;
};

/// Measures W5: a load, or a store to each of seven storages, and a record.
double get_time() {
    Records log;
    Cell cell{1, 2};
    return time_of([&] {
               for (int at = 0; at < accesses; ++at) {
                   keep(&cell);
                   log.add(cell.writer);
               }
           }) /
           accesses;
}
double set_time() {
    Records log;
    Cell cells[7] = {};
    return time_of([&] {
               for (std::uint32_t at = 0; at < accesses; ++at) {
                   log.add(at);
                   for (Cell& cell : cells) cell = {1, at};
                   keep(&cells);
               }
           }) /
           accesses;
}

}  // namespace

int main(int argc, char** argv) {
    Session session(argc, argv);
    if (session.system() == "bare") {
        if (session.wants("W1")) session.measure("W1", switch_time<Nowhere>);
        if (session.wants("W2")) session.measure("W2", timer_time);
        if (session.wants("W3")) session.measure("W3", task_time<Malloced>);
        if (session.wants("W4")) session.measure("W4", hand_over_time<Nowhere>);
    } else if (session.system() == "recorded") {
        if (session.wants("W1")) session.measure("W1", switch_time<Records>);
        if (session.wants("W4")) session.measure("W4", hand_over_time<Records>);
        if (session.wants("W5")) session.measure("W5 get", get_time);
        if (session.wants("W5")) session.measure("W5 set", set_time);
    } else if (session.wants("W3")) {
        session.measure("W3", task_time<Pooled>);
    }
}
