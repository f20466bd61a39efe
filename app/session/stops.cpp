#include "app/session/stops.hpp"

#include <algorithm>
#include <memory>

#include "core/base/first_not.hpp"

namespace loopscope::session {

std::uint32_t Stops::after_switches(std::uint32_t event) const {
    // Switches that follow each other immediately are as far apart as their positions.
    const auto& switches = index_.switches();
    const auto next = std::ranges::upper_bound(switches, event, {}, &trace::SwitchInfo::event);
    const auto follows = [&](const trace::SwitchInfo& each) {
        return std::ptrdiff_t{each.event} - event == &each - std::to_address(next) + 1;
    };
    return event + static_cast<std::uint32_t>(std::partition_point(next, switches.end(), follows) - next);
}

std::uint32_t Stops::end_of_handle(std::size_t handle) const {
    return after_switches(index_.last_event(handle));
}

std::optional<std::uint32_t> Stops::handle_after(std::uint32_t event) const {
    const std::size_t current = handles_until(event);
    // The rest of the handle around the cursor counts as a step.
    if (current > 0 && event < end_of_handle(current - 1)) return end_of_handle(current - 1);
    // A handle that ran on another thread in the middle of this one ends before it.
    std::size_t next = current;
    while (next < index_.handles().size() && end_of_handle(next) <= event) ++next;
    if (next >= index_.handles().size()) return std::nullopt;
    return end_of_handle(next);
}

std::optional<std::uint32_t> Stops::handle_before(std::uint32_t event) const {
    std::size_t current = handles_until(event);
    // Handles that have begun since on other threads are before the event, too.
    while (current < index_.handles().size() && index_.handles().first(current) <= event) ++current;
    for (std::size_t handle = current; handle > 0; --handle) {
        if (end_of_handle(handle - 1) < event) return end_of_handle(handle - 1);
    }
    const std::uint32_t start = after_switches(first_event_);
    if (start < event) return start;
    if (first_event_ < event) return first_event_;
    return std::nullopt;
}

std::uint32_t Stops::end_of_iteration(std::size_t number) const {
    const std::ptrdiff_t handle = index_.handle_at(index_.iterations()[number]);
    return handle < 0 ? 0 : end_of_handle(static_cast<std::size_t>(handle));
}

std::uint32_t Stops::iterations_until(std::uint32_t event) const {
    const auto& iterations = index_.iterations();
    return static_cast<std::uint32_t>(std::ranges::upper_bound(iterations, event) - iterations.begin());
}

// The present iteration ends where the next one begins, so its end is known only then.
std::optional<std::uint32_t> Stops::iteration_after(std::uint32_t event) const {
    const auto count = static_cast<std::uint32_t>(index_.iterations().size());
    const std::uint32_t from = std::max(iterations_until(event), 1U);
    if (from >= count) return std::nullopt;
    const std::uint32_t position =
        near_first_not(from, count, [&](std::uint32_t number) { return end_of_iteration(number) <= event; });
    if (position == count) return std::nullopt;
    return end_of_iteration(position);
}

std::optional<std::uint32_t> Stops::iteration_before(std::uint32_t event) const {
    const std::uint32_t position =
        first_not(1, std::max(iterations_until(event), 1U),
                  [&](std::uint32_t number) { return end_of_iteration(number) < event; });
    const std::uint32_t stop =
        std::max(position > 1 ? end_of_iteration(position - 1) : first_event_, first_event_);
    if (stop >= event) return std::nullopt;
    return stop;
}

std::optional<std::uint32_t> Stops::step_after(std::uint32_t event, TaskId task) const {
    if (!task || task.value > index_.tasks().size()) return std::nullopt;
    const auto& handles = index_.handles();
    const auto& steps = index_.task(task).steps;
    const auto next =
        std::ranges::upper_bound(steps, event, {}, [&](std::uint32_t step) { return handles.first(step); });
    if (next == steps.end()) return std::nullopt;
    return index_.last_event(*next);
}

std::optional<std::uint32_t> Stops::step_before(std::uint32_t event, TaskId task) const {
    if (!task || task.value > index_.tasks().size()) return std::nullopt;
    const auto& handles = index_.handles();
    const auto& steps = index_.task(task).steps;
    const std::size_t current = handles_until(event);
    const auto after = std::ranges::lower_bound(steps, current == 0 ? 0 : handles.first(current - 1), {},
                                                [&](std::uint32_t step) { return handles.first(step); });
    if (after == steps.begin()) return std::nullopt;
    return index_.last_event(*std::prev(after));
}

std::optional<std::uint32_t> Stops::print_before(std::uint32_t event) const {
    const auto& prints = index_.prints();
    const std::size_t until = index_.prints_until(event);
    const bool on_print = until > 0 && prints.event(until - 1) == event;
    const std::size_t target = until - (on_print ? 1 : 0);
    if (target == 0) return std::nullopt;
    return prints.event(target - 1);
}

std::optional<std::uint32_t> Stops::leak_before(std::uint32_t event) const {
    const std::uint32_t leaks = event == 0 ? 0 : index_.leaks_until(event - 1);
    if (leaks == 0) return std::nullopt;
    return index_.prints().event(index_.prints().index_of_leak(leaks));
}

}  // namespace loopscope::session
