// SPDX-License-Identifier: MIT
// Measures whole frames as the window draws them off-screen, with panels, timeline and pixels: `screen_bench
// [EVENTS] [LANES]`. Runs tasks, shows the whole trace, steps from handle to handle, zooms in to the events
// at the cursor, pans, and zooms out again; each frame is completed before the next one begins. Prints a line
// of JSON: milliseconds of elapsed time. `screen_bench many [TASKS]`: with tasks that come and go, 100,000
// unless said, which also plays, goes from leak to leak, and does all of it once more with the lane of all
// requests unfolded.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <string>
#include <string_view>

#include <glad/gl.h>

#include "app/platform/offscreen_context.hpp"
#include "app/screen/screen.hpp"
#include "bench/crowd.hpp"
#include "bench/measure.hpp"
#include "bench/visitors.hpp"
#include "core/feed/file_feed.hpp"

namespace {

using namespace loopscope;
using panels::Action;

constexpr gl::Size size{1280, 720};
constexpr int zooms = 70;  // not more than there are steps between the whole trace and a few events
constexpr double frame_time = 1.0 / 60;

/// Collects how long each frame took, in milliseconds.
class Frames {
  public:
    explicit Frames(screen::Screen& screen) : screen_(screen) {}

    /// Draws `count` frames, each after a command of the user.
    void draw(int count, Action action) {
        for (; count > 0; --count) {
            screen_.workspace().perform(action);
            draw();
        }
    }
    void draw() {
        const auto start = std::chrono::steady_clock::now();
        screen_.draw(size, size, frame_time, 1);
        glFinish();
        took_.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }

    [[nodiscard]] std::vector<double> take() { return std::exchange(took_, {}); }

  private:
    screen::Screen& screen_;
    std::vector<double> took_;
};

double percentile(std::vector<double>& samples, double share) {
    const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(samples.size() - 1));
    std::ranges::nth_element(samples, samples.begin() + at);
    return samples[static_cast<std::size_t>(at)];
}

void report(const char* phase, std::vector<double> frames) {
    std::printf(R"(, "%s_p50_ms": %.2f, "%s_p99_ms": %.2f)", phase, percentile(frames, 0.5), phase,
                percentile(frames, 0.99));
}

/// Steps, zooms and pans, and reports each.
void browse(Frames& frames, const std::string& which) {
    const auto report_as = [&](const char* phase) { report((which + phase).c_str(), frames.take()); };
    for (int each = 0; each < 100; ++each) frames.draw();
    report_as("still");
    frames.draw(100, Action::handle_forward);
    report_as("stepping");
    frames.draw(zooms, Action::zoom_in);
    report_as("zooming_in");
    frames.draw(100, Action::pan_right);
    report_as("moving");
    frames.draw(zooms, Action::zoom_out);
    report_as("zooming_out");
}

/// Plays, goes from leak to leak, and selects one lane after the other, and reports each.
void follow(Frames& frames, const std::string& which) {
    const auto report_as = [&](const char* phase) { report((which + phase).c_str(), frames.take()); };
    frames.draw(1, Action::play);
    for (int each = 0; each < 300; ++each) frames.draw();
    frames.draw(1, Action::play);
    report_as("playing");
    frames.draw(100, Action::leak_forward);
    report_as("leaks");
    frames.draw(100, Action::lane_below);
    frames.draw(100, Action::lane_above);
    report_as("scrolling");
}

/// Shows a trace as a window does, with the cursor at two thirds of it.
int measure(const std::shared_ptr<trace::Log>& log, const std::function<void(Frames&)>& work) {
    auto branch =
        std::make_shared<feed::Branch>(std::make_shared<feed::FileFeed>(log, format::Info{}, "bench"));
    branch->update();
    const auto context = platform::OffscreenContext::create();
    const auto framebuffer = gl::Framebuffer::create(size);
    if (!context || !framebuffer) return 1;
    session::Session session(std::move(branch));
    session.seek({log->size() / 3 * 2});
    auto screen = screen::Screen::create(std::move(session), nullptr);
    if (!screen) return 1;
    framebuffer->bind();
    Frames frames(**screen);
    frames.draw(20, Action::fit_all);  // also loads fonts and shaders and makes tiles
    static_cast<void>(frames.take());
    work(frames);
    std::printf("}\n");
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const auto log = std::make_shared<trace::Log>();
    if (argc > 1 && std::string_view(argv[1]) == "many") {
        const int tasks = argc > 2 ? std::atoi(argv[2]) : 100'000;
        bench::run_visitors(*log, tasks);
        std::printf(R"({"events": %u, "tasks": %d)", log->size(), tasks);
        return measure(log, [](Frames& frames) {
            browse(frames, "");
            follow(frames, "");
            frames.draw(1, Action::fold_all);
            static_cast<void>(frames.take());
            browse(frames, "unfolded_");
            follow(frames, "unfolded_");
        });
    }
    const auto events = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 1'000'000);
    const int lanes = argc > 2 ? std::atoi(argv[2]) : 100;
    bench::run_crowd(*log, events, lanes);
    std::printf(R"({"events": %u, "lanes": %d)", log->size(), lanes);
    return measure(log, [](Frames& frames) {
        frames.draw(1, Action::fold_all);  // unfolds the lanes of sleepers and of waiters
        static_cast<void>(frames.take());
        browse(frames, "");
    });
}
