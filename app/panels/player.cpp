#include "app/panels/player.hpp"

#include <algorithm>

namespace loopscope::panels {

void Player::tick(session::Session& session, double passed) {
    if (!playing_) return;
    owed_ = std::min(owed_ + passed * pace * speed(), most_per_frame);
    while (owed_ > 0) {
        if (!session.step_handle(session::Direction::forward)) {
            playing_ = false;
            owed_ = 0;
            return;
        }
        const auto handle = session.index().handle_at(session.cursor());
        const bool step =
            handle >= 0 &&
            session.log()[session.index().handles().first(static_cast<std::size_t>(handle))].kind() ==
                trace::Kind::step;
        owed_ -= step ? trace::Index::step_width : 1;
    }
}

}  // namespace loopscope::panels
