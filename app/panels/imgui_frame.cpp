#include "app/panels/imgui_frame.hpp"

#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>

#define GLFW_INCLUDE_NONE
#include <algorithm>
#include <utility>

#include <GLFW/glfw3.h>

#include "app/panels/command.hpp"

namespace loopscope::panels {
namespace {

void on_key(GLFWwindow* window, int key, int /*scancode*/, int action, int mods) {
    if (action == GLFW_RELEASE) return;
    auto* const keys = static_cast<std::vector<KeyPress>*>(glfwGetWindowUserPointer(window));
    std::uint8_t modifiers = none;
    if ((mods & GLFW_MOD_SHIFT) != 0) modifiers |= shift;
    if ((mods & (GLFW_MOD_CONTROL | GLFW_MOD_SUPER)) != 0) modifiers |= control;
    keys->push_back({key, modifiers});
}

}  // namespace

ImGuiFrame::ImGuiFrame(GLFWwindow* window) : window_(window) {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGui::GetIO().IniFilename = nullptr;  // nothing is written behind the user's back
    if (window_) {
        // Ours first: ImGui's backend calls what it finds installed.
        glfwSetWindowUserPointer(window_, &keys_);
        glfwSetKeyCallback(window_, on_key);
        ImGui_ImplGlfw_InitForOpenGL(window_, true);
    }
    ImGui_ImplOpenGL3_Init("#version 330 core");
}

ImGuiFrame::~ImGuiFrame() {
    ImGui_ImplOpenGL3_Shutdown();
    if (window_) ImGui_ImplGlfw_Shutdown();
    ImGui::DestroyContext();
}

Fonts ImGuiFrame::set_scale(const timeline::Theme& theme, float scale) {
    apply_style(theme, scale);
    const Fonts fonts = Fonts::load(scale);
    // Only the texture: ImGui 1.86 remembers the sizes of its buffers beyond their end, so its other objects
    // must stay.
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    has_fonts_texture_ = false;
    return fonts;
}

void ImGuiFrame::begin(gl::Size size, double passed) {
    ImGui_ImplOpenGL3_NewFrame();
    if (!has_fonts_texture_) has_fonts_texture_ = ImGui_ImplOpenGL3_CreateFontsTexture();
    if (window_) ImGui_ImplGlfw_NewFrame();
    ImGuiIO& io = ImGui::GetIO();
    if (!window_) {
        io.DisplaySize = {static_cast<float>(size.width), static_cast<float>(size.height)};
        io.DeltaTime = static_cast<float>(std::max(passed, 1e-4));
    }
    ImGui::NewFrame();
}

void ImGuiFrame::end() {
    ImGui::Render();
}

void ImGuiFrame::draw() {
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

std::vector<KeyPress> ImGuiFrame::take_keys() {
    std::vector<KeyPress> keys = std::exchange(keys_, {});
    if (ImGui::GetIO().WantTextInput) keys.clear();
    return keys;
}

}  // namespace loopscope::panels
