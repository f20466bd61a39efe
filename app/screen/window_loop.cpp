#include "app/screen/window_loop.hpp"

#include <chrono>
#include <optional>

#include "app/platform/frame_limiter.hpp"
#include "app/platform/interrupt.hpp"
#include "app/platform/window.hpp"
#include "app/screen/rest_reporter.hpp"
#include "app/screen/screen.hpp"
#include "core/base/result.hpp"

namespace loopscope::screen {
namespace {

constexpr double frames_per_second = 60;
/// The time between two checks of an idle window for changes, in seconds.
constexpr std::chrono::duration<double> idle_wait(0.25);
/// The same while the user waits for a feed: a look at whether it has more costs microseconds.
constexpr std::chrono::duration<double> wait_for_feed(0.003);
/// The number of frames that are drawn after the last input or movement: ImGui needs a few until hovering and
/// popups have settled.
constexpr int frames_to_settle = 4;

/// The minimum size of the window, in pixels of an ordinary screen: the panels need that much room.
constexpr gl::Size min_window{640, 480};

double seconds_since(std::chrono::steady_clock::time_point& last) {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> passed = now - last;
    last = now;
    return passed.count();
}

/// Counts the frames until a window has nothing left to draw.
struct Settling {
    RestReporter rest = RestReporter::of_environment();
    int frames = frames_to_settle;  // frames to draw even if nothing moves
};

/// Returns the input of the user, and waits for it if nothing is left to draw. Returns nothing if no frame
/// has to be drawn.
std::optional<platform::Inputs> next_inputs(platform::Window& window, const Screen& screen, bool moving,
                                            Settling& settling) {
    const bool rests = !moving && settling.frames == 0;
    bool woken = false;
    settling.rest.tell(rests);
    if (rests)
        woken = window.wait_events(screen.workspace().waits() ? wait_for_feed : idle_wait);
    else
        window.poll_events();
    platform::Inputs inputs = window.take_inputs();
    if (woken || inputs.any) {
        settling.rest.tell(false);
        settling.frames = frames_to_settle;
    } else if (moving) {
        settling.frames = frames_to_settle;  // the end of the movement has to be drawn as well
    } else if (rests && !screen.may_change()) {
        return std::nullopt;  // nothing happened, and an idle window draws nothing
    }
    return inputs;
}

}  // namespace

Result<void> show_window(session::Session session, const timeline::Theme& theme, const std::string& notice,
                         const Begin& begin, const std::function<bool()>& ends) {
    const platform::Interrupt interrupt;
    LOOPSCOPE_TRY(window, platform::Window::create({"Loopscope", 1600, 900}));
    window.set_limits(min_window, gl::max_framebuffer());
    LOOPSCOPE_TRY(screen, Screen::create(std::move(session), window.native()));
    screen->workspace().set_notice(notice);
    screen->workspace().appearance().set_theme(theme);
    if (begin) begin(screen->workspace());
    platform::FrameLimiter limiter(frames_per_second);
    auto last = std::chrono::steady_clock::now();
    Settling settling;
    float display_scale = window.content_scale();
    const auto is_to_close = [&] {
        return window.should_close() || screen->workspace().wants_to_quit() || platform::Interrupt::asked() ||
               (ends && ends());
    };
    while (!is_to_close()) {
        if (screen->workspace().take_fullscreen()) window.toggle_fullscreen();
        const bool moving = screen->workspace().moving();
        const auto inputs = next_inputs(window, *screen, moving, settling);
        if (!inputs) continue;
        screen->take(*inputs);
        const double passed = moving ? seconds_since(last) : (seconds_since(last), 0.0);
        if (const float now = window.content_scale(); now != display_scale) {  // on another display
            display_scale = now;
            window.set_limits(min_window, gl::max_framebuffer());
        }
        const gl::Size framebuffer = window.framebuffer_size();
        if (framebuffer.width > 0 && framebuffer.height > 0) {
            screen->draw(framebuffer, window.size(), passed, display_scale);
            window.swap();
        }
        settling.frames = std::max(settling.frames - 1, 0);
        limiter.wait();
    }
    screen->workspace().finish();
    return {};
}

}  // namespace loopscope::screen
