// SPDX-License-Identifier: MIT
#include "app/session/stops.hpp"

#include <algorithm>
#include <memory>

#include "core/base/first_not.hpp"

namespace loopscope::session {

EventIndex Stops::after_switches(EventIndex event) const {
    // Switches that follow each other immediately are as far apart as their indices.
    const auto& switches = index_.switches();
    const auto next = std::ranges::upper_bound(switches, event, {}, &trace::SwitchInfo::event);
    const auto follows = [&](const trace::SwitchInfo& each) {
        return static_cast<std::ptrdiff_t>(each.event - event) == &each - std::to_address(next) + 1;
    };
    return event + static_cast<std::uint32_t>(std::partition_point(next, switches.end(), follows) - next);
}

EventIndex Stops::end_of_handle(HandleIndex handle) const {
    return after_switches(index_.last_event(handle));
}

std::optional<EventIndex> Stops::handle_after(EventIndex event) const {
    const std::optional<HandleIndex> current = index_.handle_at(event);
    // The rest of the handle around the cursor counts as a step.
    if (current && event < end_of_handle(*current)) return end_of_handle(*current);
    // A handle that ran on another thread in the middle of this one ends before it.
    const HandleIndex end = index_.handles().end_index();
    HandleIndex next = current ? *current + 1 : HandleIndex{};
    while (next < end && end_of_handle(next) <= event) ++next;
    if (next >= end) return std::nullopt;
    return end_of_handle(next);
}

std::optional<EventIndex> Stops::handle_before(EventIndex event) const {
    // The handles that have begun by then, also on other threads.
    for (HandleIndex handle = index_.handle_after(event); handle > HandleIndex{};) {
        --handle;
        if (end_of_handle(handle) < event) return end_of_handle(handle);
    }
    const EventIndex start = after_switches(first_event_);
    if (start < event) return start;
    if (first_event_ < event) return first_event_;
    return std::nullopt;
}

EventIndex Stops::end_before(IterationIndex iteration) const {
    const std::optional<HandleIndex> handle = index_.handle_at(index_.iterations()[iteration]);
    return handle ? end_of_handle(*handle) : EventIndex{};
}

IterationIndex Stops::next_iteration(EventIndex event) const {
    return std::ranges::upper_bound(index_.iterations(), event).index();
}

// The present iteration ends where the next one begins, so its end is known only then.
std::optional<EventIndex> Stops::iteration_after(EventIndex event) const {
    const IterationIndex end = IterationIndex::of(index_.iterations().size());
    const IterationIndex from = std::max(next_iteration(event), IterationIndex{1});
    if (from >= end) return std::nullopt;
    const IterationIndex next{near_first_not(from.value, end.value, [&](std::uint32_t number) {
        return end_before(IterationIndex{number}) <= event;
    })};
    if (next == end) return std::nullopt;
    return end_before(next);
}

std::optional<EventIndex> Stops::iteration_before(EventIndex event) const {
    const IterationIndex end = std::max(next_iteration(event), IterationIndex{1});
    const IterationIndex next{first_not(
        1, end.value, [&](std::uint32_t number) { return end_before(IterationIndex{number}) < event; })};
    const EventIndex last = next > IterationIndex{1} ? end_before(next - 1) : first_event_;
    const EventIndex stop = std::max(last, first_event_);
    if (stop >= event) return std::nullopt;
    return stop;
}

std::optional<EventIndex> Stops::step_after(EventIndex event, TaskId task) const {
    if (!task || task.value > index_.tasks().size()) return std::nullopt;
    const auto& handles = index_.handles();
    const auto& steps = index_.task(task).steps;
    const auto next =
        std::ranges::upper_bound(steps, event, {}, [&](HandleIndex step) { return handles.first(step); });
    if (next == steps.end()) return std::nullopt;
    return index_.last_event(*next);
}

std::optional<EventIndex> Stops::step_before(EventIndex event, TaskId task) const {
    if (!task || task.value > index_.tasks().size()) return std::nullopt;
    const auto& handles = index_.handles();
    const auto& steps = index_.task(task).steps;
    const std::optional<HandleIndex> current = index_.handle_at(event);
    const auto after = std::ranges::lower_bound(steps, current ? handles.first(*current) : EventIndex{}, {},
                                                [&](HandleIndex step) { return handles.first(step); });
    if (after == steps.begin()) return std::nullopt;
    return index_.last_event(*std::prev(after));
}

std::optional<EventIndex> Stops::print_before(EventIndex event) const {
    if (!event) return std::nullopt;
    const std::optional<PrintIndex> print = index_.last_print(event - 1);
    if (!print) return std::nullopt;
    return index_.prints().event(*print);
}

std::optional<EventIndex> Stops::leak_before(EventIndex event) const {
    return counted_before(index_.prints().leak_counts(), event);
}

std::optional<EventIndex> Stops::stale_before(EventIndex event) const {
    return counted_before(index_.prints().stale_counts(), event);
}

std::optional<EventIndex> Stops::counted_before(const trace::PrintCounts& counts, EventIndex event) const {
    const std::uint32_t passed = event ? counts.before(index_.print_after(event - 1)) : 0;
    if (passed == 0) return std::nullopt;
    return index_.prints().event(counts.find(passed));
}

}  // namespace loopscope::session
