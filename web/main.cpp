// SPDX-License-Identifier: MIT
// The window in a page. The page (page.js) says what is to be shown and shows what is not drawn: title, note,
// table and link.

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <emscripten.h>
#include <emscripten/html5.h>

#include "app/cli/setup.hpp"
#include "app/lesson/library.hpp"
#include "app/panels/demo.hpp"
#include "app/screen/screen.hpp"
#include "core/base/escape.hpp"
#include "core/base/number.hpp"
#include "core/feed/file_feed.hpp"
#include "core/feed/replay.hpp"
#include "web/canvas.hpp"
#include "web/page_window.hpp"
#include "web/place.hpp"
#include "web/python_run.hpp"

// NOLINTBEGIN: EM_JS is JavaScript
// Returns what the page wants shown, by its name; empty: nothing in particular. The caller frees it.
EM_JS(char*, page_wish, (const char* name), { return allocateUTF8(page.wish(UTF8ToString(name))); });
// Tells the page how much is done of what it begins with, from 0 to 1.
EM_JS(void, page_waits, (double done), { page.waits(done); });
EM_JS(void, page_cannot, (const char* sentence), { page.cannot(UTF8ToString(sentence)); });
// NOLINTEND

namespace loopscope::web {
namespace {

std::string wish(const char* name) {
    char* const text = page_wish(name);
    std::string value(text);
    std::free(text);
    return value;
}

std::vector<std::string> lines_of(const std::string& all) {
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = std::min(all.find('\n', at), all.size());
        lines.push_back(all.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

std::vector<std::string> wishes(const char* name) {
    return lines_of(wish(name));
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

void open_lesson(const char* name) {
    if (auto opened = lesson::OpenLesson::open(name))
        shown->workspace().open_lesson(std::move(*opened));
    else
        shown->workspace().set_notice(opened.error().message);
    shown->wake();
}

void run_program(const char* name, const std::string& lines, int at) {
    std::vector<CountedSwitch> switches;
    for (const std::string& each : lines_of(lines)) {
        const auto parts = counted_switch_of(each);
        if (!parts) return shown->workspace().set_notice(parts.error().message);
        switches.push_back(*parts);
    }
    const bool is_at = at > 0;
    shown->run(name, std::move(switches),
               is_at ? std::optional(EventIndex{static_cast<std::uint32_t>(at)}) : std::nullopt);
}

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
EMSCRIPTEN_KEEPALIVE void loopscope_lesson(const char* name) {
    loopscope::web::open_lesson(name);
}
// Runs the program in the editor; `switches` is HANDLES:STORAGE, one a line, `at` the event to be shown, or
// 0.
EMSCRIPTEN_KEEPALIVE void loopscope_run(const char* name, const char* switches, int at) {
    loopscope::web::run_program(name, switches, at);
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
