#include "app/cli/window_loop.hpp"

#include <chrono>

#include "app/cli/interrupt.hpp"
#include "app/cli/rest_teller.hpp"
#include "app/cli/screen.hpp"
#include "app/platform/frame_limiter.hpp"
#include "app/platform/window.hpp"

namespace loopscope::cli {
namespace {

constexpr double frames_per_second = 60;
/// How often an idle window looks whether anything has changed, in seconds.
constexpr std::chrono::duration<double> idle_wait(0.25);
/// Frames that are drawn after the last input or movement: ImGui needs a few until hovering and popups have
/// settled.
constexpr int frames_to_settle = 4;

/// In a smaller window there is no room for what the panels have to say.
constexpr gl::Size smallest_window{640, 480};

double seconds_since(std::chrono::steady_clock::time_point& last) {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::duration<double> passed = now - last;
    last = now;
    return passed.count();
}

}  // namespace

Result<void> show_window(session::Session session, const timeline::Theme& theme, const std::string& notice,
                         const Begin& begin) {
    const Interrupt interrupt;
    auto window = platform::Window::create({"Loopscope", 1600, 900});
    if (!window) return tl::unexpected(window.error());
    window->set_limits(smallest_window, gl::largest_framebuffer());
    auto screen = Screen::create(std::move(session), window->native());
    if (!screen) return tl::unexpected(screen.error());
    (*screen)->workspace().set_notice(notice);
    (*screen)->workspace().appearance().set_theme(theme);
    if (begin) begin((*screen)->workspace());
    platform::FrameLimiter limiter(frames_per_second);
    auto last = std::chrono::steady_clock::now();
    RestTeller rest = RestTeller::of_environment();
    int unsettled = frames_to_settle;
    float display_scale = window->content_scale();
    while (!window->should_close() && !(*screen)->workspace().wants_to_quit() && !Interrupt::asked()) {
        const bool moving = (*screen)->workspace().moving();
        const bool rests = !moving && unsettled == 0;
        bool woken = false;
        rest.tell(rests);
        if (!rests) {
            window->poll_events();
        } else {
            woken = window->wait_events(idle_wait);
        }
        const platform::Inputs inputs = window->take_inputs();
        if (woken || inputs.any) {
            rest.tell(false);
            unsettled = frames_to_settle;
        } else if (moving) {
            unsettled = frames_to_settle;  // its end has to be drawn, too, whenever that comes
        } else if (rests && !(*screen)->may_change()) {
            continue;  // nothing happened: an idle window costs nothing
        }
        (*screen)->take(inputs);
        const double passed = moving ? seconds_since(last) : (seconds_since(last), 0.0);
        if (const float now = window->content_scale(); now != display_scale) {  // it is on another display
            display_scale = now;
            window->set_limits(smallest_window, gl::largest_framebuffer());
        }
        const gl::Size framebuffer = window->framebuffer_size();
        if (framebuffer.width > 0 && framebuffer.height > 0) {
            (*screen)->draw(framebuffer, window->size(), passed, display_scale);
            window->swap();
        }
        unsettled = std::max(unsettled - 1, 0);
        limiter.wait();
    }
    (*screen)->workspace().finish();
    return {};
}

}  // namespace loopscope::cli
