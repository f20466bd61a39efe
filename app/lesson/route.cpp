// SPDX-License-Identifier: MIT
#include "app/lesson/route.hpp"

#include <fmt/format.h>

#include "app/session/drive.hpp"
#include "core/base/result.hpp"
#include "core/feed/program_feed.hpp"

namespace loopscope::lesson {
namespace {

using session::Session;

Session session_at(const Spot& spot) {
    Session session(feed_at(spot));
    session.seek(spot.cursor);
    return session;
}

/// Returns whether a session's trace has reached a place.
bool reached(const Session& session, const StopPoint& point) {
    const trace::Index& index = session.index();
    switch (point.kind) {
        case StopPoint::Kind::start: return true;
        case StopPoint::Kind::before_print:
        case StopPoint::Kind::print: return index.prints().size() >= point.count;
        case StopPoint::Kind::leak: return index.leaks_until(session.head()) >= point.count;
        case StopPoint::Kind::iteration: return index.iterations().size() >= point.count;
        case StopPoint::Kind::time: return index.time(session.log(), session.head()) > point.time;
        case StopPoint::Kind::end: return session.over();
    }
    return false;
}

std::string words(const StopPoint& point) {
    switch (point.kind) {
        case StopPoint::Kind::start: return "its start";
        case StopPoint::Kind::before_print:
        case StopPoint::Kind::print: return fmt::format("print {}", point.count);
        case StopPoint::Kind::leak: return fmt::format("leak {}", point.count);
        case StopPoint::Kind::iteration: return fmt::format("iteration {}", point.count);
        case StopPoint::Kind::time: return fmt::format("{:g} s", to_seconds(point.time));
        case StopPoint::Kind::end: return "its end";
    }
    return {};
}

/// Returns the cursor at a place that was just reached; `before` is the head before the last handle.
EventIndex cursor_at(const Session& session, const StopPoint& point, EventIndex before) {
    const auto& prints = session.index().prints();
    switch (point.kind) {
        case StopPoint::Kind::before_print:
        case StopPoint::Kind::iteration: return before;
        case StopPoint::Kind::print: return prints.event(PrintIndex{point.count - 1});
        case StopPoint::Kind::leak: return prints.event(prints.index_of_leak(point.count));
        default: return session.head();
    }
}

/// Moves a spot on to a place of the same run. The error is the end of a sentence.
Result<void> go_on(Spot& spot, const StopPoint& point, Effort& effort) {
    Session session = session_at(spot);
    const bool at_start = session.head() == session.first_event();
    const bool passed = point.kind == StopPoint::Kind::start ? !at_start : reached(session, point);
    if (passed && point.kind != StopPoint::Kind::time && point.kind != StopPoint::Kind::end)
        return fail(
            fmt::format("{} was passed before the storage was switched; stop further on", words(point)));
    EventIndex before = session.head();
    for (std::uint32_t handles = 0; !reached(session, point); ++handles) {
        if (session.over())
            return fail(fmt::format(
                "the program never gets to {}: it ends after {} prints, of which {} leak, "
                "in iteration {}",
                words(point), session.index().prints().size(), session.index().leaks_until(session.head()),
                session.index().iterations().size()));
        if (handles == max_run_events)
            return fail(
                fmt::format("the program does not get to {} within {} handles; stop earlier, or make "
                            "it shorter",
                            words(point), max_run_events));
        before = session.head();
        extend(session, 1);
    }
    if (auto taken = effort.take(session.log().size()); !taken) return taken;
    spot.cursor = cursor_at(session, point, before);
    // What comes after the place is kept only as far as it is part of the same handle.
    spot.length = spot.cursor == before ? before.value + 1 : session.log().size();
    return {};
}

void switch_to(Spot& spot, trace::Storage storage) {
    Session session = session_at(spot);
    session.select(storage);
    spot.switches = session.switches();
    spot.length = session.log().size();
    spot.cursor = session.cursor();
}

}  // namespace

std::unique_ptr<feed::Feed> feed_at(const Spot& spot) {
    return std::make_unique<feed::ProgramFeed>(spot.setup, spot.switches, spot.length);
}

Result<void> Effort::take(std::uint64_t events) {
    events_ += events;
    if (events_ <= max_events) return {};
    return fail(
        fmt::format("up to here the lesson's programs run for more than {} million events; make them "
                    "shorter, or the lesson",
                    max_events / 1'000'000));
}

Result<Spot> Route::next() {
    const Stop& stop = lesson_.stops[stop_++];
    if (stop.run) base_ = {*stop.run, {}, 0, {}};
    Spot spot = base_;
    if (const auto gone = go_on(spot, stop.point, effort_); !gone)
        return fail(fmt::format("{}:{}: {}", lesson_.file, stop.line, gone.error().message));
    if (stop.storage) {
        switch_to(spot, *stop.storage);
        base_ = spot;
    }
    return spot;
}

Result<Session> ahead_of(const Spot& spot, Effort& effort) {
    Session session = session_at(spot);
    const bool goes_on = extend(session, max_run_events);
    LOOPSCOPE_CHECK(effort.take(session.log().size()));
    if (goes_on)
        return fail(
            fmt::format("the program does not end within {} handles; make it shorter with "
                        "'set', such as 'set: duration=1'",
                        max_run_events));
    session.seek(spot.cursor);
    return session;
}

}  // namespace loopscope::lesson
