// SPDX-License-Identifier: MIT
#include "core/explain/causes.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/explain/stale.hpp"

namespace loopscope::explain {
namespace {

using namespace trace;

/// Returns how a task's wait ended that made its handle ready, in words.
std::string woken(const Facts& facts, HandleIndex handle, EventIndex wake) {
    const Event& cause = facts.log[wake];
    const std::string task = facts.label(cause.task());
    const Wait wait = cause.tag<Wait>();
    const Event& first = facts.log[facts.index.handles().first(handle)];
    if (first.tag<Resume>() == Resume::cancelled)
        return fmt::format("{} was cancelled while it waited for {}", task, wait_phrase(wait));
    if (wait == Wait::sleep) return fmt::format("the timer of {} was due at {}", task, facts.time(wake));
    return fmt::format("{} became ready: {}", task, done_phrase(wait));
}

/// Returns the event that made a handle ready as a cause, in words.
Cause cause_of(const Facts& facts, HandleIndex handle, EventIndex ready) {
    const Event& cause = facts.log[ready];
    const Kind kind = cause.kind();
    const TaskId task = cause.task();
    if (kind == Kind::wake) return {ready, task, woken(facts, handle, ready)};
    if (kind == Kind::timer_due) return {ready, {}, fmt::format("the clock reached {}", facts.time(ready))};
    if (kind == Kind::suspend) return {ready, task, fmt::format("{} yielded", facts.label(task))};
    if (kind == Kind::spawn) {
        const TaskId parent = facts.index.task(task).parent;
        return {ready, parent,
                fmt::format("{} created {}", parent ? facts.label(parent) : facts.actor(ready),
                            facts.label(task))};
    }
    return {ready, task,
            cause.a ? fmt::format("the callback {} was scheduled", facts.text(cause.a))
                    : fmt::format("a {} callback was scheduled", name(cause.tag<Callback>()))};
}

/// Collects the direct causes of what happens at a cursor.
class CauseCollector {
  public:
    explicit CauseCollector(const Facts& facts) : facts_(facts) {}

    std::vector<Cause> gather() {
        const std::optional<HandleIndex> handle = facts_.index.handle_at(facts_.cursor);
        if (!handle || !facts_.state.handle()) return {};
        const EventIndex first = facts_.index.handles().first(*handle);
        if (const EventIndex ready = facts_.index.handles()[*handle].ready)
            found_.push_back(cause_of(facts_, *handle, ready));
        if (facts_.log[first].kind() == Kind::step) of_task(facts_.log[first], first);
        of_value(first);
        of_work(first);
        std::ranges::stable_sort(found_, std::greater<>(), &Cause::event);
        const auto is_same = [](const Cause& one, const Cause& other) { return one.event == other.event; };
        found_.erase(std::unique(found_.begin(), found_.end(), is_same), found_.end());
        return std::move(found_);
    }

  private:
    [[nodiscard]] std::string label(TaskId task) const { return facts_.label(task); }
    void add(EventIndex event, TaskId task, std::string text) {
        found_.push_back({event, task, std::move(text)});
    }

    /// Adds the causes of a task's step: where the task suspended before it, who cancelled it, and who
    /// created it.
    void of_task(const Event& step, EventIndex before) {
        const TaskId task = step.task();
        const TaskInfo& info = facts_.index.task(task);
        const std::uint32_t steps = facts_.index.steps_before(task, before);
        if (const EventIndex end = steps == 0 ? EventIndex{} : facts_.index.end_of_step(task, steps - 1))
            add(end, task, fmt::format("{} suspended at {}", label(task), facts_.time(end)));
        if (step.tag<Resume>() == Resume::cancelled) {
            if (const EventIndex cancel = facts_.cancel_of(before))
                add(cancel, task, fmt::format("{} cancelled {}", facts_.actor(cancel), label(task)));
        }
        const std::string who = info.parent ? label(info.parent) : std::string("the program");
        add(info.spawn, info.parent ? info.parent : task, fmt::format("{} created {}", who, label(task)));
    }

    /// Adds the write that the handle's last read up to the cursor returned, and the switch that selected the
    /// storage of that read.
    void of_value(EventIndex first) {
        const EventIndex from = facts_.looked_for_from(first);
        for (EventIndex after = facts_.cursor + 1; after > from; --after) {
            const EventIndex read = after - 1;
            const Event& event = facts_.log[read];
            if (event.kind() != Kind::get) continue;
            if (const EventIndex writer = facts_.log.writer_of_get(read)) {
                const Event& write = facts_.log[writer];
                add(writer, write.task(),
                    fmt::format("{} wrote '{}'", label(write.task()), facts_.text(write.a)));
            }
            return of_storage(read);
        }
    }

    /// Adds where the work was handed over for which the handle's last print is stale.
    void of_work(EventIndex first) {
        const std::optional<PrintIndex> print = facts_.index.last_print(facts_.cursor);
        const auto& prints = facts_.index.prints();
        if (!print || prints.event(*print) < first || !prints.stale(*print)) return;
        for (Cause& cause : stale_causes(facts_, *print)) found_.push_back(std::move(cause));
    }

    /// The switch that sent a read to its storage; the first one of all is the program's beginning.
    void of_storage(EventIndex read) {
        const VariableId variable = facts_.log[read].variable();
        const auto& switches = facts_.index.switches();
        auto after = std::ranges::upper_bound(switches, read, {}, &SwitchInfo::event);
        while (after - switches.begin() > 1) {
            --after;
            if (after->variable && after->variable != variable) continue;
            const std::string of =
                after->variable ? fmt::format("the storage of {}", facts_.variable(variable)) : "the storage";
            add(after->event, {}, fmt::format("{} was switched to {}", of, name(after->storage)));
            return;
        }
    }

    const Facts& facts_;
    std::vector<Cause> found_;
};

}  // namespace

std::vector<Cause> causes(const Facts& facts) {
    return CauseCollector(facts).gather();
}

std::vector<Cause> history(const Facts& facts, std::size_t limit) {
    std::vector<Cause> found;
    EventIndex event = facts.cursor;
    while (found.size() < limit) {
        const std::optional<HandleIndex> handle = facts.index.handle_at(event);
        if (!handle) break;
        // An event from outside belongs to no handle.
        const bool outside = event > facts.index.last_event(*handle);
        if (outside && !found.empty()) break;
        const EventIndex ready = facts.index.handles()[*handle].ready;
        if (!ready) break;
        found.push_back(cause_of(facts, *handle, ready));
        event = ready;
        if (facts.log[ready].kind() != Kind::timer_due) continue;
        // A timer comes due between handles, but was started in one.
        const EventIndex start = facts.index.start_of(TimerId{facts.log[ready].a});
        if (!start || found.size() == limit) break;
        found.push_back({start, facts.log[start].task(),
                         fmt::format("{} started the timer at {}", facts.actor(start), facts.time(start))});
        event = start;
    }
    return found;
}

}  // namespace loopscope::explain
