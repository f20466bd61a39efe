#include "core/trace/tracks.hpp"

#include <algorithm>

namespace loopscope::trace {

void Tracks::apply(const Event& event) {
    const Kind kind = event.kind();
    if (kind == Kind::track) {
        TrackInfo made;
        made.name = StringId{event.a};
        made.parent = event.b;
        tracks_.push_back(made);
    } else if (kind == Kind::counter) {
        counters_.push_back({StringId{event.a}, event.b, 0});
    } else if (kind == Kind::count) {
        if (event.subject != 0 && event.subject <= counters_.size()) ++counters_[event.subject - 1].counts;
    } else if (event.subject != 0 && event.subject <= tracks_.size()) {
        TrackInfo& track = tracks_[event.subject - 1];
        if (kind == Kind::slice) {
            ++track.slices;
            track.depth = std::max(track.depth, ++track.open);
        }
        if (kind == Kind::slice_end && track.open > 0) --track.open;
        if (kind == Kind::instant) ++track.instants;
    }
}

}  // namespace loopscope::trace
