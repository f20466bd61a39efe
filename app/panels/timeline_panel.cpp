// SPDX-License-Identifier: MIT
#include "app/panels/timeline_panel.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "app/render/ground.hpp"
#include "app/timeline/draw_list_change.hpp"

namespace loopscope::panels {

using timeline::AxisKind;

namespace {

/// The maximum widths of a quarter of a step where all is shown, in design pixels: of a run whose end is
/// known, which fills the timeline, and of one that may go on for long.
constexpr double max_known_width = 100;
constexpr double usual_width = 7.2;
/// The minimum width of a quarter of a step at which all of a run is shown before it has ended, in design
/// pixels: in less, no print can be read.
constexpr float least_width = 3;

}  // namespace

timeline::Scene TimelinePanel::scene(const Ui& ui, const session::Session& session,
                                     const timeline::TextMetrics& text) const {
    timeline::Scene scene = {session.log(), session.index(), session.cursor(), view_.view(), ui.theme,
                             text,          ui.scale,        arrows_};
    scene.marks = session.annotations().marks;
    scene.asks = asks_;
    scene.found = found_;
    content().describe(scene);
    return scene;
}

bool TimelinePanel::is_foreseen() const {
    return outlook_ && layout_.width() >= static_cast<float>(outlook_->width.value) * least_width * scale_;
}

std::int64_t TimelinePanel::extent(const session::Session& session) const {
    const std::int64_t end = axis(session).end();
    const std::int64_t room = asks_ ? end / 5 : 0;
    if (!is_foreseen() || (session.over() && !session.held())) return end + room;
    const std::int64_t expected = view_.goal().axis == AxisKind::time
                                      ? outlook_->time.count()
                                      : timeline::Axis::end_at(outlook_->width);
    return std::max(end + room, expected);
}

double TimelinePanel::max_fit(const session::Session& session) const {
    if (view_.goal().axis == AxisKind::time) return timeline::View::max_scale;
    const bool is_known = is_foreseen() || (session.over() && !session.held());
    return (is_known ? max_known_width : usual_width) * static_cast<double>(scale_) / timeline::Axis::quarter;
}

void TimelinePanel::take_in(const session::Session& session) {
    const trace::Index& index = session.index();
    is_other_ = serial_ != index.serial();
    if (is_other_) {
        serial_ = index.serial();
        range_.forget();
        menu_.close();
        outlook_ = session.setup() ? session::outlook(*session.setup()) : std::nullopt;
        // The part in view may be after the end of the new trace.
        if (view_.goal().x(axis(session).end()) < 0) view_.follow();
    }
    if (shows_tracks_ != index.is_of_tracks() || (is_other_ && shows_tracks_)) {
        // What was in view says nothing of another file's times.
        shows_tracks_ = index.is_of_tracks();
        view_.goal().axis = shows_tracks_ ? AxisKind::time : AxisKind::sequence;
        view_.goal().scroll = 0;
        begins_ = true;
    }
    content().take_in(session, is_other_);
}

void TimelinePanel::refit(const session::Session& session) {
    const float width = layout_.width();
    if (std::exchange(begins_, false))
        view_.begin(extent(session), width, max_fit(session));
    else if (view_.shows_all() && (is_other_ || width != fitted_width_))
        view_.refit(extent(session), width, max_fit(session));
    fitted_width_ = width;
}

TimelinePanel::Response TimelinePanel::update(const Ui& ui, const session::Session& session,
                                              const timeline::TextMetrics& text, timeline::Rect rect,
                                              double passed) {
    rect_ = rect;
    scale_ = ui.scale;
    take_in(session);
    const auto lay_out = [&] { layout_ = content().layout(rect.width, rect.height, ui.scale); };
    lay_out();
    refit(session);
    view_.advance(passed);
    content().focus(scene(ui, session, text), layout_.width());
    lay_out();

    ImGui::SetNextWindowPos({rect.x, rect.y});
    ImGui::SetNextWindowSize({rect.width, rect.height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::Begin("timeline", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::PopStyleVar();
    ImGui::InvisibleButton("lanes", {rect.width, rect.height},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
    Response response;
    const bool was_done = drag_ == Drag::done;
    response.event = take_mouse(ui, session, scene(ui, session, text));
    response.double_clicked = drag_ == Drag::done && !was_done;
    range_.draw(ui, session, view_.view(), layout_, rect_);
    ImGui::End();
    response.choice = menu_.update(ui);
    settle(scene(ui, session, text));
    return response;
}

/// Corrects where the camera is going to: what is to be seen is in view, and nothing beyond the lanes.
void TimelinePanel::settle(const timeline::Scene& scene) {
    timeline::View& goal = view_.goal();
    content().reveal(scene, layout_, view_.follows(), goal);
    const float lowest = std::max(layout_.content_height - layout_.lanes.height, 0.0F);
    goal.scroll = std::clamp(goal.scroll, 0.0F, lowest);
    view_.settle();
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
    timeline::View& goal = view_.goal();
    goal.axis = goal.axis == AxisKind::sequence ? AxisKind::time : AxisKind::sequence;
    fit_all(session);
    return true;
}

void TimelinePanel::zoom(int steps, const session::Session& session) {
    const float x =
        hairline_ ? *hairline_ - layout_.gutter : view_.goal().x(axis(session).at(session.cursor()));
    view_.zoom(steps, x, layout_.width(), extent(session));
    left(true);
}

void TimelinePanel::pan(float part) {
    view_.pan(part * layout_.width());
    left(true);
}

void TimelinePanel::fit_all(const session::Session& session) {
    view_.fit(extent(session), layout_.width(), max_fit(session));
    left(true);
}

void TimelinePanel::fit_selection(const session::Session& session) {
    const timeline::Axis axis = this->axis(session);
    left(true);
    if (const auto range = range_.stretch())
        return view_.fit(axis.at(range->first), axis.at(range->last), layout_.width());
    if (const auto part = content().extent(session, axis, session.cursor()))
        return view_.fit(part->from, part->to, layout_.width());
    view_.center(axis.at(session.cursor()), layout_.width());
}

}  // namespace loopscope::panels
