// SPDX-License-Identifier: MIT
#include "app/panels/imgui_frame.hpp"

#include <algorithm>
#include <cfloat>

#include <backends/imgui_impl_opengl3.h>
#include <imgui_internal.h>

#ifndef __EMSCRIPTEN__
#include <backends/imgui_impl_glfw.h>
#endif

#include "app/gl/opengl.hpp"
#include "app/panels/imgui_version.hpp"

namespace loopscope::panels {
namespace {

#ifdef __EMSCRIPTEN__
// A page has no window of GLFW's: it passes its input on itself.
bool ImGui_ImplGlfw_InitForOpenGL(GLFWwindow*, bool) {
    return false;
}
void ImGui_ImplGlfw_Shutdown() {}
void ImGui_ImplGlfw_NewFrame() {}
#endif

/// Stops fades that ImGui does by the clock: they would end half-way, because the window is drawn only when
/// something happens.
void stop_fading() {
    ImGui::GetCurrentContext()->DimBgRatio = ImGui::GetTopMostPopupModal() ? 1.0F : 0.0F;
}

}  // namespace

ImGuiFrame::ImGuiFrame(GLFWwindow* window) : window_(window) {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;               // no file is written that the user did not ask for
    ImGui::GetIO().ConfigInputTextCursorBlink = false;  // the window is not redrawn for it
    if (window_) ImGui_ImplGlfw_InitForOpenGL(window_, false);  // input comes by InputQueue, in its order
    set_up_input(window_);
    ImGui_ImplOpenGL3_Init(gl::glsl_version);
}

ImGuiFrame::~ImGuiFrame() {
    ImGui_ImplOpenGL3_Shutdown();
    if (window_) ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
}

Fonts ImGuiFrame::set_scale(const timeline::Theme& theme, float scale) {
    apply_style(theme, scale);
    const Fonts fonts = Fonts::load(scale);
    // Only the texture is destroyed: ImGui 1.86 remembers the sizes of its buffers beyond their end, so its
    // other objects must stay.
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    has_fonts_texture_ = false;
    return fonts;
}

void ImGuiFrame::begin(gl::Size size, double passed, const InputQueue& input) {
    ImGui_ImplOpenGL3_NewFrame();
    if (!has_fonts_texture_) has_fonts_texture_ = ImGui_ImplOpenGL3_CreateFontsTexture();
    if (window_) {
        ImGui_ImplGlfw_NewFrame();
        hide_mouse_without_focus(window_);
    }
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
    if (!window_) io.DeltaTime = static_cast<float>(std::max(passed, 1e-4));
    input.set_mouse();
    if (hides_mouse_) set_mouse({-FLT_MAX, -FLT_MAX});
    const bool lists = (io.ConfigFlags & ImGuiConfigFlags_NavEnableKeyboard) != 0;
    if (lists && !InputQueue::is_text_wanted()) let_enter_choose();
    ImGui::NewFrame();
    stop_fading();
}

void ImGuiFrame::end(render::Damage& damage) {
    ImGui::Render();
    lists_.take(*ImGui::GetDrawData(), damage);
}

void ImGuiFrame::draw(std::span<const gl::Region> regions) {
    ImGuiLists::draw(*ImGui::GetDrawData(), regions);
}

}  // namespace loopscope::panels
