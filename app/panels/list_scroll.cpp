// SPDX-License-Identifier: MIT
#include "app/panels/list_scroll.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/explain/words.hpp"

namespace loopscope::panels {

void ListScroll::update(const timeline::Rect& area, std::size_t count, std::size_t fit, bool goes_on) {
    constexpr float rows_a_turn = 3;
    const ImVec2 to(area.right(), area.bottom());
    const bool is_over = ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect({area.x, area.y}, to);
    const float wheel = is_over ? std::round(ImGui::GetIO().MouseWheel * rows_a_turn) : 0;
    if (wheel != 0) wanted_.reset();
    const auto turned = static_cast<std::size_t>(std::abs(wheel));
    first_ = wheel > 0 ? first_ - std::min(first_, turned) : first_ + turned;
    if (wanted_) first_ = std::clamp(first_, *wanted_ + 1 - std::min(fit, *wanted_ + 1), *wanted_);
    first_ = std::min(first_, count - std::min(count, fit));
    end_ = std::min(first_ + fit, count);
    count_ = count;
    goes_on_ = goes_on;
}

std::string ListScroll::note() const {
    if (hidden() == 0) return {};
    return fmt::format("{} to {} of {}{}: the wheel shows more", explain::count_text(first_ + 1),
                       explain::count_text(end_), goes_on_ ? "more than " : "", explain::count_text(count_));
}

void ListScroll::draw_bar(const Ui& ui, ImDrawList& list, const timeline::Rect& area) const {
    if (hidden() == 0 || area.height <= 0) return;
    const float width = std::max(ui.px(4), 2.0F);
    const float x = area.right() - width;
    const auto y_of = [&](std::size_t row) {
        return area.y +
               area.height * static_cast<float>(static_cast<double>(row) / static_cast<double>(count_));
    };
    const float top = std::min(y_of(first_), area.bottom() - ui.px(12));
    const float bottom = std::max(y_of(end_), top + ui.px(12));
    list.AddRectFilled({x, area.y}, {area.right(), area.bottom()}, to_im(ui.theme.line), width / 2);
    list.AddRectFilled({x, top}, {area.right(), bottom}, to_im(ui.theme.dim), width / 2);
}

std::string more_text(std::size_t count, std::string_view thing) {
    return fmt::format("{} more {}{}", explain::count_text(count), thing, count == 1 ? "" : "s");
}

}  // namespace loopscope::panels
