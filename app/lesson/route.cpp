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
bool reached(const Session& session, const Place& place) {
    const trace::Index& index = session.index();
    switch (place.kind) {
        case Place::Kind::start: return true;
        case Place::Kind::before_print:
        case Place::Kind::print: return index.prints().size() >= place.count;
        case Place::Kind::leak: return index.leaks_until(session.head()) >= place.count;
        case Place::Kind::iteration: return index.iterations().size() >= place.count;
        case Place::Kind::time: return index.time(session.log(), session.head()) > place.time;
        case Place::Kind::end: return session.over();
    }
    return false;
}

std::string words(const Place& place) {
    switch (place.kind) {
        case Place::Kind::start: return "its start";
        case Place::Kind::before_print:
        case Place::Kind::print: return fmt::format("print {}", place.count);
        case Place::Kind::leak: return fmt::format("leak {}", place.count);
        case Place::Kind::iteration: return fmt::format("iteration {}", place.count);
        case Place::Kind::time: return fmt::format("{:g} s", to_seconds(place.time));
        case Place::Kind::end: return "its end";
    }
    return {};
}

/// Returns the cursor at a place that was just reached; `before` is the head before the last handle.
std::uint32_t cursor_at(const Session& session, const Place& place, std::uint32_t before) {
    const auto& prints = session.index().prints();
    switch (place.kind) {
        case Place::Kind::before_print:
        case Place::Kind::iteration: return before;
        case Place::Kind::print: return prints.event(place.count - 1);
        case Place::Kind::leak: {
            const auto found = std::ranges::find(prints, place.count, &trace::PrintInfo::leaks);
            return found->event;
        }
        default: return session.head();
    }
}

/// Moves a spot on to a place of the same run. The error is the end of a sentence.
Result<void> go_on(Spot& spot, const Place& place, Effort& effort) {
    Session session = session_at(spot);
    const bool at_start = session.head() == session.first_event();
    const bool passed = place.kind == Place::Kind::start ? !at_start : reached(session, place);
    if (passed && place.kind != Place::Kind::time && place.kind != Place::Kind::end)
        return fail(
            fmt::format("{} was passed before the storage was switched; stop further on", words(place)));
    std::uint32_t before = session.head();
    for (std::uint32_t handles = 0; !reached(session, place); ++handles) {
        if (session.over())
            return fail(fmt::format(
                "the program never gets to {}: it ends after {} prints, of which {} leak, "
                "in iteration {}",
                words(place), session.index().prints().size(), session.index().leaks_until(session.head()),
                session.index().iterations().size()));
        if (handles == longest_run)
            return fail(
                fmt::format("the program does not get to {} within {} handles; stop earlier, or make "
                            "it shorter",
                            words(place), longest_run));
        before = session.head();
        extend(session, 1);
    }
    if (auto taken = effort.take(session.log().size()); !taken) return taken;
    spot.cursor = cursor_at(session, place, before);
    // What comes after the place is kept only as far as it is part of the same handle.
    spot.length = spot.cursor == before ? before + 1 : session.log().size();
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
    if (stop.run) base_ = {*stop.run, {}, 0, 0};
    Spot spot = base_;
    if (const auto gone = go_on(spot, stop.place, effort_); !gone)
        return fail(fmt::format("{}:{}: {}", lesson_.file, stop.line, gone.error().message));
    if (stop.storage) {
        switch_to(spot, *stop.storage);
        base_ = spot;
    }
    return spot;
}

Result<Session> ahead_of(const Spot& spot, Effort& effort) {
    Session session = session_at(spot);
    const bool goes_on = extend(session, longest_run);
    LOOPSCOPE_CHECK(effort.take(session.log().size()));
    if (goes_on)
        return fail(
            fmt::format("the program does not end within {} handles; make it shorter with "
                        "'set', such as 'set: duration=1'",
                        longest_run));
    session.seek(spot.cursor);
    return session;
}

}  // namespace loopscope::lesson
