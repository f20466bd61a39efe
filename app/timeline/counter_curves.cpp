// SPDX-License-Identifier: MIT
#include "app/timeline/counter_curves.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "app/timeline/slice_hue.hpp"
#include "app/timeline/track_place.hpp"
#include "core/base/first_not.hpp"

namespace loopscope::timeline {
namespace {

/// The maximum number of values of a column that are looked at.
constexpr std::uint32_t max_samples = 8;

/// Maps values to heights, in pixels. Halves are taken first, because a difference of doubles may overflow.
struct Heights {
    double smallest = 0;
    double range = 1;
    float top = 0;
    float height = 0;

    [[nodiscard]] float y(double value) const {
        const double share = (value / 2 - smallest / 2) / range;
        return std::round(top + height * (1 - static_cast<float>(std::clamp(share, 0.0, 1.0))));
    }
};

/// Draws counters. Coordinates are pixels of the timeline.
class CounterPainter {
  public:
    CounterPainter(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out)
        : scene_(scene),
          layout_(layout),
          place_(layout, tree, scene.view.scroll),
          out_(out),
          step_(std::max(std::round(scene.px(2)), 2.0F)),
          end_(scene.axis().end()) {}

    void lane(const TrackLane& lane) {
        if (lane.counter == 0) return;
        const trace::CounterInfo& info = scene_.index.tracks().counters()[lane.counter - 1];
        const float top = place_.row_top(lane, 0);
        if (!place_.is_visible(top, top)) return;
        heights_.smallest = std::min(info.smallest, 0.0);
        heights_.range = std::max(std::max(info.largest, 0.0) / 2 - heights_.smallest / 2,
                                  std::numeric_limits<double>::min());
        heights_.top = top;
        heights_.height = place_.bottom(lane) - top - scene_.px(3);
        color_ = color_of_hue(scene_.theme, hue_of_name(scene_.log.strings()[info.name]));
        curve(scene_.index.slices().counts_of(lane.counter));
    }

  private:
    /// The first event of each column in view, and the first after the last column.
    const std::vector<EventIndex>& columns() {
        if (!columns_.empty()) return columns_;
        for (float x = 0; x < layout_.width() + step_; x += step_)
            columns_.push_back(
                scene_.index.first_at(scene_.log, Time(std::max<std::int64_t>(scene_.view.tick(x), 0))));
        return columns_;
    }

    void curve(const trace::IndexColumn<EventIndex>& counts) {
        const auto size = static_cast<std::uint32_t>(counts.size());
        const auto rank = [&](std::uint32_t from, EventIndex bound) {
            return near_first_not(from, size, [&](std::uint32_t at) { return counts[at] < bound; });
        };
        const auto value = [&](std::uint32_t at) { return trace::counted_value(scene_.log[counts[at]]); };
        std::uint32_t begun = rank(0, columns().front());
        Step step;
        if (begun > 0) step = {0, value(begun - 1), true};
        for (std::size_t column = 0; column + 1 < columns().size(); ++column) {
            const std::uint32_t before = begun;
            if (columns()[column] != columns()[column + 1]) begun = rank(begun, columns()[column + 1]);
            if (begun == before) continue;
            const float x = static_cast<float>(column) * step_;
            go_on(step, {x, farthest(before, begun, value), true});
            // What is shown of many values holds for one column, and then the last one does.
            go_on(step, {x + step_, value(begun - 1), true});
        }
        go_on(step, {std::min(scene_.view.x(end_), layout_.width()), 0, false});
    }

    struct Step {
        float x = 0;  // from the left of the lanes
        double value = 0;
        bool is_any = false;
    };

    template <class Value>
    double farthest(std::uint32_t from, std::uint32_t until, const Value& value) const {
        const std::uint32_t count = until - from;
        const std::uint32_t samples = std::min(count, max_samples);
        double farthest = value(until - 1);
        for (std::uint32_t each = 0; each < samples; ++each) {
            const auto at = static_cast<std::uint32_t>(from + std::uint64_t{each} * count / samples);
            if (std::abs(value(at)) > std::abs(farthest)) farthest = value(at);
        }
        return farthest;
    }

    /// Draws a step up to where the next one begins, if that has another value.
    void go_on(Step& step, const Step& next) {
        const bool is_same = step.is_any && next.is_any && step.value == next.value;
        if (is_same) return;
        const float from = std::max(step.x, 0.0F);
        const float to = std::min(next.x, layout_.width());
        if (step.is_any && to > from) draw(from, to, step.value);
        step = next;
    }

    void draw(float from, float to, double value) {
        const float zero = heights_.y(0);
        const float y = heights_.y(value);
        const float line = std::max(std::round(scene_.px(1.5F)), 1.0F);
        const float x = layout_.gutter + std::round(from);
        const float width = std::max(std::round(to) - std::round(from), 1.0F);
        auto& quads = out_[DrawList::lanes].quads;
        const Rect area = place_.visible({x, std::min(y, zero), width, std::abs(zero - y)});
        if (area.height > 0) quads.push_back({area, 0, 0, 0, color_.faded(0.3F), {}});
        const Rect edge = place_.visible({x, y > zero ? y - line : y, width, line});
        if (edge.height > 0) quads.push_back({edge, 0, 0, 0, color_, {}});
    }

    const Scene& scene_;
    const Layout& layout_;
    TrackPlace place_;
    DrawList& out_;
    float step_;  // the width of a column, in pixels
    std::int64_t end_;
    std::vector<EventIndex> columns_;
    Heights heights_;
    Color color_;
};

}  // namespace

void draw_counters(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out) {
    CounterPainter painter(scene, layout, tree, out);
    const auto [first, last] = TrackPlace(layout, tree, scene.view.scroll).lanes_in_view();
    for (const TrackLane& lane : std::span(tree.lanes()).subspan(first, last - first)) painter.lane(lane);
}

std::optional<EventIndex> count_at(const trace::Log& log, const trace::Index& index, std::uint32_t counter,
                                   std::int64_t time) {
    if (time < 0) return std::nullopt;
    const auto& counts = index.slices().counts_of(counter);
    const EventIndex after = index.first_at(log, Time(time) + Duration(1));
    const auto begun = first_not(0, static_cast<std::uint32_t>(counts.size()),
                                 [&](std::uint32_t at) { return counts[at] < after; });
    return begun == 0 ? std::nullopt : std::optional(counts[begun - 1]);
}

}  // namespace loopscope::timeline
