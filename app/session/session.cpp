#include "app/session/session.hpp"

#include <algorithm>
#include <memory>
#include <utility>

#include "core/base/first_not.hpp"

namespace loopscope::session {

Session::Session(const feed::Setup& setup) {
    adopt(std::make_unique<feed::ProgramFeed>(setup));
}

Session::Session(std::unique_ptr<feed::Feed> feed) {
    adopt(std::move(feed));
    go_to_start();
}

Session::Session(std::shared_ptr<feed::Branch> branch, feed::Annotations annotations)
    : annotations_(feed::in_order(std::move(annotations))) {
    adopt(std::move(branch));
    go_to_start();
}

void Session::move(std::uint32_t event) {
    give_up();
    cursor_ = std::clamp(event, first_event(), head());
}

void Session::seek(std::uint32_t event) {
    move(event);
}

bool Session::advance() {
    if (over()) return false;
    branch_->feed->advance();
    branch_->index.update(log());
    return true;
}

bool Session::extend(std::uint32_t handles) {
    for (std::uint32_t count = 0; count < handles && !over(); ++count) branch_->feed->advance();
    branch_->index.update(log());
    return !over();
}

void Session::run(std::optional<Time> until) {
    while (run_some(until, UINT32_MAX)) continue;
}

bool Session::run_some(std::optional<Time> until, std::uint32_t handles) {
    const auto goes_on = [&] { return !over() && (!until || branch_->feed->time() <= *until); };
    for (; handles > 0 && goes_on(); --handles) branch_->feed->advance();
    branch_->index.update(log());
    go_to_head();
    return goes_on();
}

std::size_t Session::current_handle() const {
    return static_cast<std::size_t>(index().handle_at(cursor_) + 1);  // one more than its place; 0: none yet
}

std::uint32_t Session::after_switches(std::uint32_t event) const {
    // Those that follow each other are as far apart as their places.
    const auto& switches = index().switches();
    const auto next = std::ranges::upper_bound(switches, event, {}, &trace::SwitchInfo::event);
    const auto follows = [&](const trace::SwitchInfo& each) {
        return std::ptrdiff_t{each.event} - event == &each - std::to_address(next) + 1;
    };
    return event + static_cast<std::uint32_t>(std::partition_point(next, switches.end(), follows) - next);
}

std::uint32_t Session::stop_after(std::size_t handle) const {
    return after_switches(index().last_event(handle));
}

bool Session::step_handle(Direction direction) {
    const std::size_t current = current_handle();
    if (direction == Direction::back) return step_handle_back(current);
    // The rest of the handle that the cursor is inside of counts as a step.
    if (current > 0 && cursor_ < stop_after(current - 1)) {
        move(stop_after(current - 1));
        return true;
    }
    while (current >= index().handles().size()) {
        if (!advance()) {
            const bool moved = !at_head();
            go_to_head();
            return moved;
        }
    }
    move(stop_after(current));
    return true;
}

// To the nearest place before the cursor where stepping forward stops.
bool Session::step_handle_back(std::size_t current) {
    const std::uint32_t before = cursor_;
    for (std::size_t handle = current; handle > 0; --handle) {
        if (stop_after(handle - 1) >= before) continue;
        move(stop_after(handle - 1));
        return true;
    }
    const std::uint32_t start = after_switches(first_event());
    move(start < before ? start : first_event());
    return cursor_ != before;
}

std::uint32_t Session::end_of_iteration(std::size_t number) const {
    const std::ptrdiff_t handle = index().handle_at(index().iterations()[number]);
    return handle < 0 ? 0 : stop_after(static_cast<std::size_t>(handle));
}

// The iteration under way ends where iteration event `place` is, once there is one.
std::uint32_t Session::iterations_until(std::uint32_t event) const {
    const auto& iterations = index().iterations();
    return static_cast<std::uint32_t>(std::ranges::upper_bound(iterations, event) - iterations.begin());
}

std::optional<std::uint32_t> Session::iteration_end_after(std::uint32_t event) const {
    const auto count = static_cast<std::uint32_t>(index().iterations().size());
    const std::uint32_t from = std::max(iterations_until(event), 1U);
    if (from >= count) return std::nullopt;
    const std::uint32_t place =
        near_first_not(from, count, [&](std::uint32_t number) { return end_of_iteration(number) <= event; });
    if (place == count) return std::nullopt;
    return end_of_iteration(place);
}

bool Session::step_iteration(Direction direction) {
    const std::uint32_t before = cursor_;
    if (direction == Direction::back) {
        const std::uint32_t place = first_not(1, std::max(iterations_until(cursor_), 1U), [&](auto number) {
            return end_of_iteration(number) < cursor_;
        });
        move(place > 1 ? end_of_iteration(place - 1) : first_event());
        return cursor_ != before;
    }
    std::optional<std::uint32_t> end = iteration_end_after(cursor_);
    while (!end && advance()) end = iteration_end_after(cursor_);
    move(end.value_or(head()));
    return cursor_ != before;
}

bool Session::step_print(Direction direction) {
    const auto& prints = index().prints();
    const std::size_t place = index().prints_until(cursor_);
    if (direction == Direction::back) {
        const bool on_print = place > 0 && prints.event(place - 1) == cursor_;
        const std::size_t target = place - (on_print ? 1 : 0);
        if (target == 0) return false;
        move(prints.event(target - 1));
        return true;
    }
    while (prints.size() <= place && advance()) {
    }
    if (prints.size() <= place) return go_to_head(), false;
    move(prints.event(place));
    return true;
}

bool Session::step_leak(Direction direction) {
    if (direction == Direction::back) {
        const std::uint32_t leaks = cursor_ == 0 ? 0 : index().leaks_until(cursor_ - 1);
        if (leaks == 0) return false;
        move(index().prints().event(index().prints().place_of_leak(leaks)));
        return true;
    }
    while (step_print(Direction::forward)) {
        if (index().prints().leak(index().prints_until(cursor_) - 1)) return true;
    }
    return false;
}

bool Session::step_task(TaskId task, Direction direction) {
    if (!task || task.value > index().tasks().size()) return false;
    const auto& handles = index().handles();
    const auto& steps = index().task(task).steps;
    const auto first_of = [&](std::uint32_t step) { return handles.first(step); };
    if (direction == Direction::back) {
        const std::size_t current = current_handle();
        const auto after =
            std::ranges::lower_bound(steps, current == 0 ? 0 : handles.first(current - 1), {}, first_of);
        if (after == steps.begin()) return false;
        move(index().last_event(*std::prev(after)));
        return true;
    }
    for (;;) {
        const auto& known = index().task(task).steps;
        const auto next = std::ranges::upper_bound(known, cursor_, {}, first_of);
        if (next != known.end()) {
            move(index().last_event(*next));
            return true;
        }
        if (!advance()) return false;
    }
}

}  // namespace loopscope::session
