// SPDX-License-Identifier: MIT
#include "core/explain/why.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/explain/event_sentence.hpp"
#include "core/explain/slice_why.hpp"
#include "core/explain/stale.hpp"
#include "core/trace/kinds.hpp"

namespace loopscope::explain {
namespace {

using namespace trace;

/// How long a handle may take until it is worth a word: asyncio's `slow_callback_duration`.
constexpr Duration slow_handle = std::chrono::milliseconds(100);

/// Puts together why the handle at one cursor runs, what it does there, and whether that leaks or is stale.
class WhyBuilder {
  public:
    explicit WhyBuilder(const Facts& facts) : facts_(facts) {}

    [[nodiscard]] Why tell() const {
        if (tells() == Tells::alone) return {event_sentence(facts_, facts_.cursor), {}, {}, {}};
        const std::optional<HandleIndex> handle = this->handle();
        if (!handle) return {between_handles(facts_), {}, {}, {}};
        const EventIndex first = facts_.index.handles().first(*handle);
        Why result{cause(first, *handle), {}, stall(*handle), {}};
        const EventIndex about = told();
        if (!about) return result;
        result.action = event_sentence(facts_, about);
        if (tells() != Tells::itself) judge(about, result);
        return result;
    }

    /// Returns the event that the action is about; none if there is none.
    [[nodiscard]] EventIndex told() const {
        const std::optional<HandleIndex> handle = this->handle();
        if (!handle || tells() == Tells::alone) return {};
        if (tells() == Tells::itself) return facts_.cursor;
        return last_notable(facts_.index.handles().first(*handle));
    }

  private:
    [[nodiscard]] std::string label(TaskId task) const { return facts_.label(task); }
    [[nodiscard]] std::string text(std::uint32_t string) const { return facts_.text(string); }
    [[nodiscard]] Tells tells() const { return traits_of(facts_.log[facts_.cursor].kind()).tells; }
    /// Returns the handle at the cursor; none between handles.
    [[nodiscard]] std::optional<HandleIndex> handle() const {
        return facts_.state.handle() ? facts_.index.handle_at(facts_.cursor) : std::nullopt;
    }

    /// Returns the sentence about a handle that has run for long up to the cursor; empty if it has not, or if
    /// it does not keep the loop from running others.
    [[nodiscard]] std::string stall(HandleIndex handle) const {
        const EventIndex first = facts_.index.handles().first(handle);
        // Between this handle and the next one time may pass as well, but there the loop waits.
        const EventIndex last = std::min(facts_.cursor, facts_.index.last_event(handle));
        const Duration stood = passed(first, last);
        if (stood < slow_handle || facts_.log[first].kind() == Kind::job) return {};
        return fmt::format("The loop stood still for {} in {}: nothing else could run.", about(stood),
                           facts_.actor(last));
    }

    /// Returns the loop time from one event to another.
    [[nodiscard]] Duration passed(EventIndex first, EventIndex last) const {
        return facts_.index.time(facts_.log, last) - facts_.index.time(facts_.log, first);
    }

    /// Returns the end of a sentence about a timer's handle that became ready late, and why that was so.
    [[nodiscard]] std::string lateness(EventIndex due, Time deadline) const {
        if (!due) return {};
        const Duration late = facts_.index.time(facts_.log, due) - deadline;
        if (late < slow_handle) return {};
        std::string text = fmt::format(", {} late", about(late));
        const std::optional<HandleIndex> before = facts_.index.handle_at(due);
        if (!before) return text;
        const EventIndex last = facts_.index.last_event(*before);
        const Duration stood = passed(facts_.index.handles().first(*before), last);
        if (stood < slow_handle) return text;
        return text +
               fmt::format(": the loop had stood still for {} in {}", about(stood), facts_.actor(last));
    }

    /// Returns the sentence about how the handle came to run.
    [[nodiscard]] std::string cause(EventIndex begin, HandleIndex handle) const {
        const Event& first = facts_.log[begin];
        if (first.kind() == Kind::skip) return "A cancelled handle is skipped.";
        if (first.kind() == Kind::callback) return callback(first);
        if (first.kind() == Kind::job) return job(first);
        const TaskId task = first.task();
        if (first.tag<Resume>() == Resume::cancelled) return thrown_into(begin);
        if (first.tag<Resume>() == Resume::first) {
            const TaskId parent = facts_.index.task(task).parent;
            return parent ? fmt::format("{} begins: {} created it.", label(task), label(parent))
                          : fmt::format("{} begins: it is a root task.", label(task));
        }
        const EventIndex ready = facts_.index.handles()[handle].ready;
        if (facts_.log[ready].kind() == Kind::suspend)
            return fmt::format("{} runs again: it had yielded.", label(task));
        return fmt::format("{} resumes: {}.", label(task), woken_by(ready));
    }

    [[nodiscard]] std::string thrown_into(EventIndex step) const {
        const TaskId task = facts_.log[step].task();
        const EventIndex cancel = facts_.cancel_of(step);
        if (!cancel)
            return fmt::format(
                "{} resumes: what it waited for was cancelled, so CancelledError is thrown into it.",
                label(task));
        return fmt::format("{} is cancelled by {}: CancelledError is thrown into it.", label(task),
                           facts_.actor(cancel));
    }

    /// Returns the event by which the timer became ready that woke a task; none if no timer did.
    [[nodiscard]] EventIndex came_due(EventIndex wake) const {
        const std::optional<HandleIndex> handle = facts_.index.handle_at(wake);
        const EventIndex ready = handle ? facts_.index.handles()[*handle].ready : EventIndex{};
        return ready && facts_.log[ready].kind() == Kind::timer_due ? ready : EventIndex{};
    }

    [[nodiscard]] std::string woken_by(EventIndex by) const {
        const Event& wake = facts_.log[by];
        switch (waits_for(wake.tag<Wait>())) {
            case WaitsFor::timer: return slept(TimerId{wake.a}, came_due(by));
            case WaitsFor::task:
                return fmt::format("{}, which it waited for, has ended", label(TaskId{wake.a}));
            case WaitsFor::nothing:
            case WaitsFor::object: break;
        }
        return std::string(done_phrase(wake.tag<Wait>()));
    }

    /// Returns words such as "its 0.1 s timer fired".
    [[nodiscard]] std::string slept(TimerId timer, EventIndex due) const {
        const EventIndex start = facts_.index.start_of(timer);
        if (!start) return "its timer fired";
        const Duration delay = timer_deadline(facts_.log[start]) - facts_.index.time(facts_.log, start);
        return fmt::format("its {} timer fired{}", seconds_text(delay),
                           lateness(due, timer_deadline(facts_.log[start])));
    }

    /// Returns a duration in words, to the millisecond: it was measured, where a delay was asked for.
    static std::string about(Duration duration) {
        return seconds_text(std::chrono::round<std::chrono::milliseconds>(duration));
    }
    static std::string seconds_text(Duration delay) { return fmt::format("{:g} s", to_seconds(delay)); }

    [[nodiscard]] std::string callback(const Event& event) const {
        switch (event.tag<Callback>()) {
            case Callback::sleep:
                return fmt::format("The timer of {} is due: its sleep is over, so it becomes ready.",
                                   label(event.task()));
            case Callback::gather: return "A child of a gather has ended; the gather counts it.";
            case Callback::stop:
                return "What the program waits for is done: the loop will stop after this iteration.";
            case Callback::timeout:
                return fmt::format("A timeout is due: {} is cancelled.", label(event.task()));
            case Callback::wait: return "A task of a wait() has ended; the wait counts it.";
            case Callback::task_group: return "A child of a group has ended; the group counts it.";
            case Callback::shield: return "A shielded future is done; its outer future gets what came of it.";
            case Callback::io: return "A file descriptor is ready: the loop calls who waits for it.";
            case Callback::signal: return "A signal came: the loop calls its handler.";
            case Callback::user: break;
        }
        return event.a ? fmt::format("The callback {} runs.", text(event.a))
                       : "A callback of the program runs.";
    }

    [[nodiscard]] std::string job(const Event& event) const {
        const std::string what = event.a ? fmt::format("The job {}", text(event.a)) : "A job";
        return fmt::format("{} of an executor begins{}.", what,
                           event.task() ? ": " + label(event.task()) + " waits for it" : "");
    }

    /// Returns the last event of the handle, up to the cursor, that a user cares about. Where there are only
    /// created tasks or the end of the step, the first of those; none if there is nothing.
    [[nodiscard]] EventIndex last_notable(EventIndex first) const {
        const EventIndex from = facts_.looked_for_from(first);
        EventIndex minimum;
        for (EventIndex after = facts_.cursor + 1; after > from; --after) {
            const EventIndex at = after - 1;
            const Tells tells = traits_of(facts_.log[at].kind()).tells;
            if (tells == Tells::notable) return at;
            if (tells == Tells::least) minimum = at;
        }
        if (from == first) return minimum;
        const EventIndex known = last_known(first);
        return known ? known : minimum;
    }

    /// Returns the last write or print from `first` up to the cursor, which the index finds however long ago
    /// it was; none if there is none.
    [[nodiscard]] EventIndex last_known(EventIndex first) const {
        const auto& sets = facts_.index.sets();
        const auto after = std::ranges::upper_bound(sets, facts_.cursor);
        const std::optional<PrintIndex> printed = facts_.index.last_print(facts_.cursor);
        const EventIndex set = after == sets.begin() ? EventIndex{} : *std::prev(after);
        const EventIndex print = printed ? facts_.index.prints().event(*printed) : EventIndex{};
        const EventIndex last = std::max(set, print);
        return last >= first ? last : EventIndex{};
    }

    /// Says of a print of a value if it leaks or is stale.
    void judge(EventIndex at, Why& result) const {
        if (facts_.log[at].kind() != Kind::print_value) return;
        const std::optional<PrintIndex> printed = facts_.index.last_print(at);
        if (!printed) return;
        const PrintInfo print = facts_.index.prints()[*printed];
        if (print.leak) result.verdict = leak(print);
        if (!print.stale) return;
        result.verdict = stale_verdict(facts_, *printed);
        result.way = stale_way(facts_, *printed);
    }

    [[nodiscard]] std::string leak(const PrintInfo& print) const {
        const Errand errand = facts_.index.errand_of(facts_.log, print.task, print.event);
        const TaskId chain = facts_.index.task(print.task).chain;
        if (errand.party != Party{chain, 0})
            return fmt::format("Leak: it works for {}.", party_label(facts_, errand.party));
        return fmt::format("Leak: its own chain wrote '{}'.",
                           excerpt(chain_symbol(facts_.log, facts_.index, print.task)));
    }

    const Facts& facts_;
};

}  // namespace

std::string Why::text() const {
    std::string all = cause;
    for (const std::string* part : {&action, &verdict, &way}) {
        if (!part->empty()) all += " " + *part;
    }
    return all;
}

EventIndex told_event(const Facts& facts) {
    return facts.index.is_of_tracks() ? EventIndex{} : WhyBuilder(facts).told();
}

Why why(const Facts& facts) {
    const Kind kind = facts.log[facts.cursor].kind();
    const bool is_of_slice = kind == Kind::slice || kind == Kind::slice_end || kind == Kind::instant;
    if (is_of_slice || facts.index.is_of_tracks()) return slice_why(facts);
    return WhyBuilder(facts).tell();
}

}  // namespace loopscope::explain
