#include "app/session/pursuit.hpp"

#include <algorithm>

namespace loopscope::session {
namespace {

/// Between two looks at the clock.
constexpr int handles_at_once = 200;
constexpr std::size_t prints_at_once = 50'000;

}  // namespace

Pursuit::Pursuit(const Session& session, Goal goal)
    : goal_(std::move(goal)), from_(session.cursor()), seen_(session.index().prints_until(from_)) {}

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
    const auto& prints = session.index().prints();
    const std::size_t until = std::min(prints.size(), seen_ + prints_at_once);
    for (; seen_ < until; ++seen_) {
        const trace::PrintInfo& print = prints[seen_];
        if (goal_.what == What::leak && !print.leak) continue;
        if (goal_.what == What::difference && !goal_.differs(seen_)) continue;
        return print.event;
    }
    return std::nullopt;
}

bool Pursuit::advance(Session& session, std::chrono::nanoseconds time) {
    const auto until = std::chrono::steady_clock::now() + time;
    if (goal_.what == What::task && !goal_.task) return true;
    do {
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
