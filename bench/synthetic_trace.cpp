// SPDX-License-Identifier: MIT
#include "bench/synthetic_trace.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "bench/measure.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::bench {
namespace {

using trace::Kind;

constexpr std::uint32_t tasks_of_chain = 4;
constexpr std::uint32_t variable = 1;

std::uint32_t chain_of(std::uint32_t task) {
    return (task - 1) / tasks_of_chain;
}

class Writer {
  public:
    Writer(const SyntheticTrace& trace, trace::Log& log) : trace_(trace), log_(log) {}

    void write() {
        begin();
        for (std::uint32_t root = 1; root <= trace_.lanes; root += tasks_of_chain) start_chain(root);
        std::uint32_t next = 0;
        for (std::uint32_t iteration = 1; log_.size() < trace_.events; ++iteration) {
            const auto burst =
                static_cast<std::uint32_t>(random_.up_to(std::min<std::int64_t>(trace_.lanes, 32)));
            switch_storage();
            pass(random_.up_to(2'000'000));
            for (std::uint32_t each = 0; each < burst; ++each) wake(1 + (next + each) % trace_.lanes);
            log_.emit(Kind::iteration, iteration, burst);
            for (std::uint32_t each = 0; each < burst; ++each) step(1 + (next + each) % trace_.lanes);
            next = (next + burst) % trace_.lanes;
        }
        log_.emit(Kind::end);
    }

  private:
    void begin() {
        log_.emit(Kind::begin, 0, log_.intern("synthetic").value);
        log_.emit(Kind::storage, 0, 0, static_cast<std::uint32_t>(trace::Storage::global));
        log_.emit(Kind::variable, variable, log_.intern("symbol").value, log_.intern("-").value);
        for (const char symbol : std::string("0abcdefghijklmnopqrstuvwxyz"))
            symbols_.push_back(log_.intern(std::string(1, symbol)).value);
        last_set_.resize(chain_of(trace_.lanes) + 1);
        wakes_.resize(trace_.lanes + 1);
    }

    // A root is created outside of all tasks, and its children while it runs.
    void start_chain(std::uint32_t root) {
        log_.emit(Kind::spawn, root, log_.intern_literal("worker").value);
        log_.emit(Kind::step, root);
        for (std::uint32_t child = root + 1; child < root + tasks_of_chain && child <= trace_.lanes; ++child)
            log_.emit(Kind::spawn, child, log_.intern_literal("reader").value);
        set(root);
        log_.emit(Kind::suspend, root, 0, static_cast<std::uint32_t>(trace::Wait::yield));
    }

    void step(std::uint32_t task) {
        pass(random_.up_to(20'000));
        log_.emit(Kind::step, task, 0, static_cast<std::uint32_t>(trace::Resume::value));
        const std::int64_t dice = random_.up_to(64);
        if (dice == 1) set(task);
        if (dice > 32) print(task);
        pass(random_.up_to(60'000));
        const bool sleeps = (dice & 1) != 0;
        if (sleeps) {
            log_.emit(Kind::timer, task, static_cast<std::uint32_t>(now_.count()),
                      static_cast<std::uint32_t>(trace::Callback::sleep));
            ++timers_;
        }
        const auto wait = sleeps ? trace::Wait::sleep : trace::Wait::queue_get;
        log_.emit(Kind::suspend, task, sleeps ? timers_ : 1, static_cast<std::uint32_t>(wait));
        wakes_[task] = sleeps ? timers_ : 0;
    }

    void wake(std::uint32_t task) {
        const std::uint32_t timer = wakes_[task];
        if (timer != 0) log_.emit(Kind::timer_due, 0, timer);
        const auto wait = timer != 0 ? trace::Wait::sleep : trace::Wait::queue_get;
        log_.emit(Kind::wake, task, timer != 0 ? timer : 1, static_cast<std::uint32_t>(wait));
    }

    void set(std::uint32_t task) {
        const std::uint32_t symbol = symbols_[chain_of(task) % symbols_.size()];
        last_global_set_ = log_.emit(Kind::set, task, symbol, variable);
        last_set_[chain_of(task)] = last_global_set_;
    }

    void print(std::uint32_t task) {
        const EventIndex writer = reads_global_ ? last_global_set_ : last_set_[chain_of(task)];
        const EventIndex get = log_.emit(Kind::get, task, writer.value, variable);
        log_.emit(Kind::print_value, task, get.value);
    }

    void switch_storage() {
        const bool global = std::uint64_t{log_.size()} * 8 / trace_.events % 2 == 0;
        if (global == reads_global_) return;
        reads_global_ = global;
        const auto storage = global ? trace::Storage::global : trace::Storage::contextvar;
        log_.emit(Kind::storage, 0, 0, static_cast<std::uint32_t>(storage));
    }

    void pass(std::int64_t nanoseconds) {
        now_ += Duration(nanoseconds);
        log_.set_time(now_);
    }

    SyntheticTrace trace_;
    trace::Log& log_;
    Random random_;
    Time now_{0};
    bool reads_global_ = true;
    std::uint32_t timers_ = 0;
    EventIndex last_global_set_;
    std::vector<std::uint32_t> symbols_;
    std::vector<EventIndex> last_set_;  // by chain
    std::vector<std::uint32_t> wakes_;  // by task: the timer that the task waits for; 0: an item
};

}  // namespace

void write(const SyntheticTrace& trace, trace::Log& log) {
    Writer(trace, log).write();
}

}  // namespace loopscope::bench
