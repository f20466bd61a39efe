// SPDX-License-Identifier: MIT
#include "core/trace/tracks.hpp"

#include <algorithm>

namespace loopscope::trace {

void Tracks::apply(const Event& event) {
    const Kind kind = event.kind();
    if (kind == Kind::track) {
        TrackInfo made;
        made.name = StringId{event.a};
        made.parent = event.b;
        made.root = static_cast<std::uint32_t>(tracks_.size() + 1);
        if (made.name) made.number = namesakes_.add(made.name, {});
        tracks_.push_back(made);
    } else if (kind == Kind::counter) {
        CounterInfo made;
        made.name = StringId{event.a};
        made.track = event.b;
        counters_.push_back(made);
    } else if (kind == Kind::count) {
        if (event.subject != 0 && event.subject <= counters_.size())
            count(counters_[event.subject - 1], counted_value(event));
    } else if (kind != Kind::flow_name && has(event.subject)) {
        describe(tracks_[event.subject - 1], event);
    }
}

void Tracks::describe(TrackInfo& track, const Event& event) {
    const Kind kind = event.kind();
    if (kind == Kind::slice) {
        ++track.slices;
        track.depth = std::max(track.depth, ++track.open);
    } else if (kind == Kind::slice_end) {
        if (track.open > 0) --track.open;
    } else if (kind == Kind::instant) {
        ++track.instants;
    } else if (kind == Kind::identity) {
        identify(track, event);
    } else if (kind == Kind::cause) {
        track.cause = has(event.b) && event.b != event.subject ? event.b : 0;
        track.root = track.cause != 0 ? tracks_[track.cause - 1].root : event.subject;
    }
}

void Tracks::identify(TrackInfo& track, const Event& event) {
    if (track.number != 0) namesakes_.remove(track.name, track.identity, track.number);
    track.kind = event.tag<TrackKind>();
    track.identity = StringId{event.a};
    const bool is_counted =
        track.name && track.kind != TrackKind::operation && track.kind != TrackKind::resource;
    track.number = is_counted ? namesakes_.add(track.name, track.identity) : 0;
}

void Tracks::count(CounterInfo& counter, double value) {
    counter.smallest = counter.counts == 0 ? value : std::min(counter.smallest, value);
    counter.largest = counter.counts == 0 ? value : std::max(counter.largest, value);
    ++counter.counts;
}

}  // namespace loopscope::trace
