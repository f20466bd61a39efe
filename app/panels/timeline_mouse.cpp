// SPDX-License-Identifier: MIT
// The mouse in the timeline: what is under it, and what its buttons and its wheel do.

#include <algorithm>

#include "app/panels/timeline_panel.hpp"
#include "app/timeline/minimap.hpp"
#include "core/base/excerpt.hpp"

namespace loopscope::panels {

using timeline::Hit;

namespace {

/// How far the mouse moves before a click becomes a drag, in pixels.
constexpr float drag_distance = 4;
/// By how many quarters of an octave a double click zooms where there is nothing that has a length.
constexpr int double_click_zoom = 8;

/// Returns the text of a mark: all of it, unless it is longer than a tooltip can show.
std::string mark_at(const session::Session& session, EventIndex event) {
    constexpr std::size_t max_mark_bytes = 1024;
    const auto& marks = session.annotations().marks;
    const auto found = std::ranges::find(marks, event, &trace::Mark::event);
    return found == marks.end() ? std::string() : std::string(beginning_of(found->text, max_mark_bytes));
}

}  // namespace

std::optional<EventIndex> TimelinePanel::take_mouse(const Ui& ui, const session::Session& session,
                                                    const timeline::Scene& scene) {
    const ImGuiIO& io = ImGui::GetIO();
    const float x = io.MousePos.x - rect_.x;
    const float y = io.MousePos.y - rect_.y;
    hairline_.reset();
    if (!ImGui::IsItemHovered() && !ImGui::IsItemActive() && !ImGui::IsItemDeactivated()) {
        drag_ = Drag::none;
        return std::nullopt;
    }
    const Hit hit = content().hit(scene, layout_, x, y);
    if (x >= layout_.gutter && y >= layout_.flags.y && y < layout_.minimap.y) hairline_ = x;
    take_wheel(session, x - layout_.gutter);
    show_hover(ui, session, hit, io.MousePos);
    if (ImGui::IsItemHovered() && ImGui::IsMouseClicked(ImGuiMouseButton_Right)) open_menu(session, hit, x);
    if (ImGui::IsItemActivated()) begin_drag(session, scene, hit, x);
    if (ImGui::IsItemActive()) go_on_with_drag(session, scene, x);
    const bool clicks = ImGui::IsItemDeactivated() && drag_ == Drag::click;
    if (ImGui::IsItemDeactivated()) drag_ = Drag::none;
    return clicks ? click(session, hit) : std::nullopt;
}

void TimelinePanel::begin_drag(const session::Session& session, const timeline::Scene& scene, const Hit& hit,
                               float x) {
    drag_ = Drag::click;
    if (hit.part == Hit::Part::minimap) {
        drag_ = Drag::minimap;
        view_.remember();
    } else if (ImGui::GetIO().KeyShift) {
        drag_ = Drag::range;
        range_.clear();
    } else if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left) && zoom_to(session, scene, hit, x)) {
        drag_ = Drag::done;
    } else {
        range_.clear();
    }
}

void TimelinePanel::go_on_with_drag(const session::Session& session, const timeline::Scene& scene, float x) {
    const ImGuiIO& io = ImGui::GetIO();
    if (drag_ == Drag::range)
        return range_.select(session, view_.view(), layout_, io.MouseClickedPos[0].x - rect_.x, x);
    if (drag_ == Drag::minimap) {
        view_.jump_to(timeline::minimap_tick(scene, layout_, x), layout_.width());
        return static_cast<void>(left(true));
    }
    const bool begins = drag_ == Drag::click && ImGui::IsMouseDragging(ImGuiMouseButton_Left, drag_distance);
    if (!begins && drag_ != Drag::view) return;
    // What was under the button when it went down stays under the mouse.
    const ImVec2 way =
        begins ? ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, drag_distance) : io.MouseDelta;
    drag_ = Drag::view;
    view_.drag(-way.x, -way.y, begins);
    left(true);
}

std::optional<EventIndex> TimelinePanel::click(const session::Session& session, const Hit& hit) {
    if (hit.axis && *hit.axis != view_.view().axis) toggle_axis(session);
    content().click(hit);
    // What was clicked on is in view, and stays where it is.
    if (hit.event) view_.leave();
    return hit.event;
}

bool TimelinePanel::is_in_range(const session::Session& session,
                                const std::optional<RangeSelection::Stretch>& range, float x) const {
    if (!range) return false;
    const std::int64_t tick = view_.view().tick(x - layout_.gutter);
    return tick >= axis(session).at(range->first) && tick <= axis(session).at(range->last);
}

bool TimelinePanel::zoom_to(const session::Session& session, const timeline::Scene& scene, const Hit& hit,
                            float x) {
    if (x < layout_.gutter) return false;
    if (!range_.stretch() && is_in_range(session, range_.cleared(), x)) range_.restore();
    if (is_in_range(session, range_.stretch(), x)) {
        fit_selection(session);
        return true;
    }
    if (hit.part != Hit::Part::lanes || !content().is_on(scene, hit)) return false;
    if (const auto part = content().extent(session, axis(session), *hit.event))
        view_.fit(part->from, part->to, layout_.width());
    else
        view_.zoom(double_click_zoom, x - layout_.gutter, layout_.width(), extent(session));
    return left(true);
}

void TimelinePanel::open_menu(const session::Session& session, const Hit& hit, float x) {
    if (hit.part != Hit::Part::fold) content().click(hit);
    ContextMenu::Target target = content().target(session, hit);
    if (x >= layout_.gutter && is_in_range(session, range_.stretch(), x))
        target = {ContextMenu::Kind::range, {}, "the range"};
    menu_.open(std::move(target));
}

void TimelinePanel::take_wheel(const session::Session& session, float x) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.KeyShift && io.MouseWheel != 0) {
        view_.scroll(-io.MouseWheel * layout_.lane_height * 3);
        left(true);
    } else if (io.MouseWheel != 0) {
        view_.wheel(io.MouseWheel, std::max(x, 0.0F), layout_.width(), extent(session));
        left(true);
    }
    if (io.MouseWheelH != 0) {
        view_.drag(-io.MouseWheelH * 60 * scale_, 0, !wheeling_);
        left(true);
    }
    wheeling_ = io.MouseWheelH != 0;
}

void TimelinePanel::show_hover(const Ui& ui, const session::Session& session, const Hit& hit, ImVec2 mouse) {
    if (ImGui::IsItemActive() || menu_.is_open()) return;
    std::string what =
        hit.part == Hit::Part::mark ? mark_at(session, *hit.event) : content().hover(session, hit);
    if (what.empty() && hit.part == Hit::Part::fold) what = tip_of(Action::fold);
    if (what.empty() && hit.axis) what = tip_of(Action::axis);
    if (what.empty()) return;
    ImGui::PushFont(ui.fonts.small);
    const float around = layout_.lane_height;
    show_tooltip(what, timeline::Rect{mouse.x, mouse.y - around, 0, 2 * around});
    ImGui::PopFont();
}

}  // namespace loopscope::panels
