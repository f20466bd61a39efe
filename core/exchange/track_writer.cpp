// SPDX-License-Identifier: MIT
#include "core/exchange/track_writer.hpp"

namespace loopscope::exchange {
namespace {

/// The length of the log, in events, beyond which ends of slices and arguments are no longer written, so that
/// a saved file can be read again.
constexpr std::uint32_t maximum = trace::max_stored_events - 1000;

}  // namespace

using trace::FlowPoint;
using trace::Kind;

void TrackWriter::add(const LaneEvent& event) {
    if (event.kind == LaneEvent::Kind::nothing) return;
    end_before(event.time);
    at(event.time);
    if (event.kind == LaneEvent::Kind::count) {
        const auto value = static_cast<std::uint64_t>(event.end);
        log_.emit(Kind::count, tracks_.of_series[event.lane], static_cast<std::uint32_t>(value),
                  static_cast<std::uint32_t>(value >> 32U));
        return;
    }
    const std::uint32_t track = tracks_.of_draft[event.lane];
    if (event.kind == LaneEvent::Kind::span) {
        // What ends now is not around what begins now.
        while (ends_by(event.lane, event.time)) end_innermost(event.lane);
        log_.emit(Kind::slice, track, event.name, event.category);
        describe(track, event.arguments);
        if (event.end != LaneEvent::never) open(event);
    } else if (event.kind == LaneEvent::Kind::begin) {
        log_.emit(Kind::slice, track, event.name, event.category);
        describe(track, event.arguments);
    } else if (event.kind == LaneEvent::Kind::instant) {
        log_.emit(Kind::instant, track, event.name, event.category);
        describe(track, event.arguments);
    } else if (event.kind == LaneEvent::Kind::end) {
        log_.emit(Kind::slice_end, track);
    }
    if (event.has_flow) touch(track, event);
}

void TrackWriter::describe(std::uint32_t track, std::uint32_t arguments, Kind kind) {
    arguments_.each(arguments, [&](const Argument& each) {
        if (log_.size() < maximum) log_.emit(kind, track, each.name, each.value);
    });
}

void TrackWriter::open(const LaneEvent& event) {
    open_.push(tops_[event.lane], event.end);
    endings_.push({event.end, event.lane});
}

void TrackWriter::end_innermost(std::uint32_t draft) {
    at(open_.of(tops_[draft]));
    if (log_.size() < maximum) log_.emit(Kind::slice_end, tracks_.of_draft[draft]);
    open_.pop(tops_[draft]);
}

/// Ends the spans that end before a time.
void TrackWriter::end_before(std::int64_t time) {
    while (!endings_.empty() && endings_.top().end < time) {
        const Ending next = endings_.top();
        endings_.pop();
        // One that another slice began right after has ended already.
        if (ends_by(next.draft, next.end)) end_innermost(next.draft);
    }
}

void TrackWriter::touch(std::uint32_t track, const LaneEvent& event) {
    flows_.each_touch(event.origin, [&](const Flows::Touch& touch) {
        std::uint32_t& number = flow_numbers_[touch.flow];
        const bool starts = touch.point == FlowPoint::start;
        if (starts) number = ++last_flow_;
        if (number == 0) return;
        log_.emit(Kind::flow, track, number, trace::tagged(touch.point));
        const auto& [name, category] = flows_.name_of(touch.flow);
        if (starts && name && log_.size() < maximum)
            log_.emit(Kind::flow_name, number, name.value, category.value);
        describe(track, touch.arguments, Kind::flow_argument);
    });
}

}  // namespace loopscope::exchange
