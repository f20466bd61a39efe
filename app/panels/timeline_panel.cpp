#include "app/panels/timeline_panel.hpp"

#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "app/render/ground.hpp"
#include "app/session/search.hpp"
#include "app/session/words.hpp"
#include "app/timeline/strips.hpp"
#include "core/trace/text.hpp"

namespace loopscope::panels {

namespace {

constexpr std::size_t longest_past = 100;

}  // namespace

using timeline::AxisKind;
using timeline::Hit;

timeline::Scene TimelinePanel::scene(const Ui& ui, const session::Session& session,
                                     const timeline::TextMetrics& text) const {
    return {session.log(),
            session.index(),
            session.cursor(),
            view_,
            ui.theme,
            text,
            ui.scale,
            arrows_,
            session.annotations().marks,
            order_ == session::TaskOrder::creation ? std::string_view() : name(order_),
            asks_};
}

std::int64_t TimelinePanel::end(const session::Session& session) const {
    return timeline::Axis(goal_.axis, session.log(), session.index()).end();
}

double TimelinePanel::largest_fit() const {
    return goal_.axis == AxisKind::sequence ? 7.2 * static_cast<double>(scale_) / timeline::Axis::quarter
                                            : 1.0;
}

std::optional<std::uint32_t> TimelinePanel::update(const Ui& ui, session::Session& session,
                                                   const timeline::TextMetrics& text, timeline::Rect rect,
                                                   double passed) {
    rect_ = rect;
    scale_ = ui.scale;
    tree_.update(session.index());
    apply_order(session);
    apply_filter(session);
    layout_ = timeline::Layout::create(rect.width, rect.height, tree_.lanes().size(), ui.scale);
    if (fit_pending_) {
        fit_all(session);
        jump();
        past_.clear();  // there was no view before
        moves_ = 0;
    }
    fit_pending_ = false;
    if (flight_.under_way()) view_ = flight_.advance(passed);

    ImGui::SetNextWindowPos({rect.x, rect.y});
    ImGui::SetNextWindowSize({rect.width, rect.height});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
    ImGui::Begin("timeline", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoNav | ImGuiWindowFlags_NoSavedSettings |
                     ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoScrollWithMouse);
    ImGui::InvisibleButton("lanes", {rect.width, rect.height},
                           ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonMiddle);
    const std::optional<std::uint32_t> clicked = take_mouse(ui, session, scene(ui, session, text));
    draw_range(ui, session);
    ImGui::End();
    ImGui::PopStyleVar();

    const float lowest = std::max(layout_.content_height - layout_.lanes.height, 0.0F);
    goal_.scroll = std::clamp(goal_.scroll, 0.0F, lowest);
    if (follows_) {
        const timeline::Axis axis(goal_.axis, session.log(), session.index());
        goal_.reveal(axis.at(session.cursor()), axis.end(), layout_.width());
    }
    if (!flight_.under_way()) view_ = goal_;
    return clicked;
}

void TimelinePanel::apply_filter(session::Session& session) {
    if (!filter_changed_ && (filter_.empty() || filtered_at_ == session.cursor())) return;
    filter_changed_ = false;
    filtered_at_ = session.cursor();
    if (filter_.empty()) return tree_.set_filter({});
    tree_.set_filter([this, &session](TaskId task) {
        return session::is_meant(session.log(), session.index(), session.state(), task, filter_);
    });
}

void TimelinePanel::next_order() {
    using session::TaskOrder;
    order_ = order_ == TaskOrder::state ? TaskOrder::creation
                                        : static_cast<TaskOrder>(static_cast<std::uint8_t>(order_) + 1);
}

void TimelinePanel::apply_order(session::Session& session) {
    const trace::Index& index = session.index();
    const bool by_state = order_ == session::TaskOrder::state;
    const Sorted now{order_, index.serial(), index.tasks().size(), by_state ? session.cursor() : 0};
    const bool in_order = order_ == session::TaskOrder::creation && sorted_.order == order_;
    if (in_order || now == sorted_) return;
    sorted_ = now;
    tree_.sort(session::ranks(session.log(), index, session.state(), order_));
}

void TimelinePanel::set_filter(const std::string& text) {
    filter_ = text;
    filter_changed_ = true;
}

// Steps that follow each other while it still flies are one way.
void TimelinePanel::fly() {
    if (!flight_.under_way()) remember();
    flight_.start(view_, goal_);
}

void TimelinePanel::remember() {
    past_.push_back(view_);
    if (past_.size() > longest_past) past_.erase(past_.begin());
    undone_.clear();
    ++moves_;
}

void TimelinePanel::return_to(std::vector<timeline::View>& from, std::vector<timeline::View>& to) {
    to.push_back(goal_);
    goal_ = from.back();
    from.pop_back();
    flight_.start(view_, goal_);
    follows_ = false;
}

bool TimelinePanel::view_back() {
    if (past_.empty()) return false;
    return_to(past_, undone_);
    return true;
}

bool TimelinePanel::view_forward() {
    if (undone_.empty()) return false;
    return_to(undone_, past_);
    return true;
}

void TimelinePanel::next_arrows() {
    using timeline::Arrows;
    arrows_ = arrows_ == Arrows::selected ? Arrows::all
              : arrows_ == Arrows::all    ? Arrows::none
                                          : Arrows::selected;
}

void TimelinePanel::jump() {
    flight_.stop();
    view_ = goal_;
}

std::optional<std::uint32_t> TimelinePanel::take_mouse(const Ui& ui, const session::Session& session,
                                                       const timeline::Scene& scene) {
    const ImGuiIO& io = ImGui::GetIO();
    const float x = io.MousePos.x - rect_.x;
    const float y = io.MousePos.y - rect_.y;
    hairline_.reset();
    if (!ImGui::IsItemHovered() && !ImGui::IsItemActive()) {
        dragging_minimap_ = false;
        return std::nullopt;
    }
    const Hit hit = timeline::hit(scene, layout_, tree_, tiles_, x, y);
    if (x >= layout_.gutter && y >= layout_.flags.y && y < layout_.minimap.y) hairline_ = x;
    take_wheel(session, x - layout_.gutter);
    show_hover(ui, session, hit);

    if (ImGui::IsItemActivated()) {
        dragging_minimap_ = hit.part == Hit::Part::minimap;
        dragging_ = false;
        if (dragging_minimap_) remember();
        selecting_ = io.KeyShift && !dragging_minimap_;
        range_.reset();
    }
    if (ImGui::IsItemActive() && selecting_) {
        select_range(session, x);
        return std::nullopt;
    }
    if (ImGui::IsItemActive() && dragging_minimap_) {
        const std::int64_t tick = timeline::minimap_tick(scene, layout_, x);
        goal_.origin =
            std::max(tick - goal_.tick(layout_.width() / 2) + goal_.origin, goal_.first(layout_.width()));
        jump();
        follows_ = false;
        return std::nullopt;
    }
    if (ImGui::IsItemActive() && ImGui::IsMouseDragging(ImGuiMouseButton_Left, 4)) {
        if (!dragging_) remember();
        dragging_ = true;
        goal_.pan(-io.MouseDelta.x);
        goal_.scroll -= io.MouseDelta.y;
        jump();
        follows_ = false;
        return std::nullopt;
    }
    if (range_) return std::nullopt;
    const ImVec2 dragged = ImGui::GetMouseDragDelta(ImGuiMouseButton_Left, 4);
    if (!ImGui::IsItemDeactivated() || dragged.x != 0 || dragged.y != 0) return std::nullopt;
    if (hit.part == Hit::Part::axis_words) clicked_axis_word(ui, session, x, scene.text);
    if (hit.task) selected_ = hit.task;
    if (hit.part == Hit::Part::fold) tree_.toggle(hit.task);
    return hit.event;
}

void TimelinePanel::take_wheel(const session::Session& session, float x) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.KeyShift && io.MouseWheel != 0) {
        goal_.scroll -= io.MouseWheel * layout_.lane_height * 3;
        fly();
    } else if (io.MouseWheel != 0) {
        wheel_ += io.MouseWheel;
        const int steps = static_cast<int>(wheel_);
        wheel_ -= static_cast<float>(steps);
        zoom_at(steps, std::max(x, 0.0F), session);
    }
    if (io.MouseWheelH == 0) wheeling_ = false;
    if (io.MouseWheelH != 0) {
        if (!wheeling_) remember();
        wheeling_ = true;
        goal_.pan(-io.MouseWheelH * 60 * scale_);
        jump();
        follows_ = false;
    }
}

void TimelinePanel::clicked_axis_word(const Ui& ui, const session::Session& session, float x,
                                      const timeline::TextMetrics& text) {
    const float size = ui.px(13);
    const float begin = ui.px(24) + text.width("TIMELINE", timeline::Face::sans_bold, size) + ui.px(20);
    const float middle = begin + text.width("sequence", timeline::Face::sans, size) + ui.px(6);
    const float end = middle + text.width("time", timeline::Face::sans, size) + ui.px(20);
    if (x < begin || x > end) return;
    const bool wants_time = x > middle;
    if (wants_time != (view_.axis == AxisKind::time)) toggle_axis(session);
}

void TimelinePanel::show_hover(const Ui& ui, const session::Session& session, const Hit& hit) {
    if (!hit.event || ImGui::IsItemActive()) return;
    const std::uint32_t event = *hit.event;
    const trace::Log& log = session.log();
    std::string what = trace::time_text(session.index().time(log, event));
    const trace::Kind kind = log[event].kind();
    if (kind == trace::Kind::print || kind == trace::Kind::print_value) {
        what =
            fmt::format("{} prints '{}'  ·  {}", session::task_label(log, session.index(), log[event].task()),
                        log.printed_text(event), what);
        if (const EventIndex writer = log.writer_of_print(event)) {
            what +=
                fmt::format("\nwritten by {}", session::task_label(log, session.index(), log[writer].task()));
        }
    } else if (!hit.task) {
        return;
    } else {
        what = fmt::format("{}  ·  {}", session::task_label(log, session.index(), hit.task), what);
    }
    if (hit.merged) {
        what += fmt::format("\nin this column: {} steps, {} prints, {} leak", hit.merged->steps,
                            hit.merged->prints, hit.merged->leaks);
    }
    ImGui::PushFont(ui.fonts.small);
    ImGui::SetTooltip("%s", what.c_str());
    ImGui::PopFont();
}

void TimelinePanel::lay_out(const Ui& ui, const session::Session& session, const timeline::TextMetrics& text,
                            render::Damage& damage) {
    std::swap(list_, last_list_);
    timeline::draw(scene(ui, session, text), layout_, tree_, tiles_, list_);
    if (hairline_) {
        list_[timeline::DrawList::arrows].segments.push_back({std::round(*hairline_), layout_.flags.y,
                                                              std::round(*hairline_), layout_.output.bottom(),
                                                              1, 0, ui.theme.text.faded(0.3F)});
    }
    const gl::Region now = region();
    if (now == last_region_ && list_ == last_list_) return;
    damage.add(now);
    damage.add(std::exchange(last_region_, now));
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

void TimelinePanel::toggle_axis(const session::Session& session) {
    goal_.axis = goal_.axis == AxisKind::sequence ? AxisKind::time : AxisKind::sequence;
    fit_all(session);
}

void TimelinePanel::zoom(int steps, const session::Session& session) {
    const timeline::Axis axis(goal_.axis, session.log(), session.index());
    zoom_at(steps, hairline_ ? *hairline_ - layout_.gutter : goal_.x(axis.at(session.cursor())), session);
}

void TimelinePanel::zoom_at(int steps, float x, const session::Session& session) {
    if (steps == 0) return;
    goal_.zoom_steps(steps, std::clamp(x, 0.0F, layout_.width()), layout_.width(), end(session));
    fly();
}

void TimelinePanel::pan(float part) {
    goal_.pan(part * layout_.width());
    fly();
    follows_ = false;
}

void TimelinePanel::fit_all(const session::Session& session) {
    const std::int64_t room = asks_ ? end(session) / 5 : 0;
    goal_.fit(end(session) + room, layout_.width(), largest_fit());
    fly();
    follows_ = true;
}

void TimelinePanel::fit_selection(const session::Session& session) {
    if (!range_ || range_->axis != goal_.axis) return center(session);
    goal_.show(range_->from, range_->to, layout_.width(), largest_fit());
    fly();
    follows_ = false;
}

void TimelinePanel::center(const session::Session& session) {
    const std::int64_t tick = timeline::Axis(goal_.axis, session.log(), session.index()).at(session.cursor());
    goal_.origin =
        std::max<std::int64_t>(tick - std::llround(static_cast<double>(layout_.width()) / 2 / goal_.scale),
                               goal_.first(layout_.width()));
    fly();
    follows_ = false;
}

}  // namespace loopscope::panels
