// SPDX-License-Identifier: MIT
#include "app/timeline/track_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/timeline/counter_curves.hpp"
#include "app/timeline/instant_marks.hpp"
#include "app/timeline/slice_boxes.hpp"

namespace loopscope::timeline {
namespace {

/// How far from the mouse something may be that it points at, in design pixels.
constexpr float reach = 4;

/// Finds what the mouse points at in a row.
class TrackPointer {
  public:
    TrackPointer(const Scene& scene, const Layout& layout, float x)
        : scene_(scene),
          x_(x - layout.gutter),
          first_(event_at(std::floor(x_))),
          after_(event_at(std::floor(x_) + 1)) {}

    void slice(const trace::SliceRow& row, Hit& hit) const {
        const std::size_t begun = row.begun_before(after_);
        const std::size_t first = row.begun_before(first_);
        hit.merged_slices = begun - std::min(first, begun);
        float nearest = scene_.px(reach);
        // The one that is open, and the neighbours of that.
        const std::size_t from = begun < 2 ? 0 : begun - 2;
        for (std::size_t each = from; each < std::min(begun + 1, row.size()); ++each) {
            const EventIndex begin = row.begin(each);
            const EventIndex end = row.end(each);
            const float left = x_of(begin);
            const float right = end ? x_of(end) : scene_.view.x(scene_.axis().end());
            const float distance = std::max({left - x_, x_ - right, 0.0F});
            if (distance > nearest || (hit.event && distance == nearest && distance > 0)) continue;
            nearest = distance;
            hit.event = begin;
        }
    }

    void instant(const trace::IndexColumn<EventIndex>& instants, Hit& hit) const {
        auto next = std::ranges::lower_bound(instants, first_);
        hit.merged_slices =
            static_cast<std::size_t>(std::ranges::lower_bound(next, instants.end(), after_) - next);
        if (next != instants.begin()) --next;
        float nearest = scene_.px(2 * reach);
        for (int tries = 0; tries < 3 && next != instants.end(); ++tries, ++next) {
            const float distance = std::abs(x_of(*next) - x_);
            if (distance > nearest) continue;
            nearest = distance;
            hit.event = *next;
        }
    }

  private:
    [[nodiscard]] EventIndex event_at(float x) const {
        return scene_.index.first_at(scene_.log, Time(std::max<std::int64_t>(scene_.view.tick(x), 0)));
    }
    [[nodiscard]] float x_of(EventIndex event) const {
        return scene_.view.x(scene_.index.time(scene_.log, event).count());
    }

    const Scene& scene_;
    float x_;  // from the left of the lanes, in pixels
    EventIndex first_;
    EventIndex after_;  // the first event beyond the pixel
};

const trace::SliceLane& slices_of(const Scene& scene, const TrackLane& lane) {
    return scene.index.slices().lanes()[lane.lane - 1];
}

class SliceRows final : public TrackRows {
  public:
    [[nodiscard]] bool has(const Scene& scene, const TrackLane& lane, std::uint32_t row) const override {
        return lane.lane != 0 && row < slices_of(scene, lane).rows.size();
    }
    void draw(const Scene& scene, const Layout& layout, const TrackTree& tree, SliceTiles& tiles,
              DrawList& out) const override {
        draw_slices(scene, layout, tree, tiles, out);
    }
    void hit(const Scene& scene, const Layout& layout, const TrackLane& lane, std::uint32_t row, float x,
             Hit& result) const override {
        TrackPointer(scene, layout, x).slice(slices_of(scene, lane).rows[row], result);
    }
};

/// The instants of a lane stand in the row below its slices.
class InstantRows final : public TrackRows {
  public:
    [[nodiscard]] bool has(const Scene& scene, const TrackLane& lane, std::uint32_t row) const override {
        return lane.lane != 0 && lane.has_instants && row == slices_of(scene, lane).rows.size();
    }
    void draw(const Scene& scene, const Layout& layout, const TrackTree& tree, SliceTiles& tiles,
              DrawList& out) const override {
        draw_instants(scene, layout, tree, tiles, out);
    }
    void hit(const Scene& scene, const Layout& layout, const TrackLane& lane, std::uint32_t /*row*/, float x,
             Hit& result) const override {
        TrackPointer(scene, layout, x).instant(slices_of(scene, lane).instants, result);
    }
};

/// A counter has a lane of its own, whose only row is as high as it.
class CounterRows final : public TrackRows {
  public:
    [[nodiscard]] bool has(const Scene& /*scene*/, const TrackLane& lane,
                           std::uint32_t /*row*/) const override {
        return lane.counter != 0;
    }
    void draw(const Scene& scene, const Layout& layout, const TrackTree& tree, SliceTiles& /*tiles*/,
              DrawList& out) const override {
        draw_counters(scene, layout, tree, out);
    }
    void hit(const Scene& scene, const Layout& /*layout*/, const TrackLane& lane, std::uint32_t /*row*/,
             float /*x*/, Hit& result) const override {
        result.event = count_at(scene.log, scene.index, lane.counter, result.tick);
    }
};

}  // namespace

std::span<const TrackRows* const> track_rows() {
    static const SliceRows slices;
    static const InstantRows instants;
    static const CounterRows counters;
    static const std::array<const TrackRows*, 3> all = {&slices, &instants, &counters};
    return all;
}

}  // namespace loopscope::timeline
