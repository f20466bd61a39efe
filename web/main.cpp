// SPDX-License-Identifier: MIT
// The window in a page. The page (page.js) says what is to be shown and shows what is not drawn: title, note,
// table and link.

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <GLFW/glfw3.h>  // the names of keys
#include <emscripten.h>
#include <emscripten/html5.h>
#include <imgui.h>

#include "app/cli/setup.hpp"
#include "app/lesson/library.hpp"
#include "app/panels/demo.hpp"
#include "app/panels/files.hpp"
#include "app/screen/screen.hpp"
#include "app/screen/turns.hpp"
#include "core/base/escape.hpp"
#include "core/base/number.hpp"
#include "core/feed/file_feed.hpp"
#include "core/feed/replay.hpp"
#include "core/format/saver.hpp"
#include "web/canvas.hpp"
#include "web/place.hpp"

// NOLINTBEGIN: EM_JS is JavaScript
// Returns what the page wants shown, by its name; empty: nothing in particular. The caller frees it.
EM_JS(char*, page_wish, (const char* name), { return allocateUTF8(page.wish(UTF8ToString(name))); });
// Tells the page that the first picture is there.
EM_JS(void, page_begins, (), { page.begins(); });
// Tells the page where one is, as JSON.
EM_JS(void, page_told, (const char* state), { page.told(JSON.parse(UTF8ToString(state))); });
// Has the page hand a file over to the user.
EM_JS(void, page_downloads, (const char* path), { page.downloads(UTF8ToString(path)); });
// Tells the page how much is done of what it begins with, from 0 to 1.
EM_JS(void, page_waits, (double done), { page.waits(done); });
EM_JS(void, page_asks_for_file, (), { page.asksForFile(); });
EM_JS(void, page_toggles_fullscreen, (), { page.togglesFullscreen(); });
EM_JS(void, page_copies, (const char* text), { page.copies(UTF8ToString(text)); });
EM_JS(void, page_cannot, (const char* sentence), { page.cannot(UTF8ToString(sentence)); });
// NOLINTEND

namespace loopscope::web {
namespace {

namespace fs = std::filesystem;

std::string wish(const char* name) {
    char* const text = page_wish(name);
    std::string value(text);
    std::free(text);
    return value;
}

std::vector<std::string> wishes(const char* name) {
    const std::string all = wish(name);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = std::min(all.find('\n', at), all.size());
        lines.push_back(all.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

/// Returns where the page begins: where its link says, or else with what it has inside.
Place place_of_link() {
    Place place;
    place.at = wish("at");
    place.file = wish("trace");
    if (const std::string program = wish("program"); !program.empty()) place.program = program;
    if (const std::string storage = wish("storage"); !storage.empty()) place.storage = storage;
    place.settings = wishes("set");
    place.schedule = wish("schedule");
    place.switches = wishes("switch");
    return place;
}

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

/// The window and what it shows.
class PageWindow {
  public:
    PageWindow(std::unique_ptr<Canvas> canvas, std::unique_ptr<screen::Screen> screen)
        : canvas_(std::move(canvas)), screen_(std::move(screen)), turns_(*screen_) {
        name_keys(ImGui::GetIO());
    }

    [[nodiscard]] Canvas& canvas() { return *canvas_; }
    [[nodiscard]] panels::Workspace& workspace() { return screen_->workspace(); }

    /// Has a frame be drawn soon.
    void wake() {
        if (awaits_) return;
        awaits_ = true;
        emscripten_request_animation_frame(
            [](double, void* window) -> EM_BOOL {
                static_cast<PageWindow*>(window)->turn();
                return EM_FALSE;
            },
            this);
    }
    [[nodiscard]] bool rests() const { return !awaits_; }
    [[nodiscard]] int frames() const { return frames_; }
    /// Opens a file of the page's.
    void open(const fs::path& file) {
        workspace().open(file);
        wake();
    }
    /// Saves the run, and hands it over to the user.
    void download() {
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

    /// Draws the picture once more, for whoever takes it before the browser shows it.
    void draw_anew() {
        if (begun_) draw({}, 0);
    }

  private:
    void turn() {
        awaits_ = false;
        const bool resized = canvas_->fit();
        platform::Inputs inputs = canvas_->take_inputs();
        const auto passed = turns_.begin(inputs, resized || !begun_);
        if (passed) draw(std::move(inputs), *passed);
        serve();
        if (!turns_.rest())
            wake();
        else
            tell();
    }

    void draw(platform::Inputs inputs, double passed) {
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

    /// Does what the page does in the place of a desktop.
    void serve() {
        if (workspace().take_fullscreen()) page_toggles_fullscreen();
        if (workspace().take_wanted_file()) page_asks_for_file();
        for (const fs::path& each : workspace().take_written()) page_downloads(fs::absolute(each).c_str());
    }

    /// Tells the page where one is, if that has changed.
    void tell() {
        std::string state = state_of(workspace());
        if (state == told_) return;
        told_ = std::move(state);
        page_told(told_.c_str());
    }

    std::unique_ptr<Canvas> canvas_;
    std::unique_ptr<screen::Screen> screen_;
    screen::Turns turns_;
    bool awaits_ = false;  // whether the browser was asked for a frame
    bool begun_ = false;
    int frames_ = 0;
    std::string told_;
};

PageWindow* shown = nullptr;  // never destroyed: a page has no end of its own

/// Opens what the page has inside, and what its link says besides the session.
Result<void> begin(PageWindow& window) {
    panels::Workspace& workspace = window.workspace();
    if (const timeline::Theme* const theme = timeline::Theme::find(wish("theme")))
        workspace.appearance().choose_theme(*theme);
    if (const std::string lesson = wish("lesson"); !lesson.empty()) {
        LOOPSCOPE_TRY(opened, lesson::OpenLesson::open(lesson));
        workspace.open_lesson(std::move(opened));
    } else if (const std::string demo = wish("demo"); !demo.empty()) {
        LOOPSCOPE_TRY(document, lesson::Document::open(demo, panels::Demo::embedded));
        LOOPSCOPE_TRY(parsed, panels::Demo::parse(document.name(), document.text()));
        workspace.open_demo(std::move(parsed));
    }
    return {};
}

Result<void> show(std::unique_ptr<Canvas> canvas, Result<session::Session> session) {
    std::string notice;
    if (!session) {
        notice = session.error().message;
        LOOPSCOPE_TRY(setup, cli::make_setup("indication", "global", {}));
        session = session::Session(setup);
    }
    LOOPSCOPE_TRY(screen, screen::Screen::create(std::move(*session), nullptr));
    shown = new PageWindow(std::move(canvas), std::move(screen));
    if (auto begun = begin(*shown); !begun) notice = begun.error().message;
    if (!notice.empty()) shown->workspace().set_notice(notice);
    shown->wake();
    return {};
}

/// What the page does until there is something to show: a frame at a time, so that it never stands still.
class Beginning {
  public:
    explicit Beginning(std::unique_ptr<Canvas> canvas)
        : canvas_(std::move(canvas)), place_(place_of_link()), work_(place_.session()) {}

    /// Goes on to the next pause. Returns whether there is more to do.
    bool go_on() {
        if (work_.advance()) {
            page_waits(place_.progress());
            return true;
        }
        if (const auto done = show(std::move(canvas_), work_.take()); !done)
            page_cannot(done.error().message.c_str());
        return false;
    }

  private:
    std::unique_ptr<Canvas> canvas_;
    Place place_;
    Pausing<Result<session::Session>> work_;
};

/// Begins; emscripten calls the function in each frame until it returns false.
Result<void> start() {
    LOOPSCOPE_TRY(canvas, Canvas::create([] {
                      if (shown) shown->wake();
                  }));
    auto beginning = std::make_unique<Beginning>(std::move(canvas));
    if (!beginning->go_on()) return {};
    emscripten_request_animation_frame_loop(
        [](double, void* user) -> EM_BOOL {
            auto* const beginning = static_cast<Beginning*>(user);
            if (beginning->go_on()) return EM_TRUE;
            delete beginning;
            return EM_FALSE;
        },
        beginning.release());
    return {};
}

}  // namespace
}  // namespace loopscope::web

// What the page calls.
extern "C" {
EMSCRIPTEN_KEEPALIVE void loopscope_wake() {
    loopscope::web::shown->wake();
}
// Whether nothing is left to draw, and how many frames were drawn: tests go by them.
EMSCRIPTEN_KEEPALIVE int loopscope_rests() {
    return loopscope::web::shown->rests() ? 1 : 0;
}
EMSCRIPTEN_KEEPALIVE int loopscope_frames() {
    return loopscope::web::shown->frames();
}
EMSCRIPTEN_KEEPALIVE void loopscope_open(const char* path) {
    loopscope::web::shown->open(path);
}
EMSCRIPTEN_KEEPALIVE void loopscope_picture() {
    loopscope::web::shown->draw_anew();
}
EMSCRIPTEN_KEEPALIVE void loopscope_download() {
    loopscope::web::shown->download();
}
EMSCRIPTEN_KEEPALIVE void loopscope_type(const char* text) {
    loopscope::web::shown->canvas().type(text);
}
EMSCRIPTEN_KEEPALIVE void loopscope_theme(const char* name) {
    if (const auto* const theme = loopscope::timeline::Theme::find(name))
        loopscope::web::shown->workspace().appearance().choose_theme(*theme);
    loopscope_wake();
}
}

int main() {
    if (const auto began = loopscope::web::start(); !began) page_cannot(began.error().message.c_str());
    return 0;
}
