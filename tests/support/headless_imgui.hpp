#pragma once

#include <imgui.h>

#include "app/gl/size.hpp"
#include "app/panels/imgui_version.hpp"
#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The window's fonts at a scale. Loading them takes long, so tests share them.
struct HeadlessFonts {
    explicit HeadlessFonts(float its_scale) : scale(its_scale) {
        ImGuiContext* const before = ImGui::GetCurrentContext();
        ImGuiContext* const context = ImGui::CreateContext(&atlas);
        ImGui::SetCurrentContext(context);
        fonts = Fonts::load(scale);
        atlas.Build();
        atlas.SetTexID(reinterpret_cast<ImTextureID>(1));
        ImGui::DestroyContext(context);
        ImGui::SetCurrentContext(before);
    }

    ImFontAtlas atlas;
    Fonts fonts;
    float scale;
};

/// Dear ImGui without a window and without OpenGL, until the end of its scope: panels are laid out, and what
/// they draw can be examined.
class HeadlessImGui {
  public:
    explicit HeadlessImGui(HeadlessFonts& fonts)
        : fonts_(fonts), before_(ImGui::GetCurrentContext()), context_(ImGui::CreateContext(&fonts.atlas)) {
        ImGui::SetCurrentContext(context_);
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        set_up_input(nullptr);
        io.DeltaTime = 1.0F / 60;
        io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
        apply_style(timeline::Theme::dark_theme(), fonts.scale);
    }
    HeadlessImGui(const HeadlessImGui&) = delete;
    HeadlessImGui& operator=(const HeadlessImGui&) = delete;
    ~HeadlessImGui() {
        ImGui::DestroyContext(context_);
        ImGui::SetCurrentContext(before_);
    }

    [[nodiscard]] const Fonts& fonts() const { return fonts_.fonts; }
    [[nodiscard]] float scale() const { return fonts_.scale; }

    /// Lays out a frame of `size` pixels with `draw`. Returns what ImGui drew, valid until the next frame.
    template <class Draw>
    const ImDrawData& frame(gl::Size size, const Draw& draw) {
        ImGui::GetIO().DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
        ImGui::NewFrame();
        draw();
        ImGui::Render();
        return *ImGui::GetDrawData();
    }

  private:
    HeadlessFonts& fonts_;
    ImGuiContext* before_;
    ImGuiContext* context_;
};

}  // namespace loopscope::panels
