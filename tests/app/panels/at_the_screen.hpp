#pragma once

#include <filesystem>
#include <string_view>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <imgui.h>

#include "app/panels/frame.hpp"
#include "app/panels/imgui_version.hpp"
#include "app/screen/screen.hpp"
#include "tests/app/gl/with_context.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::panels {

/// A test at an off-screen screen, with hands for it: keys come as the window passes them on, the mouse and
/// what is typed as ImGui sees them.
class AtTheScreen : public WithContext {
  protected:
    static constexpr gl::Size size{1280, 720};

    /// Shows a session on a new screen.
    void show(session::Session session) {
        screen_.reset();
        auto made = gl::Framebuffer::create(size);
        ASSERT_TRUE(made) << made.error().message;
        framebuffer_.emplace(std::move(*made));
        auto screen = screen::Screen::create(std::move(session), nullptr);
        ASSERT_TRUE(screen) << screen.error().message;
        screen_ = std::move(*screen);
        frames(4);
    }

    [[nodiscard]] Workspace& workspace() { return screen_->workspace(); }
    [[nodiscard]] const session::Session& session() { return workspace().session(); }
    [[nodiscard]] std::size_t tasks() { return session().index().tasks().size(); }
    [[nodiscard]] float px(float design) { return design * workspace().appearance().scale(); }
    /// Where the panels stand while neither a lesson nor a demo is shown.
    [[nodiscard]] Frame frame(Frame::Shown shown = {}) {
        return {size, workspace().appearance().scale(), shown};
    }

    void frames(int count, double passed = 0.02) {
        framebuffer_->bind();
        for (; count > 0; --count) screen_->draw(size, size, passed, 1);
    }
    /// Until nothing moves any more; not for ever.
    void settle() {
        frames(4);
        for (int each = 0; each < 100'000 && workspace().moving(); ++each) frames(1);
        ASSERT_FALSE(workspace().moving());
        frames(2);
    }

    /// Keys of the window: GLFW's.
    void press(int key, std::uint8_t modifiers = none) {
        send({pressed(key, modifiers), released(key, modifiers)});
        frames(4);
    }
    /// Input of the window, all of which came within a frame.
    void send(const std::vector<platform::Input>& events) {
        platform::Inputs inputs;
        inputs.events = events;
        screen_->take(inputs);
    }
    static platform::Input pressed(int key, std::uint8_t modifiers = none) {
        return {.code = static_cast<std::uint32_t>(key), .modifiers = modifiers, .down = true};
    }
    static platform::Input released(int key, std::uint8_t modifiers = none) {
        return {.code = static_cast<std::uint32_t>(key), .modifiers = modifiers};
    }
    static platform::Input typed(char32_t character) {
        return {.kind = platform::Input::Kind::character, .code = character};
    }
    void drop(const std::filesystem::path& file) {
        platform::Inputs inputs;
        inputs.dropped.push_back(file.string());
        screen_->take(inputs);
        settle();
    }
    /// What ImGui sees of the keyboard.
    void type(std::string_view text) {
        ImGui::GetIO().AddInputCharactersUTF8(std::string(text).c_str());
        frames(2);
    }
    void hold(ImGuiKey key) {
        set_key(key, true);
        frames(1);
        set_key(key, false);
        frames(2);
    }

    void move(ImVec2 at) {
        ImGui::GetIO().MousePos = at;
        frames(1);
    }
    void click(ImVec2 at) {
        move(at);
        ImGui::GetIO().MouseDown[0] = true;
        frames(1);
        ImGui::GetIO().MouseDown[0] = false;
        frames(1);
    }
    /// With Shift and the left button, as a range is selected.
    void drag(ImVec2 from, ImVec2 to) {
        move(from);
        send({pressed(GLFW_KEY_LEFT_SHIFT)});
        ImGui::GetIO().MouseDown[0] = true;
        frames(1);
        move(to);
        ImGui::GetIO().MouseDown[0] = false;
        frames(1);
        send({released(GLFW_KEY_LEFT_SHIFT)});
    }
    /// A command by its name, from the palette.
    void choose(std::string_view command) {
        press(GLFW_KEY_P, shift | control);
        type(command);
        hold(ImGuiKey_Enter);
    }
    /// The field of the parameter `symbols` in the menu of the program.
    void open_symbols() {
        press(GLFW_KEY_R);
        click({px(700), px(367)});
        hold(ImGuiKey_End);
    }
    gl::Image picture() { return framebuffer_->read_pixels(); }
    screen::Screen& screen() { return *screen_; }

  private:
    std::optional<gl::Framebuffer> framebuffer_;
    std::unique_ptr<screen::Screen> screen_;
};

}  // namespace loopscope::panels
