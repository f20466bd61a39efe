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
#include "app/screen/turns.hpp"
#include "app/settings/keeper.hpp"
#include "core/base/result.hpp"

namespace loopscope::screen {
namespace {

constexpr double frames_per_second = 60;
/// The time between two checks of an idle window for changes, in seconds.
constexpr std::chrono::duration<double> idle_wait(0.25);
/// The same while the user waits for a feed: a look at whether it has more costs microseconds.
constexpr std::chrono::duration<double> wait_for_feed(0.003);
/// The minimum size of the window, in pixels of an ordinary screen: the panels need that much room.
constexpr gl::Size min_window{640, 480};

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
        const bool happened = wait();
        const platform::Inputs inputs = window_.take_inputs();
        const auto passed = turns_.begin(inputs, happened);
        if (happened || inputs.any) rest_.tell(false);
        if (!passed) return;
        if (window_.should_close()) {
            window_.stay_open();  // unless nothing would be lost
            workspace().perform(panels::Action::quit);
        }
        screen_->take(inputs);
        if (const float now = window_.content_scale(); now != display_scale_) {  // on another display
            display_scale_ = now;
            window_.set_limits(min_window, gl::max_framebuffer());
        }
        const gl::Size framebuffer = window_.framebuffer_size();
        if (framebuffer.width > 0 && framebuffer.height > 0) {
            screen_->draw(framebuffer, window_.size(), *passed, display_scale_);
            screen_->take_wanted_picture(framebuffer, window_.size(), display_scale_);
            window_.swap();
        } else {
            workspace().advance(*passed);  // a window that is minimised can be closed
        }
        turns_.end();
        tell();
        limiter_.wait();
    }

    /// Takes the events that are there, and waits for one if nothing is left to draw. Returns whether one
    /// came while it waited.
    bool wait() {
        const bool rests = turns_.rest();
        rest_.tell(rests);
        if (rests) return window_.wait_events(workspace().waits() ? wait_for_feed : idle_wait);
        window_.poll_events();
        return false;
    }

    /// Tells the window manager and the settings what has changed.
    void tell() {
        if (std::string title = workspace().title(); title != title_) {
            title_ = std::move(title);
            window_.set_title(title_);
        }
        if (!turns_.rest()) return;
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
    RestReporter rest_ = RestReporter::of_environment();
    Turns turns_{*screen_};
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
