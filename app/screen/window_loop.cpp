// SPDX-License-Identifier: MIT
#include "app/screen/window_loop.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "app/platform/frame_limiter.hpp"
#include "app/platform/interrupt.hpp"
#include "app/platform/window.hpp"
#include "app/screen/icons.hpp"
#include "app/screen/rest_reporter.hpp"
#include "app/screen/screen.hpp"
#include "app/settings/keeper.hpp"
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

std::optional<platform::Placement> placement_of(const settings::Settings& kept) {
    if (!kept.window) return std::nullopt;
    platform::Placement place{{kept.window->width, kept.window->height}, std::nullopt};
    if (const auto& corner = kept.window->corner) place.corner = platform::Point{corner->x, corner->y};
    return place;
}

/// A window with what it shows, from when it opens until it is closed.
class OpenWindow {
  public:
    OpenWindow(platform::Window window, std::unique_ptr<Screen> screen, settings::Keeper& keeper)
        : window_(std::move(window)), screen_(std::move(screen)), keeper_(keeper) {
        window_.set_limits(min_window, gl::max_framebuffer());
        window_.set_icon(program_icons());
    }

    [[nodiscard]] panels::Workspace& workspace() { return screen_->workspace(); }

    void run(const std::function<bool()>& ends) {
        while (!workspace().wants_to_quit() && !platform::Interrupt::asked() && !(ends && ends())) turn();
        workspace().finish();
        keeper_.finish(settings());
    }

  private:
    void turn() {
        if (workspace().take_fullscreen()) window_.toggle_fullscreen();
        const bool moving = workspace().moving();
        const auto inputs = next_inputs(window_, *screen_, moving, settling_);
        if (!inputs) return;
        if (window_.should_close()) {
            window_.stay_open();  // unless nothing would be lost
            workspace().perform(panels::Action::quit);
        }
        screen_->take(*inputs);
        const double passed = moving ? seconds_since(last_) : (seconds_since(last_), 0.0);
        if (const float now = window_.content_scale(); now != display_scale_) {  // on another display
            display_scale_ = now;
            window_.set_limits(min_window, gl::max_framebuffer());
        }
        const gl::Size framebuffer = window_.framebuffer_size();
        if (framebuffer.width > 0 && framebuffer.height > 0) {
            screen_->draw(framebuffer, window_.size(), passed, display_scale_);
            screen_->take_wanted_picture(framebuffer, window_.size(), display_scale_);
            window_.swap();
        } else {
            workspace().advance(passed);  // a window that is minimised can be closed
        }
        tell();
        settling_.frames = std::max(settling_.frames - 1, 0);
        limiter_.wait();
    }

    /// Tells the window manager and the settings what has changed.
    void tell() {
        if (std::string title = workspace().title(); title != title_) {
            title_ = std::move(title);
            window_.set_title(title_);
        }
        if (settling_.frames > 0) return;
        if (keeper_.keep(settings())) workspace().forget_opened();
        if (std::string failure = keeper_.take_failure(); !failure.empty())
            workspace().set_notice(std::move(failure));
    }

    /// Returns the settings with the place of the window. One that fills a screen keeps the place that it
    /// had.
    [[nodiscard]] settings::Settings settings() {
        settings::Settings now = workspace().settings();
        if (const auto place = window_.placement()) {
            now.window = settings::WindowPlace{place->size.width, place->size.height, std::nullopt, false};
            if (place->corner) now.window->corner = settings::Corner{place->corner->x, place->corner->y};
            place_ = now.window;
        } else if (place_) {
            now.window = place_;
        }
        if (now.window) now.window->maximized = window_.is_maximized();
        return now;
    }

    platform::Window window_;
    std::unique_ptr<Screen> screen_;
    settings::Keeper& keeper_;
    platform::FrameLimiter limiter_{frames_per_second};
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
    Settling settling_;
    float display_scale_ = window_.content_scale();
    std::string title_;
    std::optional<settings::WindowPlace> place_;  // the last that is known
};

}  // namespace

Result<void> show_window(session::Session session, const Showing& showing) {
    const platform::Interrupt interrupt;
    settings::Keeper keeper(settings::Store::of_environment());
    std::string notice;
    const settings::Settings kept = keeper.begin(notice);
    const bool maximized = kept.window && kept.window->maximized;
    LOOPSCOPE_TRY(window, platform::Window::create({"Loopscope", placement_of(kept), maximized}));
    LOOPSCOPE_TRY(screen, Screen::create(std::move(session), window.native()));
    OpenWindow open(std::move(window), std::move(screen), keeper);
    panels::Workspace& workspace = open.workspace();
    workspace.take(kept);
    if (showing.theme != nullptr) workspace.appearance().set_theme(*showing.theme);
    workspace.set_notice(showing.notice.empty() ? notice : showing.notice);
    if (showing.begin) showing.begin(workspace);
    open.run(showing.ends);
    return {};
}

}  // namespace loopscope::screen
