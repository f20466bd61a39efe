#include "app/panels/imgui_lists.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <span>

#include <backends/imgui_impl_opengl3.h>

namespace loopscope::panels {
namespace {

template <class T>
std::vector<std::byte> bytes_of(const ImVector<T>& items) {
    const auto bytes = std::as_bytes(std::span(items.Data, static_cast<std::size_t>(items.Size)));
    return {bytes.begin(), bytes.end()};
}

std::span<ImDrawList* const> lists_of(const ImDrawData& data) {
    return {data.CmdLists, static_cast<std::size_t>(data.CmdListsCount)};
}

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
    constexpr float far = std::numeric_limits<float>::max();
    ImVec2 from(far, far);
    ImVec2 to(-far, -far);
    for (const ImDrawVert& vertex : list.VtxBuffer) {
        from = {std::min(from.x, vertex.pos.x), std::min(from.y, vertex.pos.y)};
        to = {std::max(to.x, vertex.pos.x), std::max(to.y, vertex.pos.y)};
    }
    if (clips.empty() || from.x > to.x) return {};
    return intersection(clips, pixels_of(data, from, to));
}

/// Clips a list to a region, until the end of its scope.
class Clipped {
  public:
    Clipped(const ImDrawData& data, ImDrawList& list, const gl::Region& region) : list_(list) {
        for (ImDrawCmd& command : list.CmdBuffer) {
            clips_.push_back(command.ClipRect);
            const gl::Region part = intersection(clip_of(data, command), region);
            const ImVec2 scale = data.FramebufferScale;
            const auto x = static_cast<float>(part.x) / scale.x + data.DisplayPos.x;
            const auto y = static_cast<float>(part.y) / scale.y + data.DisplayPos.y;
            command.ClipRect = {x, y, x + static_cast<float>(part.size.width) / scale.x,
                                y + static_cast<float>(part.size.height) / scale.y};
        }
    }
    Clipped(const Clipped&) = delete;
    Clipped& operator=(const Clipped&) = delete;
    ~Clipped() {
        for (int each = 0; each < list_.CmdBuffer.Size; ++each)
            list_.CmdBuffer[each].ClipRect = clips_[static_cast<std::size_t>(each)];
    }

  private:
    ImDrawList& list_;
    std::vector<ImVec4> clips_;
};

}  // namespace

ImGuiLists::List ImGuiLists::keep(const ImDrawData& data, const ImDrawList& list) {
    return {bytes_of(list.CmdBuffer), bytes_of(list.VtxBuffer), bytes_of(list.IdxBuffer),
            region_of(data, list)};
}

void ImGuiLists::take(const ImDrawData& data, render::Damage& damage) {
    std::vector<List> now;
    now.reserve(lists_of(data).size());
    for (const ImDrawList* list : lists_of(data)) now.push_back(keep(data, *list));
    for (std::size_t each = 0; each < std::max(now.size(), lists_.size()); ++each) {
        const bool stayed = each < now.size() && each < lists_.size() && now[each] == lists_[each];
        if (stayed) continue;
        if (each < now.size()) damage.add(now[each].region);
        if (each < lists_.size()) damage.add(lists_[each].region);
    }
    lists_ = std::move(now);
}

void ImGuiLists::draw(ImDrawData& data, const gl::Region& region) {
    std::vector<ImDrawList*> lists;
    std::vector<std::unique_ptr<Clipped>> clipped;
    for (ImDrawList* list : lists_of(data)) {
        if (intersection(region_of(data, *list), region).empty()) continue;
        lists.push_back(list);
        clipped.push_back(std::make_unique<Clipped>(data, *list, region));
    }
    ImDrawData part = data;
    part.CmdLists = lists.data();
    part.CmdListsCount = static_cast<int>(lists.size());
    ImGui_ImplOpenGL3_RenderDrawData(&part);
}

}  // namespace loopscope::panels
