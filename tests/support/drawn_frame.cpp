#include "tests/support/drawn_frame.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <string_view>

#include <imgui_internal.h>

#include "core/base/utf8.hpp"

namespace loopscope::panels {
namespace {

timeline::Color color_of(ImU32 packed) {
    const auto channel = [packed](unsigned shift) { return static_cast<std::uint8_t>(packed >> shift); };
    return {channel(IM_COL32_R_SHIFT), channel(IM_COL32_G_SHIFT), channel(IM_COL32_B_SHIFT),
            channel(IM_COL32_A_SHIFT)};
}

bool same(ImVec2 one, ImVec2 other) {
    return one.x == other.x && one.y == other.y;
}

/// Whether six indices draw a character: an upright rectangle that takes a part of the fonts' texture.
bool is_character(const ImDrawList& list, unsigned first, unsigned offset, unsigned left) {
    if (left < 6) return false;
    const ImDrawIdx* const index = &list.IdxBuffer[static_cast<int>(first)];
    if (index[1] != index[0] + 1 || index[2] != index[0] + 2 || index[3] != index[0] ||
        index[4] != index[0] + 2 || index[5] != index[0] + 3)
        return false;
    const ImDrawVert* const corner = &list.VtxBuffer[static_cast<int>(offset + index[0])];
    const bool is_upright = corner[0].pos.y == corner[1].pos.y && corner[0].pos.x == corner[3].pos.x;
    return is_upright && corner[0].uv.x != corner[2].uv.x && corner[0].uv.y != corner[2].uv.y &&
           corner[0].uv.y == corner[1].uv.y;
}

/// Whether a list is of a window that its content is wider or higher than.
bool scrolls(const ImDrawList& list) {
    if (!list._OwnerName) return false;
    const ImGuiWindow* const window = ImGui::FindWindowByName(list._OwnerName);
    return window && (window->ScrollMax.y > 0 || window->ScrollMax.x > 0);
}

}  // namespace

DrawnBox common_part(const DrawnBox& one, const DrawnBox& other) {
    return {{std::max(one.from.x, other.from.x), std::max(one.from.y, other.from.y)},
            {std::min(one.to.x, other.to.x), std::min(one.to.y, other.to.y)}};
}

DrawnFrame::DrawnFrame(gl::Size size, const timeline::Theme& theme, bool with_grounds)
    : size_(size), theme_(theme), with_grounds_(with_grounds) {
    if (with_grounds)
        pixels_.resize(static_cast<std::size_t>(size.width) * static_cast<std::size_t>(size.height),
                       theme.panel);
}

void DrawnFrame::paint(int x, int y, timeline::Color color) {
    timeline::Color& pixel = pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(size_.width) +
                                     static_cast<std::size_t>(x)];
    pixel = timeline::over(color, pixel);
}

timeline::Color DrawnFrame::at(ImVec2 place) const {
    if (!with_grounds_) return {};
    const int x = std::clamp(static_cast<int>(place.x), 0, size_.width - 1);
    const int y = std::clamp(static_cast<int>(place.y), 0, size_.height - 1);
    return pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(size_.width) +
                   static_cast<std::size_t>(x)];
}

void DrawnFrame::fill(const DrawnBox& box, timeline::Color color) {
    if (!with_grounds_ || color.alpha == 0) return;
    const auto edge = [](float place, int end) {
        return std::clamp(static_cast<int>(std::ceil(place - 0.5F)), 0, end);
    };
    for (int y = edge(box.from.y, size_.height); y < edge(box.to.y, size_.height); ++y) {
        for (int x = edge(box.from.x, size_.width); x < edge(box.to.x, size_.width); ++x) paint(x, y, color);
    }
}

void DrawnFrame::fill(const ImDrawVert& a, const ImDrawVert& b, const ImDrawVert& c, const DrawnBox& clip) {
    if (!with_grounds_) return;
    const float left = std::max(std::min({a.pos.x, b.pos.x, c.pos.x}), clip.from.x);
    const float right = std::min(std::max({a.pos.x, b.pos.x, c.pos.x}), clip.to.x);
    const float top = std::max(std::min({a.pos.y, b.pos.y, c.pos.y}), clip.from.y);
    const float bottom = std::min(std::max({a.pos.y, b.pos.y, c.pos.y}), clip.to.y);
    const auto side = [](const ImDrawVert& from, const ImDrawVert& to, float x, float y) {
        return (to.pos.x - from.pos.x) * (y - from.pos.y) - (to.pos.y - from.pos.y) * (x - from.pos.x);
    };
    const timeline::Color color = color_of(a.col);
    const int from_x = std::max(static_cast<int>(left), 0);
    const int to_x = std::min(static_cast<int>(std::ceil(right)), size_.width);
    const int to_y = std::min(static_cast<int>(std::ceil(bottom)), size_.height);
    for (int y = std::max(static_cast<int>(top), 0); y < to_y; ++y) {
        for (int x = from_x; x < to_x; ++x) {
            const float px = static_cast<float>(x) + 0.5F;
            const float py = static_cast<float>(y) + 0.5F;
            if (px < clip.from.x || px >= clip.to.x || py < clip.from.y || py >= clip.to.y) continue;
            const float one = side(a, b, px, py);
            const float two = side(b, c, px, py);
            const float three = side(c, a, px, py);
            // A pixel on the edge that two triangles share is painted once.
            const bool is_inside = (one >= 0 && two > 0 && three > 0) || (one < 0 && two <= 0 && three <= 0);
            if (is_inside) paint(x, y, color);
        }
    }
}

/// Forgets the characters that a surface hides.
void DrawnFrame::cover(const DrawnBox& box) {
    std::erase_if(characters_, [&](const DrawnCharacter& each) {
        const float x = (each.whole.from.x + each.whole.to.x) / 2;
        const float y = (each.whole.from.y + each.whole.to.y) / 2;
        return x >= box.from.x && x < box.to.x && y >= box.from.y && y < box.to.y;
    });
}

void DrawnFrame::draw(const ImDrawData& data) {
    for (int each = 0; each < data.CmdListsCount; ++each) draw(*data.CmdLists[each]);
}

void DrawnFrame::draw(const ImDrawList& list) {
    const std::string window = list._OwnerName ? list._OwnerName : "in front";
    const bool does_scroll = scrolls(list);
    for (const ImDrawCmd& command : list.CmdBuffer) {
        const DrawnBox clip{{command.ClipRect.x, command.ClipRect.y},
                            {command.ClipRect.z, command.ClipRect.w}};
        for (unsigned at = 0; at + 3 <= command.ElemCount;) {
            const unsigned first = command.IdxOffset + at;
            const auto vertex = [&](unsigned number) -> const ImDrawVert& {
                return list.VtxBuffer[static_cast<int>(command.VtxOffset) +
                                      list.IdxBuffer[static_cast<int>(first + number)]];
            };
            if (is_character(list, first, command.VtxOffset, command.ElemCount - at)) {
                const DrawnBox whole{vertex(0).pos, vertex(2).pos};
                const DrawnBox seen = common_part(whole, clip);
                const ImVec2 middle((whole.from.x + whole.to.x) / 2, (whole.from.y + whole.to.y) / 2);
                if (vertex(0).col >> IM_COL32_A_SHIFT != 0)
                    characters_.push_back(
                        {whole, seen, color_of(vertex(0).col), this->at(middle), window, does_scroll});
                at += 6;
                continue;
            }
            const bool is_solid = same(vertex(0).uv, vertex(1).uv) && same(vertex(1).uv, vertex(2).uv) &&
                                  vertex(0).col == vertex(1).col && vertex(1).col == vertex(2).col;
            if (is_solid) fill(vertex(0), vertex(1), vertex(2), clip);
            at += 3;
        }
    }
}

void DrawnFrame::draw(const TimelinePanel& timeline, const timeline::TextMetrics& text) {
    const timeline::Rect& rect = timeline.rect();
    const ImVec2 from(std::round(rect.x), std::round(rect.y));
    const DrawnBox all{from, {std::round(rect.right()), std::round(rect.bottom())}};
    fill(all, theme_.background);
    for (const timeline::Layer& layer : timeline.picture().layers) {
        for (const timeline::Quad& quad : layer.quads) {
            const DrawnBox box{{from.x + quad.rect.x, from.y + quad.rect.y},
                               {from.x + quad.rect.right(), from.y + quad.rect.bottom()}};
            if (std::min(box.width(), box.height()) < 2) continue;  // lines are no ground
            fill(common_part(box, all), quad.fill);
            if (quad.fill.alpha == 255) cover(box);
        }
        for (const timeline::Glyph& glyph : layer.glyphs) {
            std::string letter;
            append_utf8(letter, glyph.character);
            const ImVec2 pen(from.x + glyph.x, from.y + glyph.y);
            const float wide = text.width(letter, glyph.face, glyph.size);
            const DrawnBox whole{{pen.x, pen.y - text.cap_height(glyph.face, glyph.size)},
                                 {pen.x + wide, pen.y}};
            const DrawnBox seen = common_part(whole, all);
            if (seen.area() <= 0 || glyph.color.alpha == 0) continue;
            const ImVec2 middle((whole.from.x + whole.to.x) / 2, (whole.from.y + whole.to.y) / 2);
            characters_.push_back({whole, seen, glyph.color, at(middle), "picture", false});
        }
    }
}

}  // namespace loopscope::panels
