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

EventIndex Index::last_cancel(TaskId task, std::uint32_t before) const {
    const PackedColumn& cancels = found(cancels_, task.value);
    const auto after = std::ranges::lower_bound(cancels, before);
    return after == cancels.begin() ? EventIndex{} : EventIndex{*std::prev(after)};
}

std::uint32_t Index::steps_before(TaskId task, std::uint32_t event) const {
    const PackedColumn& steps = this->task(task).steps;
    return first_not(0, static_cast<std::uint32_t>(steps.size()),
                     [&](std::uint32_t index) { return handles_.first(steps[index]) < event; });
}

EventIndex Index::end_of_step(TaskId task, std::size_t step) const {
    const TaskInfo& its = this->task(task);
    if (step >= its.ends.size()) return {};
    return EventIndex{handles_.first(its.steps[step]) + its.ends[step]};
}

Time Index::time(const Log& log, std::uint32_t event) const {
    const std::uint32_t mark = event / mark_distance;
    std::uint32_t at = event + 1;
    while (at > mark * mark_distance && log[at - 1].kind() != Kind::clock) --at;
    const std::uint32_t clock = at > mark * mark_distance ? at - 1 : clock_marks_[mark];
    const bool told = log[clock].kind() == Kind::clock;  // the mark 0 means no clock event
    return (told ? clock_time(log[clock]) : Time{0}) + Duration(log[event].since());
}

Time Index::end_of(const Log& log, std::size_t handle) const {
    constexpr std::uint32_t max_passed = 16;  // a user does not switch more often between two handles
    const std::uint32_t last = last_event(handle);
    const std::uint32_t end = std::min(seen_, last + max_passed);
    std::uint32_t next = last + 1;
    bool set = false;  // whether the clock was set
    for (; next < end && is_anytime(log[next]); ++next) set = set || log[next].kind() == Kind::clock;
    // Handles of one iteration run without a wait between them.
    const bool follows = handle + 1 < handles_.size() && handles_.first(handle + 1) == next;
    if (set && !follows) return time(log, last);
    return time(log, next < end ? next : next - 1);
}

std::uint32_t Index::first_at(const Log& log, Time time) const {
    const auto after = std::ranges::lower_bound(time_marks_, time);
    if (after == time_marks_.begin()) return 0;
    const auto end = static_cast<std::uint32_t>(after - time_marks_.begin()) * time_distance;
    return first_not(end - time_distance + 1, std::min(end, seen_),
                     [&](std::uint32_t event) { return this->time(log, event) < time; });
}

void Index::handles_before(std::span<const std::uint32_t> positions, std::span<std::uint32_t> handles) const {
    position_forest_.ranks(
        positions, [&](std::uint32_t index) { return handles_.position(index); }, handles);
}

void Index::handles_before(const Log& log, std::span<const Time> times,
                           std::span<std::uint32_t> handles) const {
    std::vector<std::uint32_t> events(times.size());
    events.front() = first_at(log, times.front());
    events.back() = first_at(log, times.back());
    const std::size_t between = (events.back() - events.front()) / times.size();
    const bool exact = between < std::size_t{finest_ranks} * time_distance;
    auto from = time_marks_.begin() + events.front() / time_distance;
    for (std::size_t each = 1; each + 1 < times.size(); ++each) {
        from = std::lower_bound(from, time_marks_.end(), times[each]);
        const auto mark = static_cast<std::uint32_t>(from - time_marks_.begin()) * time_distance;
        events[each] = exact ? first_at(log, times[each]) : std::clamp(mark, events.front(), events.back());
    }
    handle_forest_.ranks(
        events, [&](std::uint32_t index) { return handles_.first(index); }, handles);
}

/// Returns whether a task of another chain is an ancestor of `task`: a chain is headed by a root or by a
/// child of a main task, so the only task above it can be a main task.
bool Index::is_above_chain(TaskId ancestor, TaskId task) const {
    return this->task(this->task(task).chain).parent == ancestor;
}

std::size_t Index::prints_until(std::uint32_t event) const {
    return print_forest_.rank(event + 1, [&](std::uint32_t index) { return prints_.event(index); });
}

std::uint32_t Index::leaks_until(std::uint32_t event) const {
    const std::size_t count = prints_until(event);
    return count == 0 ? 0 : prints_.leaks(count - 1);
}

Storage Index::storage_at(std::uint32_t event, VariableId variable) const {
    auto after = std::ranges::upper_bound(switches_, event, {}, &SwitchInfo::event);
    while (after != switches_.begin()) {
        --after;
        if (!after->variable || after->variable == variable) return after->storage;
    }
    return Storage::global;
}

std::ptrdiff_t Index::handle_at(std::uint32_t event) const {
    const auto after =
        handle_forest_.rank(event + 1, [&](std::uint32_t index) { return handles_.first(index); });
    const std::ptrdiff_t last = std::ptrdiff_t{after} - 1;
    if (resumes_.empty() || last < 0) return last;
    const auto next =
        std::ranges::upper_bound(resumes_, event, {}, &std::pair<std::uint32_t, std::uint32_t>::first);
    if (next == resumes_.begin()) return last;
    const auto& [from, handle] = *std::prev(next);
    return from > handles_.first(static_cast<std::size_t>(last)) ? std::ptrdiff_t{handle} : last;
}

std::uint32_t Index::handles_before(std::uint32_t position) const {
    return position_forest_.rank(position, [&](std::uint32_t index) { return handles_.position(index); });
}

std::uint32_t Index::handles_before(const Log& log, Time time) const {
    return handle_forest_.rank(first_at(log, time),
                               [&](std::uint32_t index) { return handles_.first(index); });
}

std::uint32_t Index::last_event(std::size_t handle) const {
    if (!ends_of_resumed_.empty()) {
        const auto found = ends_of_resumed_.find(static_cast<std::uint32_t>(handle));
        if (found != ends_of_resumed_.end()) return found->second;
    }
    return handle < lengths_.size() ? handles_.first(handle) + lengths_[handle] : last_;
}

}  // namespace loopscope::trace
