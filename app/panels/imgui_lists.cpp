// SPDX-License-Identifier: MIT
#include "app/panels/imgui_lists.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <memory>
#include <span>

#include <backends/imgui_impl_opengl3.h>

#include "app/panels/imgui_version.hpp"

namespace loopscope::panels {
namespace {

template <class T>
std::vector<T> copy_of(const ImVector<T>& items) {
    return {items.Data, items.Data + items.Size};
}

bool is_same(const ImDrawVert& one, const ImDrawVert& other) {
    return one.pos.x == other.pos.x && one.pos.y == other.pos.y && one.uv.x == other.uv.x &&
           one.uv.y == other.uv.y && one.col == other.col;
}

/// Returns whether two commands draw with the same texture within the same rectangle, and both count vertices
/// from the first of their list.
bool has_same_clip(const ImDrawCmd& one, const ImDrawCmd& other) {
    return one.VtxOffset == 0 && other.VtxOffset == 0 && one.ClipRect.x == other.ClipRect.x &&
           one.ClipRect.y == other.ClipRect.y && one.ClipRect.z == other.ClipRect.z &&
           one.ClipRect.w == other.ClipRect.w && one.TextureId == other.TextureId;
}

/// A rectangle that grows with each point.
class Extent {
  public:
    void add(ImVec2 point) {
        from_ = {std::min(from_.x, point.x), std::min(from_.y, point.y)};
        to_ = {std::max(to_.x, point.x), std::max(to_.y, point.y)};
    }
    [[nodiscard]] bool empty() const { return from_.x > to_.x; }
    [[nodiscard]] ImVec2 from() const { return from_; }
    [[nodiscard]] ImVec2 to() const { return to_; }

  private:
    static constexpr float far = std::numeric_limits<float>::max();
    ImVec2 from_{far, far};
    ImVec2 to_{-far, -far};
};

/// Returns a rectangle of ImGui as the pixels of the framebuffer that it touches.
gl::Region pixels_of(const ImDrawData& data, ImVec2 from, ImVec2 to) {
    const auto x = static_cast<int>(std::floor((from.x - data.DisplayPos.x) * data.FramebufferScale.x));
    const auto y = static_cast<int>(std::floor((from.y - data.DisplayPos.y) * data.FramebufferScale.y));
    const auto right = static_cast<int>(std::ceil((to.x - data.DisplayPos.x) * data.FramebufferScale.x));
    const auto bottom = static_cast<int>(std::ceil((to.y - data.DisplayPos.y) * data.FramebufferScale.y));
    return {x, y, {right - x, bottom - y}};
}

gl::Region whole(const ImDrawData& data) {
    return pixels_of(data, data.DisplayPos,
                     {data.DisplayPos.x + data.DisplaySize.x, data.DisplayPos.y + data.DisplaySize.y});
}

gl::Region clip_of(const ImDrawData& data, const ImDrawCmd& command) {
    const ImVec4& clip = command.ClipRect;
    return pixels_of(data, {clip.x, clip.y}, {clip.z, clip.w});
}

/// Returns the region that a list draws into: within the clip rectangles of its commands, and no further than
/// its triangles reach.
gl::Region region_of(const ImDrawData& data, const ImDrawList& list) {
    gl::Region clips;
    for (const ImDrawCmd& command : list.CmdBuffer) {
        const gl::Region clip = intersection(clip_of(data, command), whole(data));
        if (command.ElemCount > 0 && !clip.empty()) clips = clips.empty() ? clip : bounds(clips, clip);
    }
    Extent extent;
    for (const ImDrawVert& vertex : list.VtxBuffer) extent.add(vertex.pos);
    if (clips.empty() || extent.empty()) return {};
    return intersection(clips, pixels_of(data, extent.from(), extent.to()));
}

/// Clips a list to some regions, until the end of its scope: each command becomes one for each of them.
class Clipped {
  public:
    Clipped(const ImDrawData& data, ImDrawList& list, std::span<const gl::Region> regions) : list_(list) {
        for (const ImDrawCmd& command : list.CmdBuffer) {
            for (const gl::Region& region : regions) {
                const gl::Region part = intersection(clip_of(data, command), region);
                if (!part.empty()) commands_.push_back(clipped(data, command, part));
            }
        }
        list_.CmdBuffer.swap(commands_);
    }
    Clipped(const Clipped&) = delete;
    Clipped& operator=(const Clipped&) = delete;
    ~Clipped() { list_.CmdBuffer.swap(commands_); }

  private:
    static ImDrawCmd clipped(const ImDrawData& data, ImDrawCmd command, const gl::Region& part) {
        const ImVec2 scale = data.FramebufferScale;
        const auto x = static_cast<float>(part.x) / scale.x + data.DisplayPos.x;
        const auto y = static_cast<float>(part.y) / scale.y + data.DisplayPos.y;
        command.ClipRect = {x, y, x + static_cast<float>(part.size.width) / scale.x,
                            y + static_cast<float>(part.size.height) / scale.y};
        return command;
    }

    ImDrawList& list_;
    ImVector<ImDrawCmd> commands_;
};

}  // namespace

ImGuiLists::List ImGuiLists::keep(const ImDrawData& data, const ImDrawList& list) {
    return {copy_of(list.CmdBuffer), copy_of(list.VtxBuffer), copy_of(list.IdxBuffer), region_of(data, list)};
}

/// Adds the region in which two lists differ: that of the vertices that they do not have in common at their
/// beginnings and ends. Where the same vertices are drawn in another way, all of both lists.
void ImGuiLists::add_changes(const ImDrawData& data, const List& now, const List& before,
                             render::Damage& damage) {
    const std::size_t shorter = std::min(now.vertices.size(), before.vertices.size());
    std::size_t first = 0;
    while (first < shorter && is_same(now.vertices[first], before.vertices[first])) ++first;
    std::size_t last = 0;
    while (last < shorter - first && is_same(now.vertices.rbegin()[static_cast<std::ptrdiff_t>(last)],
                                             before.vertices.rbegin()[static_cast<std::ptrdiff_t>(last)]))
        ++last;
    if (!are_drawn_alike(now, before, first, last)) {
        damage.add(now.region);
        return damage.add(before.region);
    }
    Extent extent;
    for (const List* list : {&now, &before}) {
        for (std::size_t each = first; each + last < list->vertices.size(); ++each)
            extent.add(list->vertices[each].pos);
    }
    if (extent.empty()) return;
    damage.add(intersection(pixels_of(data, extent.from(), extent.to()), whole(data)));
}

/// Returns whether two lists draw the vertices that they have in common, `first` at their beginnings and
/// `last` at their ends, as the same triangles, by commands with the same clip rectangles.
bool ImGuiLists::are_drawn_alike(const List& now, const List& before, std::size_t first, std::size_t last) {
    if (!std::ranges::equal(now.commands, before.commands, has_same_clip)) return false;
    const auto shift = static_cast<std::ptrdiff_t>(now.vertices.size()) -
                       static_cast<std::ptrdiff_t>(before.vertices.size());
    const std::size_t shorter = std::min(now.indices.size(), before.indices.size());
    std::size_t same = 0;
    while (same < shorter && now.indices[same] == before.indices[same] && now.indices[same] < first) ++same;
    std::size_t moved = 0;
    const auto from_end = [](const std::vector<ImDrawIdx>& list, std::size_t at) {
        return static_cast<std::ptrdiff_t>(list[list.size() - 1 - at]);
    };
    while (moved < shorter - same && from_end(now.indices, moved) == from_end(before.indices, moved) + shift)
        ++moved;
    // All other triangles have to be of the vertices in the middle alone.
    const auto are_of_middle = [&](const List& list) {
        const std::size_t end = list.vertices.size() - last;
        return std::all_of(list.indices.begin() + static_cast<std::ptrdiff_t>(same),
                           list.indices.end() - static_cast<std::ptrdiff_t>(moved),
                           [&](ImDrawIdx index) { return index >= first && index < end; });
    };
    if (!are_of_middle(now) || !are_of_middle(before)) return false;
    // So is what other commands draw now than before.
    std::size_t ends_now = 0;
    std::size_t ends_before = 0;
    for (std::size_t each = 0; each < now.commands.size(); ++each) {
        ends_now += now.commands[each].ElemCount;
        ends_before += before.commands[each].ElemCount;
        const std::size_t rest_now = now.indices.size() - ends_now;
        const std::size_t rest_before = before.indices.size() - ends_before;
        const bool at_same = ends_now == ends_before && ends_now <= same;
        const bool at_moved = rest_now == rest_before && rest_now <= moved;
        const bool in_middle =
            std::min(ends_now, ends_before) >= same && std::min(rest_now, rest_before) >= moved;
        if (!at_same && !at_moved && !in_middle) return false;
    }
    return true;
}

void ImGuiLists::take(const ImDrawData& data, render::Damage& damage) {
    std::vector<List> now;
    now.reserve(lists_of(data).size());
    for (const ImDrawList* list : lists_of(data)) now.push_back(keep(data, *list));
    for (std::size_t each = 0; each < std::max(now.size(), lists_.size()); ++each) {
        if (each < now.size() && each < lists_.size())
            add_changes(data, now[each], lists_[each], damage);
        else
            damage.add(each < now.size() ? now[each].region : lists_[each].region);
    }
    lists_ = std::move(now);
}

void ImGuiLists::draw(ImDrawData& data, std::span<const gl::Region> regions) {
    std::vector<ImDrawList*> lists;
    std::vector<std::unique_ptr<Clipped>> clipped;
    for (ImDrawList* list : lists_of(data)) {
        const gl::Region drawn = region_of(data, *list);
        const auto touches = [&](const gl::Region& each) { return !intersection(drawn, each).empty(); };
        if (std::ranges::none_of(regions, touches)) continue;
        lists.push_back(list);
        clipped.push_back(std::make_unique<Clipped>(data, *list, regions));
    }
    if (lists.empty()) return;
    ImDrawData part = with_lists(data, lists);
    ImGui_ImplOpenGL3_RenderDrawData(&part);
}

}  // namespace loopscope::panels
