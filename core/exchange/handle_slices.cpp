// SPDX-License-Identifier: MIT
#include "core/exchange/handle_slices.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/excerpt.hpp"
#include "core/trace/kinds.hpp"

namespace loopscope::exchange {
namespace {

using trace::Kind;

/// The maximum length of a step's name, in bytes, beyond which nothing is added to it.
constexpr std::size_t max_name = 60;
/// The maximum length in bytes of one thing that a step's name tells.
constexpr std::size_t max_part = 200;
/// The maximum number of instants, and of bytes of their names, that are kept until the end of their slice is
/// known.
constexpr std::size_t max_kept = 4096;
constexpr std::size_t max_kept_bytes = std::size_t{1} << 20;

}  // namespace

void HandleSlices::take(EventIndex at) {
    at_ = at;
    if (event().kind() == Kind::clock) clock_ = trace::clock_time(event());
    now_ = clock_ + Duration(event().since());
    const Kind kind = event().kind();
    if (trace::traits_of(kind).belongs == trace::Belongs::gap || begins_handle(kind)) pass_on_ended();
    if (kind == Kind::thread) switch_thread();
    const bool begins_slice = begins_handle(kind) && kind != Kind::skip;
    Open* const under_way = begins_slice ? nullptr : slice_of_event();
    if (under_way != nullptr && under_way->slice.events.size() >= max_kept) pass_on(*under_way);
    belongs(under_way != nullptr ? under_way->slice.events : between_);
}

void HandleSlices::leave() {
    before_ = now_;
    if (between_.size() >= max_kept) outside({now(), "events", Instant::Kind::events, 0, {}});
}

void HandleSlices::finish() {
    const auto end_all = [this] {
        while (!open_.empty()) end({});
        pass_on_ended();
    };
    pass_on_ended();
    end_all();
    for (auto& [thread, open] : halted_) {
        thread_ = thread;
        open_ = std::move(open);
        end_all();
    }
    if (!between_.empty()) outside({now(), "the last events", Instant::Kind::events, 0, {}});
}

/// Adds the event to those that belong to something.
void HandleSlices::belongs(std::vector<EventRun>& runs) {
    if (runs.empty() || runs.back().end != at_)
        runs.push_back({at_, at_ + 1, before_});
    else
        ++runs.back().end;
}

Time HandleSlices::begin(Track track, Slice::Kind kind, std::string name, Flow arrives) {
    Open open;
    open.began = now_;
    open.slice.track = track;
    open.slice.kind = kind;
    open.slice.begin = times_.begin(at_, clock_, now_);
    open.slice.name = std::move(name);
    open.slice.arrives = arrives;
    open.slice.events = std::exchange(between_, {});
    open_.push_back(std::move(open));
    return open_.back().slice.begin;
}

void HandleSlices::switch_thread() {
    if (!open_.empty()) halted_[thread_] = std::move(open_);
    thread_ = event().subject;
    open_.clear();
    if (event().a != 0) {
        threads_[thread_] = string(event().a);
        shown_threads_.erase(first_thread_track + thread_);
    }
    const auto goes_on = halted_.find(thread_);
    if (goes_on == halted_.end()) return;
    open_ = std::move(goes_on->second);
    halted_.erase(goes_on);
}

Track HandleSlices::thread_track() {
    const Track track = first_thread_track + thread_;
    if (shown_threads_.insert(track).second) {
        const std::string& name = threads_[thread_];
        const std::string otherwise = thread_ == 1 ? "event loop" : fmt::format("thread {}", thread_);
        visitor_.track(track, name.empty() ? otherwise : name);
    }
    return track;
}

std::optional<HandleSlices::Ended> HandleSlices::end(std::string_view done) {
    if (open_.empty()) return std::nullopt;
    Open open = std::move(open_.back());
    open_.pop_back();
    Slice& slice = open.slice;
    slice.end = times_.end(open.began, now_);
    if (slice.name.empty()) slice.name = done.empty() ? "step" : done;
    const Ended ended{slice.kind, slice.track, slice.end};
    ended_ = std::move(open);
    if (!open_.empty()) pass_on_ended();
    return ended;
}

void HandleSlices::does(std::string_view what) {
    if (open_.empty() || open_.back().slice.kind != Slice::Kind::step) return;
    std::string& so_far = open_.back().slice.name;
    if (so_far.size() >= max_name || open_.back().slice.begun) return;
    if (!so_far.empty()) so_far += ", ";
    so_far += beginning_of(what, max_part);
    if (so_far.size() >= max_name) so_far += " …";
}

/// Returns the slice that the event is in, or right behind; null if there is none.
HandleSlices::Open* HandleSlices::slice_of_event() {
    if (!open_.empty()) return &open_.back();
    const bool is_behind =
        trace::traits_of(event().kind()).belongs == trace::Belongs::handle || event().kind() == Kind::message;
    return ended_ && is_behind && event().kind() != Kind::skip ? &*ended_ : nullptr;
}

void HandleSlices::note(std::string name, Instant::Kind kind, Flow leaves) {
    Instant instant{now(), std::move(name), kind, leaves, {}};
    Open* const open = slice_of_event();
    if (open == nullptr) return outside(std::move(instant));
    kept_bytes_ += instant.name.size();
    open->slice.instants.push_back(std::move(instant));
    if (open->slice.instants.size() >= max_kept || kept_bytes_ >= max_kept_bytes) pass_on(*open);
}

/// Passes on what a slice has so far, before its end is known.
void HandleSlices::pass_on(Open& open) {
    Slice& slice = open.slice;
    if (slice.name.empty()) slice.name = "step";
    while (!slice.events.empty())
        slice.instants.push_back({now(), "events", Instant::Kind::events, 0, together_.take(slice.events)});
    visitor_.beginning(slice);
    slice.begun = true;
    slice.instants.clear();
    kept_bytes_ = 0;
}

/// Passes on the slice of a handle that is over. It keeps as many events as can stand together, and the
/// others get instants of their own.
void HandleSlices::pass_on_ended() {
    if (!ended_) return;
    Slice& slice = ended_->slice;
    std::vector<EventRun> first = together_.take(slice.events);
    while (!slice.events.empty()) {
        const Time time = std::max(slice.begin, times_.at(slice.events.front().before));
        slice.instants.push_back({time, "events", Instant::Kind::events, 0, together_.take(slice.events)});
    }
    slice.events = std::move(first);
    for (Instant& each : slice.instants) each.time = std::min(each.time, slice.end);
    visitor_.slice(slice);
    ended_.reset();
}

/// Passes on an instant outside all slices, and the events that stand between it and what was before.
void HandleSlices::outside(Instant instant) {
    const Track track = thread_track();
    instant.events = together_.take(between_);
    visitor_.instant(track, instant);
    while (!between_.empty())
        visitor_.instant(track, {instant.time, "events", Instant::Kind::events, 0, together_.take(between_)});
}

}  // namespace loopscope::exchange
