// SPDX-License-Identifier: MIT
#include "core/intake/lanes.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

namespace loopscope::intake {

using trace::Kind;

bool Lanes::go_on(std::uint32_t thread, StringId name) {
    const bool is_first = !std::exchange(was_named_, true);
    if (thread == threads_.size() + 1 && !is_first) threads_.emplace_back();
    if (thread == 0 || thread > threads_.size()) return out_.refuse_number("thread", thread, threads_.size());
    thread_ = thread;
    if (name) this->thread().name = name;
    return true;
}

void Lanes::begin(const Activity& activity) {
    ++lane(activity.lane).busy;
    thread().running.push_back(activity);
}

Activity Lanes::end() {
    const Activity ended = thread().running.back();
    thread().running.pop_back();
    --lane(ended.lane).busy;
    return ended;
}

bool Lanes::name_loop(std::uint32_t loop) {
    if (loop == loops_.size() + 1) loops_.emplace_back();
    if (loop == 0 || loop > loops_.size()) return out_.refuse_number("loop", loop, loops_.size());
    loop_ = loop;
    return true;
}

std::uint32_t Lanes::lane_of_loop() {
    const std::uint32_t loop = loop_ != 0 ? loop_ : thread().loop;
    if (loop == 0) return lane_here();
    const std::uint32_t lane = loops_[loop - 1].lane;
    return lane != 0 ? lane : bind(loop);
}

std::uint32_t Lanes::lane_to_run(std::uint32_t loop) {
    thread().loop = loop;
    std::uint32_t& lane = loops_[loop - 1].lane;
    if (lane == 0) return bind(loop);
    if (this->lane(lane).thread != thread_ && this->lane(lane).iteration == 0) hand_over(lane);
    return lane;
}

/// Gives a loop a lane: that of the OS thread that writes, or another one if that has a loop.
std::uint32_t Lanes::bind(std::uint32_t loop) {
    std::uint32_t number = own_lane();
    if (lane(number).loop != 0) {
        const auto name = fmt::format("{}, loop {}", out_.log().strings()[thread().name], loop);
        number = add_lane(out_.intern(name));
    }
    lane(number).loop = loop;
    loops_[loop - 1].lane = number;
    return number;
}

/// Has a lane, whose loop was prepared by another OS thread, belong to the one that runs it.
void Lanes::hand_over(std::uint32_t number) {
    Lane& lane = this->lane(number);
    Thread& before = threads_[lane.thread - 1];
    if (lane.busy > 0 || thread().lane != 0) return;
    if (before.lane == number) before.lane = 0;
    lane.thread = thread_;
    lane.name = thread().name;
    thread().lane = number;
    if (lane_ == number) lane_ = 0;  // is to be named again
}

void Lanes::close(std::uint32_t number) {
    Lane& closed = lane(number);
    if (closed.loop != 0) loops_[closed.loop - 1].lane = 0;
    closed.loop = 0;
}

std::uint32_t Lanes::lane_here() {
    return activity() ? activity()->lane : own_lane();
}

std::uint32_t Lanes::own_lane() {
    if (thread().lane == 0) thread().lane = add_lane(thread().name);
    return thread().lane;
}

std::uint32_t Lanes::side_lane() {
    if (thread().side_lane == 0) {
        const auto name = fmt::format("{}, out of turn", out_.log().strings()[thread().name]);
        thread().side_lane = add_lane(out_.intern(name));
    }
    return thread().side_lane;
}

/// Adds a lane of the OS thread that writes. Once there are as many as a trace may have, one on which nothing
/// goes on is used again.
std::uint32_t Lanes::add_lane(StringId name) {
    if (lanes_.size() >= trace::max_threads) {
        const auto idle = std::ranges::find_if(
            lanes_, [](const Lane& each) { return each.loop == 0 && each.busy == 0 && each.left == 0; });
        if (idle != lanes_.end()) {
            Thread& before = threads_[idle->thread - 1];
            const auto number = static_cast<std::uint32_t>(idle - lanes_.begin()) + 1;
            if (before.lane == number) before.lane = 0;
            if (before.side_lane == number) before.side_lane = 0;
            idle->name = name;
            idle->thread = thread_;
            if (lane_ == number) lane_ = 0;
            return number;
        }
    }
    Lane lane;
    lane.name = name;
    lane.thread = thread_;
    lanes_.push_back(std::move(lane));
    return static_cast<std::uint32_t>(lanes_.size());
}

bool Lanes::select(std::uint32_t number) {
    if (lane_ == number) return true;
    if (!out_.write(Kind::thread, number, lane(number).name.value)) return false;
    lane_ = number;
    return true;
}

}  // namespace loopscope::intake
