// SPDX-License-Identifier: MIT
// The queries of the index.

#include <algorithm>

#include "core/base/first_not.hpp"
#include "core/trace/index.hpp"
#include "core/trace/kinds.hpp"

namespace loopscope::trace {
namespace {

/// Returns whether the user or a clock writes such an event, whatever the loop does.
bool is_anytime(const Event& event) {
    return traits_of(event.kind()).belongs == Belongs::anybody;
}

}  // namespace

EventIndex Index::last_cancel(TaskId task, EventIndex before) const {
    const IndexColumn<EventIndex>& cancels = found(cancels_, task.value);
    const auto after = std::ranges::lower_bound(cancels, before);
    return after == cancels.begin() ? EventIndex{} : *std::prev(after);
}

std::uint32_t Index::steps_before(TaskId task, EventIndex event) const {
    const IndexColumn<HandleIndex>& steps = this->task(task).steps;
    return first_not(0, static_cast<std::uint32_t>(steps.size()),
                     [&](std::uint32_t step) { return handles_.first(steps[step]) < event; });
}

EventIndex Index::end_of_step(TaskId task, std::size_t step) const {
    const TaskInfo& its = this->task(task);
    if (step >= its.ends.size()) return {};
    return handles_.first(its.steps[step]) + its.ends[step];
}

Time Index::time(const Log& log, EventIndex event) const {
    if (const auto time = log.packed_time(event)) return *time;
    const std::uint32_t mark = event.value / mark_distance;
    const EventIndex marked{mark * mark_distance};
    EventIndex after = event + 1;
    while (after > marked && log[after - 1].kind() != Kind::clock) --after;
    const EventIndex clock = after > marked ? after - 1 : clock_marks_[mark];
    const bool told = log[clock].kind() == Kind::clock;  // the mark 0 means no clock event
    return (told ? clock_time(log[clock]) : Time{0}) + Duration(log[event].since());
}

Time Index::end_of(const Log& log, HandleIndex handle) const {
    constexpr std::uint32_t max_passed = 16;  // a user does not switch more often between two handles
    const EventIndex last = last_event(handle);
    const EventIndex end = std::min(seen_, last + max_passed);
    EventIndex next = last + 1;
    bool set = false;  // whether the clock was set
    for (; next < end && is_anytime(log[next]); ++next) set = set || log[next].kind() == Kind::clock;
    // Handles of one iteration run without a wait between them.
    const bool follows = handle + 1 < handles_.end_index() && handles_.first(handle + 1) == next;
    if (set && !follows) return time(log, last);
    return time(log, next < end ? next : next - 1);
}

EventIndex Index::first_at(const Log& log, Time time) const {
    const auto after = std::ranges::lower_bound(time_marks_, time);
    if (after == time_marks_.begin()) return {};
    const auto end = static_cast<std::uint32_t>(after - time_marks_.begin()) * time_distance;
    return {first_not(end - time_distance + 1, std::min(end, size()),
                      [&](std::uint32_t event) { return this->time(log, {event}) < time; })};
}

void Index::handles_from(std::span<const AxisPosition> positions, std::span<HandleIndex> handles) const {
    position_forest_.ranks(
        positions, [&](HandleIndex handle) { return handles_.position(handle); }, handles);
}

void Index::handles_from(const Log& log, std::span<const Time> times, std::span<HandleIndex> handles) const {
    std::vector<EventIndex> events(times.size());
    events.front() = first_at(log, times.front());
    events.back() = first_at(log, times.back());
    const std::size_t between = (events.back() - events.front()) / times.size();
    const bool exact = between < std::size_t{finest_ranks} * time_distance;
    auto from = time_marks_.begin() + events.front().value / time_distance;
    for (std::size_t each = 1; each + 1 < times.size(); ++each) {
        from = std::lower_bound(from, time_marks_.end(), times[each]);
        const EventIndex mark{static_cast<std::uint32_t>(from - time_marks_.begin()) * time_distance};
        events[each] = exact ? first_at(log, times[each]) : std::clamp(mark, events.front(), events.back());
    }
    handle_forest_.ranks(
        events, [&](HandleIndex handle) { return handles_.first(handle); }, handles);
}

/// Returns whether a task of another chain is an ancestor of `task`, which only a main task can be.
bool Index::is_above_chain(TaskId ancestor, TaskId task) const {
    return this->task(this->task(task).chain).above == ancestor;
}

PrintIndex Index::print_after(EventIndex event) const {
    return print_forest_.rank(event + 1, [&](PrintIndex print) { return prints_.event(print); });
}

std::optional<PrintIndex> Index::last_print(EventIndex event) const {
    const PrintIndex after = print_after(event);
    if (after == PrintIndex{}) return std::nullopt;
    return after - 1;
}

std::uint32_t Index::leaks_until(EventIndex event) const {
    return prints_.leaks_before(print_after(event));
}

std::uint32_t Index::stales_until(EventIndex event) const {
    return prints_.stales_before(print_after(event));
}

Storage Index::storage_at(EventIndex event, VariableId variable) const {
    auto after = std::ranges::upper_bound(switches_, event, {}, &SwitchInfo::event);
    while (after != switches_.begin()) {
        --after;
        if (!after->variable || after->variable == variable) return after->storage;
    }
    return Storage::global;
}

HandleIndex Index::handle_after(EventIndex event) const {
    return handle_forest_.rank(event + 1, [&](HandleIndex handle) { return handles_.first(handle); });
}

std::optional<HandleIndex> Index::handle_at(EventIndex event) const {
    const HandleIndex after = handle_after(event);
    if (after == HandleIndex{}) return std::nullopt;
    const HandleIndex last = after - 1;
    if (resumes_.empty()) return last;
    const auto next =
        std::ranges::upper_bound(resumes_, event, {}, &std::pair<EventIndex, HandleIndex>::first);
    if (next == resumes_.begin()) return last;
    const auto& [from, handle] = *std::prev(next);
    return from > handles_.first(last) ? handle : last;
}

HandleIndex Index::handle_from(AxisPosition position) const {
    return position_forest_.rank(position, [&](HandleIndex handle) { return handles_.position(handle); });
}

HandleIndex Index::handle_from(const Log& log, Time time) const {
    return handle_forest_.rank(first_at(log, time),
                               [&](HandleIndex handle) { return handles_.first(handle); });
}

EventIndex Index::last_event(HandleIndex handle) const {
    if (!ends_of_resumed_.empty()) {
        const auto found = ends_of_resumed_.find(handle);
        if (found != ends_of_resumed_.end()) return found->second;
    }
    return handle.value < lengths_.size() ? handles_.first(handle) + lengths_[handle.value] : last_;
}

}  // namespace loopscope::trace
