// SPDX-License-Identifier: MIT
#include "app/platform/touch.hpp"

#include <algorithm>
#include <cmath>

namespace loopscope::platform {
namespace {

/// How much further two fingers have to be apart for a turn of the wheel to zoom in as far as they do.
constexpr double zoom_of_a_turn = 1.25;
/// How far two fingers move to the side for a turn of the wheel sideways, in screen coordinates.
constexpr double way_of_a_turn = 60;

Input cursor_at(double x, double y, double time) {
    return {.kind = Input::Kind::cursor, .x = x, .y = y, .time = time};
}

Input button(std::uint32_t code, bool down, double time) {
    return {.kind = Input::Kind::button, .code = code, .down = down, .time = time};
}

constexpr std::uint32_t left = 0;
constexpr std::uint32_t right = 1;

}  // namespace

Touch::Pair Touch::pair_of(const Finger& one, const Finger& other) {
    return {(one.x + other.x) / 2, (one.y + other.y) / 2,
            std::max(std::hypot(one.x - other.x, one.y - other.y), 1.0)};
}

void Touch::take(std::span<const Finger> fingers, double time, std::vector<Input>& inputs) {
    if (fingers.empty()) return end(time, inputs);
    if (fingers.size() >= 2) {
        if (drags_) inputs.push_back(button(left, false, time));
        drags_ = false;
        first_.reset();
        spent_ = true;
        const Pair now = pair_of(fingers[0], fingers[1]);
        if (pair_) turn(now, time, inputs);
        pair_ = now;
        return;
    }
    pair_.reset();
    if (spent_) return;
    if (!first_)
        begin(fingers[0], time, inputs);
    else
        drag(fingers[0], time, inputs);
}

void Touch::begin(const Finger& finger, double time, std::vector<Input>& inputs) {
    first_ = finger;
    since_ = time;
    inputs.push_back(cursor_at(finger.x, finger.y, time));
}

void Touch::drag(const Finger& finger, double time, std::vector<Input>& inputs) {
    if (!drags_ && std::hypot(finger.x - first_->x, finger.y - first_->y) < drag_distance) return;
    if (!drags_) inputs.push_back(button(left, true, time));  // where the finger came down
    drags_ = true;
    inputs.push_back(cursor_at(finger.x, finger.y, time));
}

void Touch::turn(const Pair& now, double time, std::vector<Input>& inputs) {
    inputs.push_back(cursor_at(now.x, now.y, time));
    const double zoom = std::log(now.apart / pair_->apart) / std::log(zoom_of_a_turn);
    const double aside = (now.x - pair_->x) / way_of_a_turn;
    inputs.push_back({.kind = Input::Kind::wheel, .x = aside, .y = zoom, .time = time});
}

void Touch::end(double time, std::vector<Input>& inputs) {
    if (drags_) {
        inputs.push_back(button(left, false, time));
    } else if (first_) {
        const std::uint32_t code = time - since_ >= long_press ? right : left;
        inputs.push_back(button(code, true, time));
        inputs.push_back(button(code, false, time));
    }
    first_.reset();
    pair_.reset();
    drags_ = spent_ = false;
}

void Touch::cancel(double time, std::vector<Input>& inputs) {
    if (!drags_) first_.reset();
    end(time, inputs);
}

}  // namespace loopscope::platform
