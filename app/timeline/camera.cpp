// SPDX-License-Identifier: MIT
#include "app/timeline/camera.hpp"

namespace loopscope::timeline {

void Camera::begin() {
    jump();
    forget();
    moves_ = 0;
}

void Camera::fly() {
    if (!flies()) remember();
    flight_.start(view_, goal_);
}

void Camera::jump() {
    flight_.stop();
    view_ = goal_;
}

void Camera::remember() {
    past_.push_back(view_);
    if (past_.size() > max_past) past_.erase(past_.begin());
    undone_.clear();
    ++moves_;
}

bool Camera::return_to(std::vector<View>& from, std::vector<View>& to) {
    if (from.empty()) return false;
    to.push_back(goal_);
    goal_ = from.back();
    from.pop_back();
    flight_.start(view_, goal_);
    return true;
}

}  // namespace loopscope::timeline
