// SPDX-License-Identifier: MIT
#include "app/panels/view_control.hpp"

namespace loopscope::panels {

void ViewControl::begin(std::int64_t end, float width, double maximum) {
    camera_.goal().fit(end, width, maximum);
    camera_.begin();
    follows_ = shows_all_ = true;
}

void ViewControl::refit(std::int64_t end, float width, double maximum) {
    camera_.goal().fit(end, width, maximum);
    camera_.jump();
}

void ViewControl::fly() {
    camera_.fly();
    leave();
    shows_all_ = false;
}

void ViewControl::zoom(int steps, float x, float width, std::int64_t end) {
    if (steps == 0) return;
    const float fixed = std::clamp(x, 0.0F, width);
    timeline::View& goal = camera_.goal();
    // On the way to somewhere else, what is under the mouse is not what the goal has there.
    if (camera_.flies() && !camera_.view().morph)
        goal.origin = camera_.view().tick(fixed) - std::llround(static_cast<double>(fixed) / goal.scale);
    // More than the axis may be shown already, because more is expected to come.
    const auto shown = std::llround(static_cast<double>(width) / (2 * goal.scale));
    goal.zoom_steps(steps, fixed, width, std::max<std::int64_t>(end, shown));
    fly();
}

void ViewControl::wheel(float turns, float x, float width, std::int64_t end) {
    wheel_ += turns;
    const int steps = static_cast<int>(wheel_);
    wheel_ -= static_cast<float>(steps);
    zoom(steps, x, width, end);
    leave();
}

void ViewControl::pan(float pixels) {
    camera_.goal().pan(pixels);
    fly();
}

void ViewControl::drag(float pixels, float down, bool begins) {
    if (begins) camera_.remember();
    camera_.goal().pan(pixels);
    camera_.goal().scroll += down;
    camera_.jump();
    leave();
    shows_all_ = false;
}

void ViewControl::scroll(float pixels) {
    camera_.goal().scroll += pixels;
    fly();
}

void ViewControl::center(std::int64_t tick, float width) {
    timeline::View& goal = camera_.goal();
    goal.origin = std::max<std::int64_t>(tick - std::llround(static_cast<double>(width) / 2 / goal.scale),
                                         goal.first(width));
    fly();
}

void ViewControl::jump_to(std::int64_t tick, float width) {
    timeline::View& goal = camera_.goal();
    goal.origin = std::max(tick - goal.tick(width / 2) + goal.origin, goal.first(width));
    camera_.jump();
    leave();
    shows_all_ = false;
}

void ViewControl::fit(std::int64_t end, float width, double maximum) {
    camera_.goal().fit(end, width, maximum);
    fly();
    shows_all_ = true;
}

void ViewControl::fit(std::int64_t from, std::int64_t to, float width) {
    camera_.goal().show(from, to, width, timeline::View::max_scale);
    fly();
}

bool ViewControl::back() {
    const bool has_left = camera_.back();
    if (!has_left) return false;
    leave();
    shows_all_ = false;
    return true;
}

bool ViewControl::forward() {
    const bool has_left = camera_.forward();
    if (!has_left) return false;
    leave();
    shows_all_ = false;
    return true;
}

}  // namespace loopscope::panels
