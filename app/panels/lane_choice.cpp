// SPDX-License-Identifier: MIT
#include "app/panels/lane_choice.hpp"

#include "app/session/search.hpp"

namespace loopscope::panels {

using explain::TaskOrder;

void LaneChoice::set_filter(const std::string& text) {
    filter_ = text;
    filter_changed_ = true;
}

void LaneChoice::next_order() {
    order_ = order_ == TaskOrder::state ? TaskOrder::creation
                                        : static_cast<TaskOrder>(static_cast<std::uint8_t>(order_) + 1);
}

void LaneChoice::apply(const session::Session& session, timeline::LaneTree& tree) {
    sort(session, tree);
    filter(session, tree);
}

void LaneChoice::sort(const session::Session& session, timeline::LaneTree& tree) {
    const trace::Index& index = session.index();
    const bool by_state = order_ == TaskOrder::state;
    const Sorted now{order_, index.serial(), index.tasks().size(),
                     by_state ? session.cursor() : EventIndex{}};
    const bool in_order = order_ == TaskOrder::creation && sorted_.order == order_;
    if (in_order || now == sorted_) return;
    sorted_ = now;
    tree.sort(explain::ranks(session.log(), index, session.state(), order_));
}

void LaneChoice::filter(const session::Session& session, timeline::LaneTree& tree) {
    const bool depends_on_cursor = session::is_state_of_tasks(filter_);
    const Filtered now{session.index().serial(), session.index().size(),
                       depends_on_cursor ? session.cursor() : EventIndex{}};
    if (!filter_changed_ && (filter_.empty() || filtered_at_ == now)) return;
    filter_changed_ = false;
    filtered_at_ = now;
    if (filter_.empty()) return tree.set_filter({});
    tree.set_filter([&session, finder = session::Finder(filter_)](TaskId task) mutable {
        return session::is_meant(session.log(), session.index(), session.state(), task, finder);
    });
}

}  // namespace loopscope::panels
