#include "app/panels/player.hpp"

#include <algorithm>

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

void Player::tick(session::Session& session, double passed) {
    if (!playing_) return;
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
