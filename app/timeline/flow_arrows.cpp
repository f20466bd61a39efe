// SPDX-License-Identifier: MIT
#include "app/timeline/flow_arrows.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <span>
#include <utility>

#include "app/timeline/curve.hpp"
#include "app/timeline/slice_hue.hpp"
#include "app/timeline/track_place.hpp"

namespace loopscope::timeline {
namespace {

/// The maximum number of touches within a slice that are looked at.
constexpr std::size_t max_touches = 2000;

/// An arrow, which leaves to the right and arrives from the left. Coordinates are pixels of the timeline.
struct FlowArrow {
    float x0 = 0;
    float y0 = 0;
    float x1 = 0;
    float y1 = 0;
    Color color;
    EventIndex to;  ///< the touch to which it leads

    /// Adds its curve, in straight pieces.
    void add_pieces(const Scene& scene, Layer& layer, float width) const {
        const float reach =
            std::clamp(std::abs(x1 - x0) / 2 + std::abs(y1 - y0) * 0.2F, scene.px(12), scene.px(120));
        add_curve(layer, {x0, y0, x0 + reach, y0, x1 - reach, y1, x1, y1}, width, color);
    }
};

/// Finds the arrows that are to be drawn, and passes each to a function.
template <class Function>
class FlowArrows {
  public:
    FlowArrows(const Scene& scene, const Layout& layout, const TrackTree& tree, Function function)
        : scene_(scene),
          layout_(layout),
          tree_(tree),
          place_(layout, tree, scene.view.scroll),
          function_(std::move(function)) {}

    void find() {
        if (scene_.arrows == Arrows::none) return;
        of_cursor();
        if (scene_.arrows == Arrows::selected) return;
        const auto [first, last] = place_.lanes_in_view();
        in_view(std::span(tree_.lanes()).subspan(first, last - first));
    }

  private:
    /// Finds the flows that touch the slice at the cursor.
    void of_cursor() {
        const trace::Event& slice = scene_.log[scene_.cursor];
        if (slice.kind() == trace::Kind::flow) touch(scene_.cursor, 1);
        if (slice.kind() != trace::Kind::slice) return;
        const trace::Slices& slices = scene_.index.slices();
        const auto spot = slices.find(slice.subject, scene_.cursor);
        if (!spot) return;
        const auto& points = slices.lanes()[spot->lane].flow_points;
        const EventIndex end = slices.end_of(*spot);
        std::size_t looked_at = 0;
        for (auto at = std::ranges::lower_bound(points, scene_.cursor);
             at != points.end() && (!end || *at < end) && looked_at < max_touches; ++at, ++looked_at) {
            if (slices.flow_point(*at).slice == scene_.cursor) touch(*at, 1);
        }
    }

    /// Finds the flows that touch what is in view, or so many of them, evenly.
    void in_view(std::span<const TrackLane> lanes) {
        const EventIndex first = event_at(0);
        const EventIndex last = event_at(layout_.width());
        std::size_t all = 0;
        const auto each = [&](const auto& visit) {
            for (const TrackLane& lane : lanes) {
                if (lane.lane == 0 || lane.is_folded) continue;
                const auto& points = scene_.index.slices().lanes()[lane.lane - 1].flow_points;
                const auto from = std::ranges::lower_bound(points, first);
                const auto to = std::ranges::lower_bound(from, points.end(), last);
                visit(points, static_cast<std::size_t>(from - points.begin()),
                      static_cast<std::size_t>(to - points.begin()));
            }
        };
        each([&](const auto&, std::size_t from, std::size_t to) { all += to - from; });
        const std::size_t stride = 1 + all / max_flows;
        each([&](const auto& points, std::size_t from, std::size_t to) {
            for (std::size_t at = from; at < to; at += stride) touch(points[at], 0.55F);
        });
    }

    [[nodiscard]] EventIndex event_at(float x) const {
        return scene_.index.first_at(scene_.log, Time(std::max<std::int64_t>(scene_.view.tick(x), 0)));
    }

    /// Finds the arrow that comes to a touch, and that which leaves it.
    void touch(EventIndex event, float strength) {
        const trace::FlowTouch touch = scene_.index.slices().flow_point(event);
        if (touch.previous) arrow(touch.previous, event, strength);
        if (touch.next) arrow(event, touch.next, strength);
    }

    /// Where a flow touches a slice: the rows of its box, and the x.
    struct End {
        float x = 0;
        float top = 0;
        float bottom = 0;
        Color color;
    };

    [[nodiscard]] std::optional<End> end_at(EventIndex event) const {
        const trace::FlowTouch touch = scene_.index.slices().flow_point(event);
        const auto lane = scene_.index.slices().lane_of(scene_.log[event].subject, event);
        const auto position = lane ? tree_.position_of_slices(*lane) : std::nullopt;
        if (!position) return std::nullopt;
        const TrackLane& where = tree_.lanes()[*position];
        End end;
        end.x = layout_.gutter + scene_.view.x(scene_.index.time(scene_.log, event).count());
        end.color = scene_.theme.text;
        std::uint32_t row = 0;
        if (touch.slice) {
            const auto spot = scene_.index.slices().find(scene_.log[touch.slice].subject, touch.slice);
            if (spot && !where.is_folded) row = spot->depth;
            end.color = color_of_hue(scene_.theme, hue_of_slice(scene_.log, tree_, touch.slice));
        }
        end.top = place_.row_top(where, row);
        end.bottom = end.top + place_.box_height();
        return end;
    }

    void arrow(EventIndex from_event, EventIndex to_event, float strength) {
        if (drawn_.size() >= max_flows || !drawn_.insert(to_event).second) return;
        const auto from = end_at(from_event);
        const auto to = end_at(to_event);
        if (!from || !to) return;
        const float right = layout_.gutter + layout_.width();
        const bool is_seen = std::max(from->x, to->x) >= layout_.gutter &&
                             std::min(from->x, to->x) <= right &&
                             std::max(from->bottom, to->bottom) >= layout_.lanes.y &&
                             std::min(from->top, to->top) <= layout_.lanes.bottom();
        if (!is_seen) return;
        // Far outside, floats would lose the picture; lines that leave it are cut there.
        const auto near_x = [&](float x) { return std::clamp(x, layout_.gutter - 200, right + 200); };
        const auto near_y = [&](float y) {
            return std::clamp(y, layout_.lanes.y - 200, layout_.lanes.bottom() + 200);
        };
        function_(FlowArrow{near_x(from->x), near_y((from->top + from->bottom) / 2), near_x(to->x),
                            near_y((to->top + to->bottom) / 2), from->color.faded(strength), to_event});
    }

    const Scene& scene_;
    const Layout& layout_;
    const TrackTree& tree_;
    TrackPlace place_;
    Function function_;
    std::set<EventIndex> drawn_;  // the touches to which an arrow was drawn
};

/// Draws arrows.
class FlowPainter {
  public:
    FlowPainter(const Scene& scene, const Layout& layout, DrawList& out)
        : scene_(scene), layout_(layout), out_(out) {}

    void operator()(const FlowArrow& arrow) const {
        const float width = std::max(scene_.px(1.6F), 1.0F);
        const float head = scene_.px(5);
        const auto [x0, y0, x1, y1, color, to] = arrow;
        Layer pieces;
        arrow.add_pieces(scene_, pieces, width);
        pieces.segments.push_back({x1, y1, x1 - head, y1 - head * 0.7F, width, 0, color});
        pieces.segments.push_back({x1, y1, x1 - head, y1 + head * 0.7F, width, 0, color});
        Layer& layer = out_[DrawList::arrows];
        std::ranges::copy_if(pieces.segments, std::back_inserter(layer.segments),
                             [&](const Segment& piece) { return is_inside(piece); });
        if (!is_inside({x0, y0, x0, y0, 1, 0, color})) return;
        layer.quads.push_back({{x0 - head / 2, y0 - head / 2, head, head}, head / 2, 0, 0, color, {}});
    }

  private:
    /// Returns whether a piece of an arrow is among the lanes.
    [[nodiscard]] bool is_inside(const Segment& piece) const {
        const auto inside = [](float one, float other, float from, float to) {
            return std::min(one, other) >= from && std::max(one, other) <= to;
        };
        return inside(piece.y0, piece.y1, layout_.lanes.y, layout_.lanes.bottom()) &&
               inside(piece.x0, piece.x1, layout_.gutter - 1, layout_.gutter + layout_.width());
    }

    const Scene& scene_;
    const Layout& layout_;
    DrawList& out_;
};

/// Returns how far a point is from a straight piece.
float distance(const Segment& piece, float x, float y) {
    const float dx = piece.x1 - piece.x0;
    const float dy = piece.y1 - piece.y0;
    const float length = dx * dx + dy * dy;
    const float along =
        length > 0 ? std::clamp(((x - piece.x0) * dx + (y - piece.y0) * dy) / length, 0.0F, 1.0F) : 0;
    return std::hypot(piece.x0 + along * dx - x, piece.y0 + along * dy - y);
}

}  // namespace

void draw_flows(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out) {
    FlowArrows(scene, layout, tree, FlowPainter(scene, layout, out)).find();
}

std::optional<EventIndex> flow_at(const Scene& scene, const Layout& layout, const TrackTree& tree, float x,
                                  float y, float reach) {
    std::optional<EventIndex> nearest;
    Layer pieces;
    FlowArrows(scene, layout, tree, [&](const FlowArrow& arrow) {
        pieces.segments.clear();
        arrow.add_pieces(scene, pieces, 1);
        for (const Segment& piece : pieces.segments) {
            const float away = distance(piece, x, y);
            if (away > reach) continue;
            reach = away;
            nearest = arrow.to;
        }
    }).find();
    return nearest;
}

}  // namespace loopscope::timeline
