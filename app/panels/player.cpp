// SPDX-License-Identifier: MIT
#include "app/panels/player.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/panels/frame_budget.hpp"
#include "app/session/pursuit.hpp"

namespace loopscope::panels {

bool Player::step(session::Session& session) {
    session::Pursuit step(session, {session::Pursuit::What::handle});
    const Status status = step.poll(session, std::chrono::nanoseconds(0));
    if (is_over(status) && step.found()) return true;
    waits_ = status == Status::waiting;
    playing_ = !is_over(status);
    return false;
}

std::string Player::speed_text() const {
    if (speed() == free_speed) return "max";
    return speed() < 1 ? fmt::format("1/{:.0f}×", 1 / speed()) : fmt::format("{:.0f}×", speed());
}

void Player::run(session::Session& session) {
    session::Pursuit run(session, {session::Pursuit::What::time});
    const Status status = run.poll(session, frame_slice);
    waits_ = status == Status::waiting;
    playing_ = !is_over(status);
}

void Player::tick(session::Session& session, double passed) {
    if (!playing_) return;
    if (speed() == free_speed) return run(session);
    budget_ = std::min(budget_ + passed * pace * speed(), max_per_frame);
    waits_ = false;
    while (budget_ > 0) {
        if (!step(session)) {
            budget_ = 0;
            return;
        }
        const auto handle = session.index().handle_at(session.cursor());
        const bool step =
            handle && session.log()[session.index().handles().first(*handle)].kind() == trace::Kind::step;
        budget_ -= step ? trace::Index::step_width : 1;
    }
}

}  // namespace loopscope::panels
