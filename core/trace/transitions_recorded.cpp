// SPDX-License-Identifier: MIT
// Checks and applies the events that only recorded and imported programs have.

#include <cmath>

#include <fmt/format.h>

#include "core/trace/transitions.hpp"

namespace loopscope::trace {

bool Checker::abandon(const Event& event) {
    if (event.a != turn_.left)
        return refuse(
            fmt::format("{} handles of the iteration have not run, and it says {}", turn_.left, event.a));
    turn_.left = 0;
    turn_.last_ended = 0;
    return true;
}

bool Checker::drop(const Event& event) {
    Loop& closed = loop();
    if (turn_.left != 0) return refuse(fmt::format("{} handles of the iteration have not run", turn_.left));
    if (event.a != closed.ready.size())
        return refuse(fmt::format("it drops {} handles, but {} are ready", event.a, closed.ready.size()));
    if (event.b != closed.running_timers)
        return refuse(fmt::format("it drops {} timers, but {} run", event.b, closed.running_timers));
    if (!step_over(running_timers_)) return false;
    ready_ -= closed.ready.size();
    closed.ready.clear();
    running_timers_ -= closed.running_timers;
    closed.running_timers = 0;
    closed.dropped = static_cast<std::uint32_t>(timers_.size());
    turn_.last_ended = 0;
    return true;
}

bool Checker::file(const Event& event) {
    if (event.subject <= files_) return true;
    if (event.a == 0) return refuse("it does not say the path of a new file");
    if (files_ >= max_files) return refuse("there are more files than can be shown");
    ++files_;
    return true;
}

bool Checker::job(const Event& event) {
    turn_.in_job = true;
    turn_.job_of = event.subject;
    turn_.last_ended = 0;
    return true;
}

bool Checker::job_end(const Event& event) {
    if (turn_.left != 0) return refuse(fmt::format("{} handles of the iteration have not run", turn_.left));
    turn_.in_job = false;
    turn_.job_of = 0;
    return fail_with(event);
}

/// Returns whether the event `before` sets or changes the variable that an event is about.
bool Checker::follows_set(const Event& event, std::uint32_t before) {
    const std::uint8_t said = said_by(before);
    const bool is_set = said != 0 && said != a_read;
    const std::uint32_t variable = said == a_far_variable ? variable_said_by(before) : said;
    return (is_set && variable == event.variable().value) ||
           refuse("the set that it is about is of no such variable");
}

bool Checker::put(const Event& event) {
    if (!hold(item_bytes, "items")) return false;
    items_.push_back({event.a, false});
    return true;
}

bool Checker::take(const Event& event) {
    Item& item = items_[event.subject - 1];
    if (item.taken) return refuse(fmt::format("item {} was taken before", event.subject));
    if (item.queue != event.a)
        return refuse(fmt::format("item {} is in queue {}", event.subject, item.queue));
    item.taken = true;
    return true;
}

/// Adds one to `count`, and counts the memory that it takes.
bool Checker::add(std::uint32_t& count, std::uint64_t bytes, std::string_view what) {
    ++count;
    return hold(bytes, what);
}

bool Checker::track() {
    if (!hold(track_bytes, "tracks")) return false;
    tracks_.emplace_back();
    return true;
}

/// Applies the begin of a slice, an instant, or an argument of the last of these.
bool Checker::describe(const Event& event) {
    Track& track = tracks_[event.subject - 1];
    if (event.kind() == Kind::argument)
        return track.described || refuse(fmt::format("nothing has begun on track {}", event.subject));
    track.described = true;
    if (event.kind() == Kind::slice) ++track.open;
    return true;
}

bool Checker::slice_end(const Event& event) {
    Track& track = tracks_[event.subject - 1];
    if (track.open == 0) return refuse(fmt::format("no slice is open on track {}", event.subject));
    --track.open;
    return true;
}

bool Checker::flow(const Event& event) {
    if (event.tag<FlowPoint>() == FlowPoint::start) ++flows_;
    Track& track = tracks_[event.subject - 1];
    track.touched = true;
    return track.described || refuse(fmt::format("nothing has begun on track {}", event.subject));
}

bool Checker::describe_flow(const Event& event) {
    return tracks_[event.subject - 1].touched ||
           refuse(fmt::format("no flow has touched track {}", event.subject));
}

bool Checker::count(const Event& event) {
    return std::isfinite(counted_value(event)) || refuse("what it counts is no number");
}

}  // namespace loopscope::trace
