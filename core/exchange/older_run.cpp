// SPDX-License-Identifier: MIT
#include "core/exchange/older_run.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/trace/kinds.hpp"
#include "core/trace/storage.hpp"
#include "core/trace/text.hpp"

namespace loopscope::exchange {
namespace {

using trace::Callback;
using trace::Kind;
using trace::tagged;
using trace::Wait;
using Handle = OlderRun::Handle;
using Moment = OlderRun::Moment;

/// Returns the value of an enum that a word stands for; nothing if there is none.
template <class Enum>
std::optional<Enum> value_of(std::string_view word, std::uint8_t count) {
    for (std::uint8_t value = 0; value < count; ++value) {
        if (trace::name(static_cast<Enum>(value)) == word) return static_cast<Enum>(value);
    }
    return std::nullopt;
}

class RunWriter {
  public:
    RunWriter(trace::Log& log, const OlderRun& run) : log_(log), run_(run), steps_(run.tasks.size()) {}

    bool write(const std::string& program);

  private:
    /// The handle that a flow arrives at, and the one that it leaves from.
    struct Way {
        std::optional<std::size_t> to;
        std::optional<std::size_t> from;
        Time leaves{0};
    };
    struct Steps {
        std::vector<std::size_t> handles;  // of the task, in order
        std::size_t begun = 0;             // how many of them
        Wait wait = Wait::yield;
        std::uint32_t waits_for = 0;
    };

    void look();
    void note(const Moment& moment, std::size_t from);
    bool run_handle(std::size_t at);
    bool prepare(std::size_t at);
    bool enqueue(std::size_t handle, bool inside);
    bool enqueue_before(std::size_t handle, bool inside);
    bool make_callback_ready(std::size_t handle, bool inside);
    void begin_callback(const Handle& handle, std::size_t at);
    bool tell(const Moment& moment, const Handle* by, bool inside);
    bool spawn(bool inside);
    bool wake(const Moment& moment, bool inside);
    bool tell_others(const Moment& moment);
    bool end_step(const Handle& handle);
    bool suspend(const Handle& handle, std::size_t next);
    [[nodiscard]] std::optional<std::size_t> target(const Moment& moment) const;
    [[nodiscard]] std::optional<std::uint32_t> sleeper_of(std::size_t callback) const;
    [[nodiscard]] std::pair<Callback, std::string_view> callback_of(const Handle& handle) const;
    std::uint32_t text(std::string_view words) { return log_.intern(words).value; }
    void at(Time time) {
        now_ = std::max(time, now_);
        log_.set_time(now_);
    }
    Steps& steps(std::uint32_t task) { return steps_[task - 1]; }

    trace::Log& log_;
    const OlderRun& run_;
    std::vector<Steps> steps_;
    std::unordered_map<std::uint64_t, Way> ways_;  // by flow
    Time now_{0};
    std::size_t enqueued_ = 0;  // handles before this one are ready, or have run
    std::uint32_t ready_ = 0;
    std::uint32_t left_ = 0;  // of the iteration
    std::uint32_t iteration_ = 0;
    std::uint32_t spawned_ = 0;
    std::uint32_t timers_ = 0;
    std::uint32_t objects_ = 0;
};

bool RunWriter::write(const std::string& program) {
    look();
    log_.emit(Kind::begin, 0, text(program));
    for (const Moment& each : run_.before) {
        if (!tell(each, nullptr, false)) return false;
    }
    for (std::size_t each = 0; each < run_.handles.size(); ++each) {
        if (!run_handle(each)) return false;
    }
    return true;
}

/// Finds out which steps are whose, and from where to where flows lead.
void RunWriter::look() {
    const auto leave = [&](const std::vector<Moment>& moments, std::optional<std::size_t> from) {
        for (const Moment& each : moments) {
            if (each.leaves != 0) ways_[each.leaves].from = from;
            if (each.leaves != 0) ways_[each.leaves].leaves = each.time;
        }
    };
    leave(run_.before, std::nullopt);
    for (std::size_t each = 0; each < run_.handles.size(); ++each) {
        const Handle& handle = run_.handles[each];
        if (handle.task != 0) steps(handle.task).handles.push_back(each);
        if (handle.arrives != 0) ways_[handle.arrives].to = each;
        leave(handle.moments, each);
        leave(handle.behind, each);
    }
}

/// Returns the handle at which the flow of a moment arrives.
std::optional<std::size_t> RunWriter::target(const Moment& moment) const {
    const auto way = ways_.find(moment.leaves);
    return moment.leaves == 0 || way == ways_.end() ? std::nullopt : way->second.to;
}

/// Returns the task whose sleep a callback ends.
std::optional<std::uint32_t> RunWriter::sleeper_of(std::size_t callback) const {
    for (const Moment& each : run_.handles[callback].moments) {
        const auto step = target(each);
        if (step && run_.handles[*step].waits == trace::name(Wait::sleep)) return run_.handles[*step].task;
    }
    return std::nullopt;
}

/// Returns the kind and the name of a callback: what stands before " for ".
std::pair<Callback, std::string_view> RunWriter::callback_of(const Handle& handle) const {
    const std::string_view words = std::string_view(handle.name).substr(0, handle.name.rfind(" for "));
    const auto known = value_of<Callback>(words, trace::tag_count<Callback>);
    if (known && *known != Callback::user) return {*known, ""};
    return {Callback::user, words};
}

bool RunWriter::run_handle(std::size_t at_handle) {
    const Handle& handle = run_.handles[at_handle];
    at(handle.begin);
    if (!prepare(at_handle)) return false;
    if (left_ == 0) {
        log_.emit(Kind::iteration, ++iteration_, ready_);
        left_ = ready_;
    }
    if (left_ == 0) return false;
    --left_;
    --ready_;
    if (handle.task != 0) {
        Steps& of_task = steps(handle.task);
        const auto resume = of_task.begun++ == 0 ? trace::Resume::first : trace::Resume::value;
        log_.emit(Kind::step, handle.task, 0, tagged(resume));
    } else {
        begin_callback(handle, at_handle);
    }
    for (const Moment& each : handle.moments) {
        if (!tell(each, &handle, true)) return false;
    }
    // No handle ends after the next one has begun: they ran one after another.
    const bool last = at_handle + 1 == run_.handles.size();
    at(last ? handle.end : std::min(handle.end, run_.handles[at_handle + 1].begin));
    if (handle.task == 0)
        log_.emit(Kind::callback_end);
    else if (!end_step(handle))
        return false;
    return std::ranges::all_of(handle.behind, [&](const Moment& each) { return tell(each, &handle, false); });
}

/// Makes ready what has to be so before a handle begins: a timer's handle becomes ready between two others.
bool RunWriter::prepare(std::size_t at_handle) {
    const Handle& handle = run_.handles[at_handle];
    if (at_handle >= enqueued_ && (handle.task != 0 || !enqueue(at_handle, false))) return false;
    for (const Moment& each : handle.moments) {
        const auto first = target(each);
        if (first && *first > enqueued_) return enqueue_before(*first, false);
    }
    return true;
}

/// Makes all callbacks ready that run before a handle, and are not ready yet.
bool RunWriter::enqueue_before(std::size_t handle, bool inside) {
    while (enqueued_ < handle) {
        if (run_.handles[enqueued_].task != 0 || !make_callback_ready(enqueued_, inside)) return false;
        ++enqueued_;
        ++ready_;
    }
    return true;
}

/// Counts a handle as ready, and those before it. A callback becomes so here; a step's event is written by
/// the caller, next.
bool RunWriter::enqueue(std::size_t handle, bool inside) {
    if (handle < enqueued_ || !enqueue_before(handle, inside)) return false;
    if (run_.handles[handle].task == 0 && !make_callback_ready(handle, inside)) return false;
    ++enqueued_;
    ++ready_;
    return true;
}

bool RunWriter::make_callback_ready(std::size_t handle, bool inside) {
    if (const auto sleeper = sleeper_of(handle)) {
        const Steps& of_task = steps(*sleeper);
        if (inside || of_task.wait != Wait::sleep) return false;
        log_.emit(Kind::timer_due, 0, of_task.waits_for);
        return true;
    }
    const auto [kind, name] = callback_of(run_.handles[handle]);
    log_.emit(Kind::ready, 0, text(name), tagged(kind));
    return true;
}

void RunWriter::begin_callback(const Handle& handle, std::size_t at_handle) {
    const auto [kind, name] = callback_of(handle);
    if (const auto sleeper = sleeper_of(at_handle))
        log_.emit(Kind::callback, *sleeper, 0, tagged(Callback::sleep));
    else
        log_.emit(Kind::callback, 0, text(name), tagged(kind));
}

bool RunWriter::tell(const Moment& moment, const Handle* by, bool inside) {
    at(moment.time);
    if (moment.print) {
        log_.emit(Kind::print, by != nullptr ? by->task : 0, text(moment.name));
        return true;
    }
    if (moment.name.starts_with("spawn ")) return spawn(inside);
    if (moment.name.starts_with("wake ")) return wake(moment, inside);
    return tell_others(moment);
}

bool RunWriter::spawn(bool inside) {
    if (spawned_ == run_.tasks.size()) return false;
    const OlderRun::Task& task = run_.tasks.at(++spawned_);
    const auto& of_task = steps(spawned_).handles;
    if (!of_task.empty() && !enqueue(of_task.front(), inside)) return false;
    if (of_task.empty()) ++ready_;
    log_.emit(Kind::spawn, spawned_, text(task.name), tagged(trace::Start::soon));
    if (!task.given_name.empty())
        log_.emit(Kind::name, spawned_, text(task.given_name), tagged(trace::Named::task));
    return true;
}

bool RunWriter::wake(const Moment& moment, bool inside) {
    const auto step = target(moment);
    if (!step) return true;  // the task never ran again, so nobody knows which one it is
    const Steps& of_task = steps(run_.handles[*step].task);
    if (!enqueue(*step, inside)) return false;
    log_.emit(Kind::wake, run_.handles[*step].task, of_task.waits_for, tagged(of_task.wait));
    return true;
}

/// Writes what is no print, spawn or wake. What says too little is left out: cancels and items name theirs by
/// words that others may have as well.
bool RunWriter::tell_others(const Moment& moment) {
    const std::string_view name = moment.name;
    constexpr std::string_view storage = "storage ";
    constexpr std::string_view end = "end: ";
    if (name.starts_with(storage)) {
        const auto selected = trace::parse_storage(name.substr(storage.size()));
        if (selected) log_.emit(Kind::storage, 0, 0, tagged(*selected));
    } else if (name == "stop") {
        log_.emit(Kind::stop);
    } else if (name.starts_with(end)) {
        const auto ending = value_of<trace::Ending>(name.substr(end.size()), trace::tag_count<trace::Ending>);
        if (ending) log_.emit(Kind::end, 0, 0, tagged(*ending));
    }
    return true;
}

/// Ends a step as the next one of its task tells. If there is none, it is said to have returned.
bool RunWriter::end_step(const Handle& handle) {
    const Steps& of_task = steps(handle.task);
    if (of_task.begun < of_task.handles.size()) return suspend(handle, of_task.handles[of_task.begun]);
    log_.emit(Kind::finish, handle.task, 0, tagged(trace::Outcome::result));
    return true;
}

bool RunWriter::suspend(const Handle& handle, std::size_t next) {
    Steps& of_task = steps(handle.task);
    const Handle& step = run_.handles[next];
    const auto way = ways_.find(step.arrives);
    const bool woken = step.arrives != 0 && way != ways_.end() && way->second.from;
    if (!woken) {
        if (!enqueue(next, true)) return false;
        of_task.wait = Wait::yield;
        log_.emit(Kind::suspend, handle.task, 0, tagged(Wait::yield));
        return true;
    }
    of_task.wait = value_of<Wait>(step.waits.value_or(""), trace::tag_count<Wait>).value_or(Wait::future);
    const std::uint32_t waker = run_.handles[*way->second.from].task;
    if (of_task.wait == Wait::yield || (of_task.wait == Wait::task && (waker == 0 || waker > spawned_)))
        of_task.wait = Wait::future;
    if (of_task.wait == Wait::sleep) {
        const auto deadline = static_cast<std::uint64_t>(way->second.leaves.count());
        log_.emit(Kind::timer, handle.task, static_cast<std::uint32_t>(deadline),
                  tagged(Callback::sleep, static_cast<std::uint32_t>(deadline >> 32)));
        of_task.waits_for = ++timers_;
    } else {
        of_task.waits_for = of_task.wait == Wait::task ? waker : ++objects_;
    }
    log_.emit(Kind::suspend, handle.task, of_task.waits_for, tagged(of_task.wait));
    return true;
}

}  // namespace

bool write_older_run(trace::Log& log, const OlderRun& run, const std::string& program) {
    return !run.strange && !run.handles.empty() && RunWriter(log, run).write(program);
}

}  // namespace loopscope::exchange
