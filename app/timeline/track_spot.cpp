// SPDX-License-Identifier: MIT
#include "app/timeline/track_spot.hpp"

#include <algorithm>
#include <cmath>

#include "app/timeline/track_place.hpp"

namespace loopscope::timeline {
namespace {

using trace::Kind;

/// Where something is: the lane, the row, and from when to when.
struct Span {
    std::size_t position = 0;  // in TrackTree::lanes
    std::uint32_t row = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
};

std::optional<Span> span_of(const Scene& scene, const TrackTree& tree, EventIndex event) {
    const trace::Event& what = scene.log[event];
    const Kind kind = what.kind();
    const trace::Slices& slices = scene.index.slices();
    const auto time = [&](EventIndex at) { return scene.index.time(scene.log, at).count(); };
    Span span;
    span.from = span.to = time(event);
    std::optional<std::size_t> position;
    if (kind == Kind::count) {
        position = tree.position_of_counter(what.subject);
    } else if (kind == Kind::slice || kind == Kind::instant) {
        const auto lane = slices.lane_of(what.subject, event);
        if (lane) position = tree.position_of_slices(*lane);
        if (position) span.row = tree.lanes()[*position].rows;
    }
    if (!position) return std::nullopt;
    span.position = *position;
    if (tree.lanes()[*position].is_folded) span.row = 0;
    if (kind != Kind::slice) return span;
    const auto spot = slices.find(what.subject, event);
    if (!spot) return std::nullopt;
    const EventIndex end = slices.end_of(*spot);
    span.to = end ? time(end) : scene.axis().end();
    if (!tree.lanes()[*position].is_folded) span.row = spot->depth;
    return span;
}

}  // namespace

std::optional<Rect> rect_of(const Scene& scene, const Layout& layout, const TrackTree& tree,
                            EventIndex event) {
    const auto span = span_of(scene, tree, event);
    if (!span) return std::nullopt;
    const TrackLane& lane = tree.lanes()[span->position];
    const TrackPlace place(layout, tree, scene.view.scroll);
    const float left = layout.gutter - 4;
    const float right = layout.gutter + layout.width() + 4;
    const auto x = [&](std::int64_t tick) {
        return std::clamp(std::round(layout.gutter + scene.view.x(tick)), left, right);
    };
    const float x0 = x(span->from);
    const float x1 = std::max(x(span->to), x0);
    if (lane.counter == 0) return Rect{x0, place.row_top(lane, span->row), x1 - x0, place.box_height()};
    const float top = place.row_top(lane, 0);
    return Rect{x0, top, 0, place.bottom(lane) - top};
}

void draw_selection(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out) {
    const auto rect = rect_of(scene, layout, tree, scene.cursor);
    if (!rect || rect->x > layout.gutter + layout.width() + 3 || rect->right() < layout.gutter) return;
    const float line = std::max(std::round(scene.px(2)), 1.0F);
    const float least = std::max(scene.px(5), 2 * line + 1);
    Rect box = {rect->x - line, rect->y - line, rect->width + 2 * line, rect->height + 2 * line};
    if (box.width < least) box = {rect->x + rect->width / 2 - least / 2, box.y, least, box.height};
    const Rect seen = TrackPlace(layout, tree, scene.view.scroll).visible(box);
    if (seen.height < 1) return;
    out[DrawList::marks].quads.push_back({seen, scene.px(2), line, 0, {0, 0, 0, 0}, scene.theme.accent});
}

}  // namespace loopscope::timeline
