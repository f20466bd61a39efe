// SPDX-License-Identifier: MIT
#include "app/panels/track_lanes.hpp"

#include <algorithm>

#include "app/panels/track_hover.hpp"
#include "app/session/search.hpp"
#include "app/timeline/track_place.hpp"
#include "app/timeline/track_spot.hpp"
#include "app/timeline/tracks_picture.hpp"
#include "core/base/excerpt.hpp"
#include "core/explain/slice_view.hpp"
#include "core/trace/kinds.hpp"

namespace loopscope::panels {

using timeline::Hit;
using timeline::TrackKey;
using timeline::TrackLane;

void TrackLanes::take_in(const session::Session& session, bool is_other) {
    if (is_other) {
        selected_.reset();
        wanted_.reset();
        seen_ = {};
        followed_ = {};
    }
    const bool has_grown = !tree_.knows(session.index());
    tree_.update(session.index());
    if (filter_changed_ || (has_grown && !filter_.empty())) apply_filter(session);
    filter_changed_ = false;
    if (followed_ == session.cursor()) return;
    followed_ = session.cursor();
    if (const auto lane = lane_of(session, session.cursor()))
        selected_ = tree_.lanes()[*lane];
    else if (session.log()[session.cursor()].kind() == trace::Kind::begin)
        selected_.reset();  // at the start, as when it was opened
}

/// Returns the index of the lane on which an event is; nothing if it is on none, or that is not shown.
std::optional<std::size_t> TrackLanes::lane_of(const session::Session& session, EventIndex at) const {
    const trace::Event& event = session.log()[at];
    if (event.kind() == trace::Kind::count) return tree_.position_of_counter(event.subject);
    if (!trace::is_on_track(event.kind())) return std::nullopt;
    const auto lane = session.index().slices().lane_of(event.subject, at);
    return lane ? tree_.position_of_slices(*lane) : std::nullopt;
}

void TrackLanes::set_filter(const std::string& text) {
    filter_changed_ = filter_changed_ || filter_ != text;
    filter_ = text;
}

void TrackLanes::apply_filter(const session::Session& session) {
    if (filter_.empty()) return tree_.set_filter({}, {});
    const auto text = [](const session::Session& of, StringId name) { return of.log().strings()[name]; };
    tree_.set_filter(
        [&session, finder = session::Finder(filter_)](std::uint32_t track) mutable {
            return finder.is_in(explain::track_name(session.log(), session.index(), track));
        },
        [&session, text, finder = session::Finder(filter_)](std::uint32_t counter) mutable {
            return finder.is_in(text(session, session.index().tracks().counters()[counter - 1].name));
        });
}

timeline::Layout TrackLanes::layout(float width, float height, float scale) const {
    return timeline::layout_of(tree_, width, height, scale);
}

void TrackLanes::describe(timeline::Scene& scene) const {
    scene.filter = filter_;
    scene.selected_track = selected_;
}

void TrackLanes::reveal(const timeline::Scene& scene, const timeline::Layout& layout, bool follows,
                        timeline::View& view) {
    // Only where the cursor has moved to: a slice may be long, and the user goes on to its other end.
    if (seen_ != scene.cursor) {
        timeline::Scene there = {scene.log,   scene.index, scene.cursor, view,
                                 scene.theme, scene.text,  scene.scale};
        const auto rect = timeline::rect_of(there, layout, tree_, scene.cursor);
        const bool is_seen =
            rect && rect->right() >= layout.gutter && rect->x <= layout.gutter + layout.width();
        if (follows && !is_seen)
            view.reveal(there.axis().at(scene.cursor), there.axis().end(), layout.width());
        if (follows_ && rect) reveal(layout, rect->y - layout.lanes.y + view.scroll, rect->height, view);
    }
    seen_ = scene.cursor;
    const auto position = wanted_ ? tree_.position_of(*wanted_) : std::nullopt;
    wanted_.reset();
    if (!position) return;
    const TrackLane& lane = tree_.lanes()[*position];
    const float quarter = layout.lane_height / TrackLane::row_height;
    reveal(layout, static_cast<float>(lane.top) * quarter,
           std::min(static_cast<float>(lane.height()) * quarter, layout.lanes.height), view);
}

void TrackLanes::reveal(const timeline::Layout& layout, float top, float height, timeline::View& view) {
    view.scroll = std::max(std::min(view.scroll, top), top + height - layout.lanes.height);
}

void TrackLanes::draw(const timeline::Scene& scene, const timeline::Layout& layout, timeline::DrawList& out) {
    timeline::draw(scene, layout, tree_, tiles_, out);
}

Hit TrackLanes::hit(const timeline::Scene& scene, const timeline::Layout& layout, float x, float y) {
    return timeline::hit(scene, layout, tree_, x, y);
}

std::optional<TimelineContent::Extent> TrackLanes::extent(const session::Session& session,
                                                          const timeline::Axis& axis,
                                                          EventIndex event) const {
    const trace::Event& what = session.log()[event];
    if (what.kind() != trace::Kind::slice) return std::nullopt;
    const trace::Slices& slices = session.index().slices();
    const auto spot = slices.find(what.subject, event);
    if (!spot) return std::nullopt;
    const EventIndex end = slices.end_of(*spot);
    const Extent extent{axis.at(event), end ? axis.at(end) : axis.end()};
    return extent.from < extent.to ? std::optional(extent) : std::nullopt;
}

ContextMenu::Target TrackLanes::target(const session::Session& session, const Hit& hit) const {
    using Kind = ContextMenu::Kind;
    if (hit.part == Hit::Part::mark) return {Kind::mark, hit.event, "the mark"};
    if (!hit.event) {
        const bool is_lane = static_cast<bool>(hit.track);
        return {is_lane ? Kind::lane : Kind::empty, {}, is_lane ? "the track" : ""};
    }
    const explain::Facts facts = session.facts();
    const explain::SliceView view = explain::slice_view({facts.log, facts.index, facts.state, *hit.event});
    const bool is_slice = view.what == explain::SliceView::What::slice;
    return {is_slice ? Kind::slice : Kind::moment, hit.event, excerpt(view.name)};
}

std::string TrackLanes::hover(const session::Session& session, const Hit& hit) {
    return track_hover_text(session, tree_, hit);
}

void TrackLanes::click(const Hit& hit) {
    if (!hit.track) return;
    if (hit.part == Hit::Part::fold)
        tree_.toggle(hit.track);
    else
        selected_ = hit.track;
}

bool TrackLanes::fold() {
    if (!selected_ || !tree_.toggle(*selected_)) return false;
    wanted_ = selected_;
    return true;
}

void TrackLanes::select_lane(int distance, const session::Session& session) {
    const auto& lanes = tree_.lanes();
    if (lanes.empty()) return;
    std::optional<std::size_t> from;
    if (selected_) from = tree_.position_of(*selected_);
    if (!from) from = lane_of(session, session.cursor());
    const auto last = static_cast<std::ptrdiff_t>(lanes.size()) - 1;
    const std::ptrdiff_t wanted = from ? static_cast<std::ptrdiff_t>(*from) + distance : 0;
    selected_ = wanted_ = lanes[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(wanted, 0, last))];
}

}  // namespace loopscope::panels
