// SPDX-License-Identifier: MIT
#include "app/session/pursuit.hpp"

#include <algorithm>
#include <utility>

#include "app/session/slice_stops.hpp"
#include "app/session/stops.hpp"

namespace loopscope::session {
namespace {

/// The numbers of handles and of prints between two readings of the clock.
constexpr int handles_at_once = 200;
constexpr std::uint32_t prints_at_once = 250;

}  // namespace

Pursuit::Pursuit(const Session& session, Goal goal) : goal_(std::move(goal)), from_(session.cursor()) {
    const bool looks_at_prints = goal_.what == What::print || goal_.what == What::leak ||
                                 goal_.what == What::stale || goal_.what == What::difference;
    if (!looks_at_prints) return;
    const bool back = goal_.direction == Direction::back;  // then a print at the cursor is not looked at
    next_ = session.index().print_after(back && from_ ? from_ - 1 : from_);
}

Status Pursuit::poll(Session& session, std::chrono::nanoseconds time) {
    if (is_over(status_)) return status_;
    if (cancelled_) return status_ = Status::ended;
    if (goal_.what == What::time) return status_ = run(session, time);
    if (session.index().is_of_tracks() && goal_.what != What::event) return status_ = go_to_slice(session);
    const Slice slice(time);
    return status_ = goal_.direction == Direction::back ? go_back(session, slice) : go_on(session, slice);
}

Status Pursuit::go_on(Session& session, const Slice& slice) {
    if (goal_.what == What::task && !goal_.task) return Status::ended;
    do {
        for (int each = 0; each < handles_at_once; ++each) {
            if (const auto event = find(session)) {
                session.seek(*event);
                found_ = true;
                return Status::ended;
            }
            if (prints_left(session)) break;
            if (session.over()) return end(session);
            if (session.poll({.handles = 1}) == Status::waiting) return Status::waiting;
        }
    } while (!slice.over());
    return Status::grew;
}

Status Pursuit::go_to_slice(Session& session) {
    const auto what = [&]() -> std::optional<SliceStops::What> {
        switch (goal_.what) {
            case What::handle: return SliceStops::What::any;
            case What::iteration: return SliceStops::What::outermost;
            case What::task: return SliceStops::What::beside;
            case What::print: return SliceStops::What::instant;
            case What::leak:
            case What::stale:
            case What::difference:
            case What::number:
            case What::event:
            case What::time: break;
        }
        return std::nullopt;
    }();
    if (!what) return Status::ended;
    const SliceStops stops(session.log(), session.index());
    const auto stop =
        goal_.direction == Direction::back ? stops.before(*what, from_) : stops.after(*what, from_);
    if (!stop && goal_.direction == Direction::forward && !session.over())
        return session.poll({.handles = 1});
    if (stop) session.seek(*stop);
    found_ = stop.has_value();
    return Status::ended;
}

Status Pursuit::end(Session& session) {
    if (goal_.what != What::task) session.go_to_head();
    found_ = (goal_.what == What::handle || goal_.what == What::iteration) && session.cursor() != from_;
    return session.status();
}

Status Pursuit::run(Session& session, std::chrono::nanoseconds time) {
    const auto passed = [&] { return goal_.until && session.feed().time() > *goal_.until; };
    if (!passed()) session.poll({.time = time, .handles = goal_.handles, .until = goal_.until});
    if (session.catching_up()) return Status::waiting;
    session.go_to_head();
    found_ = passed() || session.status() == Status::ended;
    return passed() ? Status::ended : session.status();
}

std::optional<EventIndex> Pursuit::find(const Session& session) {
    const Stops stops = session.stops();
    const auto& prints = session.index().prints();
    switch (goal_.what) {
        case What::handle: return stops.handle_after(from_);
        case What::iteration: return stops.iteration_after(from_);
        case What::task: return stops.step_after(from_, goal_.task);
        case What::leak: return find_counted(session, prints.leak_counts());
        case What::stale: return find_counted(session, prints.stale_counts());
        case What::print:
        case What::difference: return find_print(session);
        case What::number:
            if (goal_.number < prints.end_index()) return prints.event(goal_.number);
            break;
        case What::event:
            if (goal_.event <= session.head()) return goal_.event;
            break;
        case What::time: break;
    }
    return std::nullopt;
}

std::optional<EventIndex> Pursuit::find_print(const Session& session) {
    const auto& prints = session.index().prints();
    const PrintIndex end = std::min(prints.end_index(), next_ + prints_at_once);
    for (; next_ < end; ++next_) {
        if (goal_.what == What::print || goal_.differs(next_)) return prints.event(next_);
    }
    return std::nullopt;
}

std::optional<EventIndex> Pursuit::find_counted(const Session& session, const trace::PrintCounts& counts) {
    const auto& prints = session.index().prints();
    const std::uint32_t passed = counts.before(next_);
    next_ = prints.end_index();
    if (counts.before(next_) == passed) return std::nullopt;
    return prints.event(counts.find(passed + 1));
}

bool Pursuit::prints_left(const Session& session) const {
    return goal_.what == What::difference && next_ < session.index().prints().end_index();
}

Status Pursuit::go_back(Session& session, const Slice& slice) {
    if (goal_.what == What::difference) {
        do {
            if (look_back(session)) return Status::ended;
        } while (!slice.over());
        return Status::grew;
    }
    const Stops stops = session.stops();
    const auto stop = [&]() -> std::optional<EventIndex> {
        switch (goal_.what) {
            case What::handle: return stops.handle_before(from_);
            case What::iteration: return stops.iteration_before(from_);
            case What::task: return stops.step_before(from_, goal_.task);
            case What::print: return stops.print_before(from_);
            case What::leak: return stops.leak_before(from_);
            case What::stale: return stops.stale_before(from_);
            case What::difference:
            case What::number:
            case What::event:
            case What::time: break;
        }
        return std::nullopt;
    }();
    if (stop) session.seek(*stop);
    found_ = stop.has_value();
    return Status::ended;
}

bool Pursuit::look_back(Session& session) {
    for (std::uint32_t tries = std::min(next_.value, prints_at_once); tries > 0; --tries) {
        if (!goal_.differs(--next_)) continue;
        session.seek(session.index().prints().event(next_));
        return found_ = true;
    }
    return next_ == PrintIndex{};
}

}  // namespace loopscope::session
