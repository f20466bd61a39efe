// SPDX-License-Identifier: MIT
#include "bench/hard_trace.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/measure.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::bench {
namespace {

using trace::Callback;
using trace::Kind;
using trace::Storage;
using trace::tagged;
using trace::Wait;

constexpr std::uint32_t source_lines = 40;
constexpr std::uint32_t lock = 1;  // objects that tasks wait for
constexpr std::uint32_t future = 2;
constexpr std::uint32_t first_worker = 3;  // task 1 waits for the future, task 2 creates all others
constexpr std::uint32_t workers = 64;      // they take turns; all other tasks sleep
constexpr std::uint32_t burst = 16;
constexpr std::uint32_t events_of_switch = 5000;

class HardWriter {
  public:
    HardWriter(const HardTrace& trace, trace::Log& log) : trace_(trace), log_(log) {}

    void write() {
        begin();
        while (log_.size() + 40 * burst < trace_.events) round();
        end();
    }

  private:
    void begin() {
        log_.emit(Kind::begin, 0, log_.intern("hard").value);
        log_.emit(Kind::storage, 0, 0, tagged(Storage::global));
        log_.emit(Kind::variable, 1, log_.intern("symbol").value, log_.intern("-").value);
        for (const char symbol : std::string("abcdefghijklmnopqrstuvwxyz"))
            symbols_.push_back(log_.intern(std::string(1, symbol)).value);
        spawn(1);
        spawn(2);
        iteration(2);
        step(1, trace::Resume::first);
        log_.emit(Kind::suspend, 1, future, tagged(Wait::future, 5));
        step(2, trace::Resume::first);
        for (std::uint32_t task = first_worker; task <= HardTrace::tasks; ++task) spawn(task);
        log_.emit(Kind::suspend, 2, future, tagged(Wait::future, 5));
        iteration(HardTrace::tasks - 2);
        for (std::uint32_t task = first_worker; task <= HardTrace::tasks; ++task) {
            step(task, trace::Resume::first);
            if (task < first_worker + workers) {
                log_.emit(Kind::suspend, task, lock, tagged(Wait::lock, line()));
                continue;
            }
            log_.emit(Kind::timer, task, 0, tagged(Callback::sleep, 1U << 22));  // in 200 days
            log_.emit(Kind::suspend, task, ++timers_, tagged(Wait::sleep, line()));
        }
    }

    void spawn(std::uint32_t task) {
        log_.emit(Kind::spawn, task, log_.intern_literal("worker").value, tagged(trace::Start::soon, line()));
    }
    void iteration(std::uint32_t count) { log_.emit(Kind::iteration, ++iterations_, count); }
    void step(std::uint32_t task, trace::Resume resume) { log_.emit(Kind::step, task, 0, tagged(resume)); }
    std::uint32_t line() { return 1 + log_.size() % source_lines; }

    /// Writes an iteration: some workers take their turn, and a callback runs.
    void round() {
        const std::uint32_t first = first_worker + iterations_ * burst % workers;
        for (std::uint32_t task = first; task < first + burst; ++task)
            log_.emit(Kind::wake, task, lock, tagged(Wait::lock));
        log_.emit(Kind::ready, 0, log_.intern_literal("tick").value, tagged(Callback::user));
        pass(1'000'000);
        iteration(burst + 1);
        for (std::uint32_t task = first; task < first + burst; ++task) work(task);
        pass(1000);
        log_.emit(Kind::callback, 0, log_.intern_literal("tick").value, tagged(Callback::user));
        log_.emit(Kind::print, 0, symbols_[0], tagged(0, line()));
        log_.emit(Kind::callback_end);
        if (log_.size() / events_of_switch == switches_) return;
        switches_ = log_.size() / events_of_switch;
        select(switches_ % 2 == 0 ? Storage::global : Storage::contextvar);
    }

    void work(std::uint32_t task) {
        pass(2000);
        step(task, trace::Resume::value);
        if (random_.up_to(8) == 1) set(task, 1);
        if (random_.up_to(2) == 1) print(task, 1);
        log_.emit(Kind::suspend, task, lock, tagged(Wait::lock, line()));
    }

    void set(std::uint32_t task, std::uint32_t variable) {
        const std::uint32_t symbol = symbols_[task % symbols_.size()];
        last_set_ = log_.emit(Kind::set, task, symbol, variable | line() << 8);
    }
    void print(std::uint32_t task, std::uint32_t variable) {
        const EventIndex get = log_.emit(Kind::get, task, last_set_.value, variable | line() << 8);
        log_.emit(Kind::print_value, task, get.value, tagged(0, line()));
    }
    void select(Storage storage) { log_.emit(Kind::storage, 0, 0, tagged(storage)); }

    /// Cancels the first task's future; the task uses the second variable.
    void end() {
        select(Storage::contextvar);
        log_.emit(Kind::variable, 2, log_.intern("late").value, log_.intern("-").value);
        log_.emit(Kind::wake, 1, future, tagged(Wait::future));
        iteration(1);
        step(1, trace::Resume::cancelled);
        set(1, 2);
        print(1, 2);
    }

    void pass(std::int64_t nanoseconds) {
        now_ += Duration(nanoseconds);
        log_.set_time(now_);
    }

    HardTrace trace_;
    trace::Log& log_;
    Random random_;
    Time now_{0};
    std::uint32_t timers_ = 0;
    std::uint32_t iterations_ = 0;
    std::uint32_t switches_ = 0;
    EventIndex last_set_;
    std::vector<std::uint32_t> symbols_;
};

}  // namespace

void write(const HardTrace& trace, trace::Log& log) {
    HardWriter(trace, log).write();
}

format::Info info_of(const HardTrace& trace) {
    format::Info info;
    info.program = "hard";
    info.source_file = "hard.py";
    info.source = fmt::format("# {} events\nasync def worker():\n", trace.events);
    for (std::uint32_t line = 3; line <= source_lines; ++line)
        info.source += fmt::format("    await something({})\n", line);
    return info;
}

feed::Annotations annotations_of(const trace::Log& log) {
    constexpr std::uint32_t events_of_mark = 10'000;
    feed::Annotations annotations;
    for (EventIndex event{1}; event < log.end_index(); event = event + events_of_mark)
        annotations.marks.push_back({event, fmt::format("mark {}", event.value)});
    return annotations;
}

}  // namespace loopscope::bench
