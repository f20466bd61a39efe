// SPDX-License-Identifier: MIT
#include "app/session/drive.hpp"

#include <utility>

namespace loopscope::session {
namespace {

/// The maximum number of handles between two calls of `watch`: the events of as many handles of any program
/// are at most half of those that a recording may lose.
constexpr std::uint32_t watch_distance = 1U << 7;

constexpr std::chrono::milliseconds slice(10);

}  // namespace

bool drive(Session& session, Pursuit::Goal goal) {
    Pursuit pursuit(session, std::move(goal));
    complete(pursuit, session);
    return pursuit.found();
}

bool step(Session& session, Pursuit::What what, Direction direction) {
    return drive(session, {.what = what, .direction = direction});
}

bool step_task(Session& session, TaskId task, Direction direction) {
    return drive(session, {.what = Pursuit::What::task, .task = task, .direction = direction});
}

void run(Session& session, std::optional<Time> until, const std::function<bool()>& watch) {
    const std::uint32_t handles = watch ? watch_distance : UINT32_MAX;
    Pursuit pursuit(session, {.what = Pursuit::What::time, .until = until, .handles = handles});
    poll_until_over([&] {
        const Status status = pursuit.poll(session, slice);
        return !watch || watch() ? status : Status::ended;
    });
}

bool extend(Session& session, std::uint32_t handles) {
    const HandleIndex first = session.index().handles().end_index();
    Rest rest;
    for (;;) {
        const std::uint32_t done = session.index().handles().end_index() - first;
        if (session.over() || done >= handles) return !session.over();
        rest(session.poll({.handles = handles - done}));
    }
}

}  // namespace loopscope::session
