// SPDX-License-Identifier: MIT
#include "web/page_window.hpp"

#include <chrono>
#include <utility>

#include <GLFW/glfw3.h>  // the names of keys
#include <emscripten.h>
#include <emscripten/html5.h>
#include <imgui.h>

#include "app/panels/files.hpp"
#include "core/format/saver.hpp"
#include "web/place.hpp"

// NOLINTBEGIN: EM_JS is JavaScript
// Tells the page that the first picture is there.
EM_JS(void, page_begins, (), { page.begins(); });
// Tells the page where one is, as JSON.
EM_JS(void, page_told, (const char* state), { page.told(JSON.parse(UTF8ToString(state))); });
// Has the page hand a file over to the user.
EM_JS(void, page_downloads, (const char* path), { page.downloads(UTF8ToString(path)); });
EM_JS(void, page_asks_for_file, (), { page.asksForFile(); });
EM_JS(void, page_toggles_fullscreen, (), { page.togglesFullscreen(); });
EM_JS(void, page_copies, (const char* text), { page.copies(UTF8ToString(text)); });
// Tells the page that its program has run, and whether anything ran on a loop.
EM_JS(void, page_has_run, (int has_trace), { page.hasRun(Boolean(has_trace)); });
// NOLINTEND

namespace loopscope::web {
namespace {

namespace fs = std::filesystem;

/// How long a frame takes what the program in the editor has done.
constexpr std::chrono::milliseconds slice_of_run(12);

/// ImGui's keys are GLFW's, by which the input names them.
void name_keys(ImGuiIO& io) {
    io.BackendPlatformName = "loopscope_web";
    constexpr std::pair<ImGuiKey, int> keys[] = {{ImGuiKey_Tab, GLFW_KEY_TAB},
                                                 {ImGuiKey_LeftArrow, GLFW_KEY_LEFT},
                                                 {ImGuiKey_RightArrow, GLFW_KEY_RIGHT},
                                                 {ImGuiKey_UpArrow, GLFW_KEY_UP},
                                                 {ImGuiKey_DownArrow, GLFW_KEY_DOWN},
                                                 {ImGuiKey_PageUp, GLFW_KEY_PAGE_UP},
                                                 {ImGuiKey_PageDown, GLFW_KEY_PAGE_DOWN},
                                                 {ImGuiKey_Home, GLFW_KEY_HOME},
                                                 {ImGuiKey_End, GLFW_KEY_END},
                                                 {ImGuiKey_Insert, GLFW_KEY_INSERT},
                                                 {ImGuiKey_Delete, GLFW_KEY_DELETE},
                                                 {ImGuiKey_Backspace, GLFW_KEY_BACKSPACE},
                                                 {ImGuiKey_Space, GLFW_KEY_SPACE},
                                                 {ImGuiKey_Enter, GLFW_KEY_ENTER},
                                                 {ImGuiKey_Escape, GLFW_KEY_ESCAPE},
                                                 {ImGuiKey_KeyPadEnter, GLFW_KEY_KP_ENTER},
                                                 {ImGuiKey_A, GLFW_KEY_A},
                                                 {ImGuiKey_C, GLFW_KEY_C},
                                                 {ImGuiKey_V, GLFW_KEY_V},
                                                 {ImGuiKey_X, GLFW_KEY_X},
                                                 {ImGuiKey_Y, GLFW_KEY_Y},
                                                 {ImGuiKey_Z, GLFW_KEY_Z}};
    for (const auto& [name, key] : keys) io.KeyMap[name] = key;
    io.SetClipboardTextFn = [](void*, const char* text) { page_copies(text); };
    io.GetClipboardTextFn = [](void*) { return ""; };  // what is pasted comes as typed text
}

}  // namespace

PageWindow::PageWindow(std::unique_ptr<Canvas> canvas, std::unique_ptr<screen::Screen> screen)
    : canvas_(std::move(canvas)), screen_(std::move(screen)), turns_(*screen_) {
    name_keys(ImGui::GetIO());
}

void PageWindow::wake() {
    if (awaits_) return;
    awaits_ = true;
    emscripten_request_animation_frame(
        [](double, void* window) -> EM_BOOL {
            static_cast<PageWindow*>(window)->turn();
            return EM_FALSE;
        },
        this);
}

void PageWindow::open(const fs::path& file) {
    workspace().open(file);
    wake();
}

void PageWindow::run(const std::string& name, std::vector<CountedSwitch> switches,
                     std::optional<EventIndex> cursor) {
    python_.reset();  // the page runs one at a time
    python_ = std::make_unique<PythonRun>(name, std::move(switches), false);
    cursor_of_run_ = cursor;
    wake();
}

void PageWindow::download() {
    const session::Session& session = workspace().session();
    const fs::path file =
        fs::path("/") / fs::path(session.about().name).filename().replace_extension(".loopscope");
    const auto saved = format::save(file, session.log(), panels::info_to_save(session));
    if (saved)
        page_downloads(file.c_str());
    else
        workspace().set_notice(saved.error().message);
    wake();
}

void PageWindow::draw_anew() {
    if (begun_) draw({}, 0);
}

void PageWindow::turn() {
    awaits_ = false;
    const bool resized = canvas_->fit();
    platform::Inputs inputs = canvas_->take_inputs();
    const auto passed = turns_.begin(inputs, resized || !begun_);
    if (passed) draw(std::move(inputs), *passed);
    serve();
    go_on_with_run();
    if (!turns_.rest())
        wake();
    else
        tell();
}

void PageWindow::draw(platform::Inputs inputs, double passed) {
    screen_->take(inputs);
    const gl::Size framebuffer = canvas_->framebuffer_size();
    if (framebuffer.width > 0 && framebuffer.height > 0) {
        screen_->draw(framebuffer, framebuffer, passed, canvas_->content_scale());
        screen_->take_wanted_picture(framebuffer, framebuffer, canvas_->content_scale());
    } else {
        workspace().advance(passed);
    }
    turns_.end();
    ++frames_;
    if (!begun_) page_begins();
    begun_ = true;
}

/// Takes what the program in the editor has done; the page wakes the window when more has come.
void PageWindow::go_on_with_run() {
    if (!python_) return;
    const Status status = python_->poll(slice_of_run);
    if (status == Status::grew) wake();
    if (!is_over(status)) return;
    const auto run = std::exchange(python_, nullptr);
    if (status == Status::failed) workspace().set_notice(run->error().message);
    const bool has_trace = status == Status::ended && run->has_trace();
    if (has_trace) workspace().open(run->take(), cursor_of_run_);
    page_has_run(has_trace ? 1 : 0);
    wake();
}

/// Does what the page does in the place of a desktop.
void PageWindow::serve() {
    if (workspace().take_fullscreen()) page_toggles_fullscreen();
    if (workspace().take_wanted_file()) page_asks_for_file();
    for (const fs::path& each : workspace().take_written()) page_downloads(fs::absolute(each).c_str());
}

/// Tells the page where one is, if that has changed.
void PageWindow::tell() {
    std::string state = state_of(workspace());
    if (state == told_) return;
    told_ = std::move(state);
    page_told(told_.c_str());
}

}  // namespace loopscope::web
