#include "app/session/pursuit.hpp"

#include <algorithm>

namespace loopscope::session {
namespace {

/// Between two looks at the clock.
constexpr int handles_at_once = 200;
constexpr std::size_t prints_at_once = 5'000;

}  // namespace

Pursuit::Pursuit(const Session& session, Goal goal)
    : goal_(std::move(goal)), from_(session.cursor()), seen_(session.index().prints_until(from_)) {
    const bool on_print = seen_ > 0 && session.index().prints().event(seen_ - 1) == from_;
    if (goal_.direction == Direction::back && on_print) --seen_;
}

std::optional<std::uint32_t> Pursuit::find_step(const Session& session) const {
    const TaskId task = goal_.task;
    if (!task || task.value > session.index().tasks().size()) return std::nullopt;
    const auto& handles = session.index().handles();
    const auto& steps = session.index().task(task).steps;
    const auto next =
        std::ranges::upper_bound(steps, from_, {}, [&](std::uint32_t step) { return handles.first(step); });
    if (next == steps.end()) return std::nullopt;
    return session.index().last_event(*next);
}

std::optional<std::uint32_t> Pursuit::find(const Session& session) {
    if (goal_.what == What::task) return find_step(session);
    if (goal_.what == What::iteration) return session.iteration_end_after(from_);
    if (goal_.what == What::leak) return find_leak(session);
    const auto& prints = session.index().prints();
    const std::size_t until = std::min(prints.size(), seen_ + prints_at_once);
    for (; seen_ < until; ++seen_) {
        if (goal_.what == What::print || goal_.differs(seen_)) return prints.event(seen_);
    }
    return std::nullopt;
}

std::optional<std::uint32_t> Pursuit::find_leak(const Session& session) {
    const auto& prints = session.index().prints();
    const std::uint32_t passed = prints.leaks_before(seen_);
    seen_ = prints.size();
    if (prints.leaks_before(seen_) == passed) return std::nullopt;
    return prints.event(prints.place_of_leak(passed + 1));
}

bool Pursuit::look_back(Session& session) {
    for (std::size_t tries = std::min(seen_, prints_at_once); tries > 0; --tries) {
        if (!goal_.differs(--seen_)) continue;
        session.seek(session.index().prints().event(seen_));
        return found_ = true;
    }
    return seen_ == 0;
}

bool Pursuit::advance(Session& session, std::chrono::nanoseconds time) {
    const auto until = std::chrono::steady_clock::now() + time;
    if (goal_.what == What::task && !goal_.task) return true;
    do {
        if (goal_.direction == Direction::back) {
            if (look_back(session)) return true;
            continue;
        }
        for (int each = 0; each < handles_at_once; ++each) {
            if (const auto event = find(session)) {
                session.seek(*event);
                return found_ = true;
            }
            if (looks_at_prints() && seen_ < session.index().prints().size()) break;
            if (session.over()) {
                if (goal_.what != What::task) session.go_to_head();
                found_ = goal_.what == What::iteration && session.cursor() != from_;
                return true;
            }
            // Handle by handle, so that nothing has been run beyond what was looked for.
            session.extend(1);
        }
    } while (std::chrono::steady_clock::now() < until);
    return false;
}

}  // namespace loopscope::session
