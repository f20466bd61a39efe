#include "core/exchange/track_writer.hpp"

#include <utility>

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
        while (tops_[event.lane] != 0 && open_[tops_[event.lane] - 1].end <= event.time)
            end_innermost(event.lane);
        log_.emit(Kind::slice, track, event.name, event.category);
        describe(track, event);
        if (event.end != LaneEvent::never) open(event);
    } else if (event.kind == LaneEvent::Kind::begin) {
        log_.emit(Kind::slice, track, event.name, event.category);
        describe(track, event);
    } else if (event.kind == LaneEvent::Kind::instant) {
        log_.emit(Kind::instant, track, event.name, event.category);
        describe(track, event);
    } else if (event.kind == LaneEvent::Kind::end) {
        log_.emit(Kind::slice_end, track);
    }
    if (event.has_flow) touch(track, event);
}

void TrackWriter::describe(std::uint32_t track, const LaneEvent& event) {
    arguments_.each(event.arguments, [&](const Argument& each) {
        if (log_.size() < maximum) log_.emit(Kind::argument, track, each.name, each.value);
    });
}

void TrackWriter::open(const LaneEvent& event) {
    std::uint32_t& top = tops_[event.lane];
    const Open made{event.end, top};
    if (free_ != 0) {
        top = free_;
        free_ = std::exchange(open_[free_ - 1], made).below;
    } else {
        open_.push_back(made);
        top = static_cast<std::uint32_t>(open_.size());
    }
    endings_.push({event.end, event.lane});
}

void TrackWriter::end_innermost(std::uint32_t draft) {
    const std::uint32_t over = tops_[draft];
    at(open_[over - 1].end);
    if (log_.size() < maximum) log_.emit(Kind::slice_end, tracks_.of_draft[draft]);
    tops_[draft] = std::exchange(open_[over - 1].below, free_);
    free_ = over;
}

/// Ends the spans that end before a time.
void TrackWriter::end_before(std::int64_t time) {
    while (!endings_.empty() && endings_.top().end < time) {
        const Ending next = endings_.top();
        endings_.pop();
        // One that another slice began right after has ended already.
        if (tops_[next.draft] != 0 && open_[tops_[next.draft] - 1].end <= next.end) end_innermost(next.draft);
    }
}

void TrackWriter::touch(std::uint32_t track, const LaneEvent& event) {
    flows_.each_touch(event.origin, [&](std::uint32_t flow, FlowPoint point) {
        std::uint32_t& number = flow_numbers_[flow];
        if (point == FlowPoint::start) number = ++last_flow_;
        if (number != 0) log_.emit(Kind::flow, track, number, trace::tagged(point));
    });
}

}  // namespace loopscope::exchange
