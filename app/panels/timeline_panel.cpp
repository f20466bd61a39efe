#include "app/panels/timeline_panel.hpp"

#include <cmath>
#include <utility>

#include "app/render/ground.hpp"
#include "app/timeline/draw_list_change.hpp"
#include "app/timeline/minimap.hpp"

namespace loopscope::panels {

using timeline::AxisKind;
using timeline::Hit;

timeline::Scene TimelinePanel::scene(const Ui& ui, const session::Session& session,
                                     const timeline::TextMetrics& text) const {
    timeline::Scene scene = {session.log(), session.index(), session.cursor(), camera_.view(), ui.theme,
                             text,          ui.scale,        arrows_};
    scene.marks = session.annotations().marks;
    scene.asks = asks_;
    scene.found = found_;
    content().describe(scene);
    return scene;
}

std::int64_t TimelinePanel::end(const session::Session& session) const {
    return timeline::Axis(camera_.goal().axis, session.log(), session.index()).end();
}

double TimelinePanel::max_fit() const {
    return camera_.goal().axis == AxisKind::sequence
               ? 7.2 * static_cast<double>(scale_) / timeline::Axis::quarter
               : 1.0;
}

void TimelinePanel::take_in(const session::Session& session) {
    const trace::Index& index = session.index();
    const bool is_other = serial_ != index.serial();
    if (is_other) {
        serial_ = index.serial();
        range_.clear();
        // The part in view may be after the end of the new trace.
        if (camera_.goal().x(end(session)) < 0) follows_ = true;
    }
    if (shows_tracks_ != index.is_of_tracks() || (is_other && shows_tracks_)) {
        // What was in view says nothing of another file's times.
        shows_tracks_ = index.is_of_tracks();
        camera_.goal().axis = shows_tracks_ ? AxisKind::time : AxisKind::sequence;
        camera_.goal().scroll = 0;
        fit_pending_ = true;
    }
    content().take_in(session, is_other);
}

std::optional<EventIndex> TimelinePanel::update(const Ui& ui, const session::Session& session,
                                                const timeline::TextMetrics& text, timeline::Rect rect,
                                                double passed) {
    rect_ = rect;
    scale_ = ui.scale;
    take_in(session);
    const auto lay_out = [&] { layout_ = content().layout(rect.width, rect.height, ui.scale); };
    lay_out();
    if (std::exchange(fit_pending_, false)) {
        fit(session);
        camera_.begin();
    }
    camera_.advance(passed);
    content().focus(scene(ui, session, text), layout_.width());
    lay_out();

    ImGui::SetNextWindowPos({rect.x, rect.y});
    ImGui::SetNextWindowSize({rect.width, rect.height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::Begin("timeline", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::InvisibleButton("lanes", {rect.width, rect.height},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
    const std::optional<EventIndex> clicked = take_mouse(ui, session, scene(ui, session, text));
    range_.draw(ui, session, camera_.view(), layout_, rect_);
    ImGui::End();
    ImGui::PopStyleVar();
    settle(scene(ui, session, text));
    return clicked;
}

/// Corrects where the camera is going to: what is to be seen is in view, and nothing beyond the lanes.
void TimelinePanel::settle(const timeline::Scene& scene) {
    timeline::View& goal = camera_.goal();
    content().reveal(scene, layout_, follows_, goal);
    const float lowest = std::max(layout_.content_height - layout_.lanes.height, 0.0F);
    goal.scroll = std::clamp(goal.scroll, 0.0F, lowest);
    camera_.settle();
}

void TimelinePanel::set_filter(const std::string& text) {
    filter_ = text;
    tasks_.set_filter(text);
    tracks_.set_filter(text);
}

void TimelinePanel::next_arrows() {
    using timeline::Arrows;
    arrows_ = arrows_ == Arrows::selected ? Arrows::all
              : arrows_ == Arrows::all    ? Arrows::none
                                          : Arrows::selected;
}

std::optional<EventIndex> TimelinePanel::take_mouse(const Ui& ui, const session::Session& session,
                                                    const timeline::Scene& scene) {
    const ImGuiIO& io = ImGui::GetIO();
    const float x = io.MousePos.x - rect_.x;
    const float y = io.MousePos.y - rect_.y;
    hairline_.reset();
    if (!ImGui::IsItemHovered() && !ImGui::IsItemActive()) {
        dragging_minimap_ = false;
        return std::nullopt;
    }
    const Hit hit = content().hit(scene, layout_, x, y);
    if (x >= layout_.gutter && y >= layout_.flags.y && y < layout_.minimap.y) hairline_ = x;
    take_wheel(session, x - layout_.gutter);
    show_hover(ui, session, hit);

    if (ImGui::IsItemActivated()) {
        dragging_minimap_ = hit.part == Hit::Part::minimap;
        dragging_ = false;
        if (dragging_minimap_) camera_.remember();
        selecting_ = io.KeyShift && !dragging_minimap_;
        range_.clear();
    }
    if (ImGui::IsItemActive() && selecting_) {
        range_.select(session, camera_.view(), layout_, io.MouseClickedPos[0].x - rect_.x, x);
        return std::nullopt;
    }
    if (ImGui::IsItemActive() && dragging_minimap_) {
        const std::int64_t tick = timeline::minimap_tick(scene, layout_, x);
        timeline::View& goal = camera_.goal();
        goal.origin =
            std::max(tick - goal.tick(layout_.width() / 2) + goal.origin, goal.first(layout_.width()));
        camera_.jump();
        follows_ = false;
        return std::nullopt;
    }
    if (ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 4)) {
        if (!dragging_) camera_.remember();
        dragging_ = true;
        camera_.goal().pan(-io.MouseDelta.x);
        camera_.goal().scroll -= io.MouseDelta.y;
        content().follow(false);
        camera_.jump();
        follows_ = false;
        return std::nullopt;
    }
    if (range_.stretch()) return std::nullopt;
    const ImVec2 dragged = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, 4);
    if (!ImGui::IsItemDeactivated() || dragged.x != 0 || dragged.y != 0) return std::nullopt;
    if (hit.axis && *hit.axis != camera_.view().axis) toggle_axis(session);
    content().click(hit);
    return hit.event;
}

void TimelinePanel::take_wheel(const session::Session& session, float x) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.KeyShift && io.MouseWheel != 0) {
        camera_.goal().scroll -= io.MouseWheel * layout_.lane_height * 3;
        content().follow(false);
        camera_.fly();
    } else if (io.MouseWheel != 0) {
        wheel_ += io.MouseWheel;
        const int steps = static_cast<int>(wheel_);
        wheel_ -= static_cast<float>(steps);
        zoom_at(steps, std::max(x, 0.0F), session);
    }
    if (io.MouseWheelH == 0) wheeling_ = false;
    if (io.MouseWheelH != 0) {
        if (!wheeling_) camera_.remember();
        wheeling_ = true;
        camera_.goal().pan(-io.MouseWheelH * 60 * scale_);
        camera_.jump();
        follows_ = false;
    }
}

void TimelinePanel::show_hover(const Ui& ui, const session::Session& session, const Hit& hit) {
    if (ImGui::IsItemActive()) return;
    const std::string what = content().hover(session, hit);
    if (what.empty()) return;
    ImGui::PushFont(ui.fonts.small);
    show_tooltip(what);
    ImGui::PopFont();
}

void TimelinePanel::lay_out(const Ui& ui, const session::Session& session, const timeline::TextMetrics& text,
                            render::Damage& damage) {
    std::swap(list_, last_list_);
    content().draw(scene(ui, session, text), layout_, list_);
    if (hairline_) {
        list_[timeline::DrawList::arrows].segments.push_back({std::round(*hairline_), layout_.flags.y,
                                                              std::round(*hairline_), layout_.output.bottom(),
                                                              1, 0, ui.theme.text.faded(0.3F)});
    }
    const gl::Region now = region();
    if (now == last_region_) return add_changes(damage);
    damage.add(now);
    damage.add(std::exchange(last_region_, now));
}

/// Adds the parts of the panel in which its picture differs from the one before.
void TimelinePanel::add_changes(render::Damage& damage) const {
    const gl::Region all = region();
    for (const timeline::Rect& part : timeline::changed_parts(list_, last_list_)) {
        const auto x = static_cast<int>(std::floor(std::max(part.x, 0.0F)));
        const auto y = static_cast<int>(std::floor(std::max(part.y, 0.0F)));
        const auto right = static_cast<int>(std::ceil(std::min(part.right(), rect_.width)));
        const auto bottom = static_cast<int>(std::ceil(std::min(part.bottom(), rect_.height)));
        damage.add(intersection(all, {all.x + x, all.y + y, {right - x, bottom - y}}));
    }
}

gl::Region TimelinePanel::region() const {
    const auto whole = [](float value) { return static_cast<int>(std::lround(value)); };
    return {whole(rect_.x), whole(rect_.y), {whole(rect_.width), whole(rect_.height)}};
}

void TimelinePanel::draw(const timeline::Theme& theme, render::DrawListRenderer& renderer,
                         gl::Size framebuffer, const gl::Region& region) const {
    const gl::Region all = this->region();
    const gl::Region part = intersection(all, region);
    if (part.empty()) return;
    const render::Viewport viewport{framebuffer, all.x, all.y, part};
    render::fill(viewport, theme.background);
    renderer.draw(list_, viewport);
}

bool TimelinePanel::toggle_axis(const session::Session& session) {
    if (!content().has_sequence()) return false;
    camera_.goal().axis = camera_.goal().axis == AxisKind::sequence ? AxisKind::time : AxisKind::sequence;
    fit_all(session);
    return true;
}

void TimelinePanel::zoom(int steps, const session::Session& session) {
    const timeline::Axis axis(camera_.goal().axis, session.log(), session.index());
    zoom_at(steps, hairline_ ? *hairline_ - layout_.gutter : camera_.goal().x(axis.at(session.cursor())),
            session);
}

void TimelinePanel::zoom_at(int steps, float x, const session::Session& session) {
    if (steps == 0) return;
    camera_.goal().zoom_steps(steps, std::clamp(x, 0.0F, layout_.width()), layout_.width(), end(session));
    camera_.fly();
}

void TimelinePanel::pan(float part) {
    camera_.goal().pan(part * layout_.width());
    camera_.fly();
    follows_ = false;
}

void TimelinePanel::fit(const session::Session& session) {
    const std::int64_t room = asks_ ? end(session) / 5 : 0;
    camera_.goal().fit(end(session) + room, layout_.width(), max_fit());
    follows_ = true;
}

void TimelinePanel::fit_all(const session::Session& session) {
    fit(session);
    camera_.fly();
}

bool TimelinePanel::fit_selection(const session::Session& session) {
    const auto range = range_.stretch();
    if (!range || range->axis != camera_.goal().axis) {
        center(session);
        return !range;
    }
    camera_.goal().show(range->from, range->to, layout_.width(), max_fit());
    camera_.fly();
    follows_ = false;
    return true;
}

void TimelinePanel::center(const session::Session& session) {
    const std::int64_t tick =
        timeline::Axis(camera_.goal().axis, session.log(), session.index()).at(session.cursor());
    camera_.goal().origin = std::max<std::int64_t>(
        tick - std::llround(static_cast<double>(layout_.width()) / 2 / camera_.goal().scale),
        camera_.goal().first(layout_.width()));
    camera_.fly();
    follows_ = false;
}

}  // namespace loopscope::panels
