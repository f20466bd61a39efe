// SPDX-License-Identifier: MIT
// Measures a live program as its window shows it: live_bench steps COUNT FOLDER COMMAND… | live_bench play
// FOLDER COMMAND…
//
// Starts COMMAND, a launcher with its arguments that writes its spool into FOLDER, and waits until the
// program stands before its first handle. `steps` steps COUNT handles twice: without a window, from the
// request until the events are there, and as a key does in a window of 1280x720 that is drawn off-screen,
// until the picture is complete. Prints "median 99%" of both on a line, in microseconds. `play` lets the
// program run to its end as the window does at its highest speed.

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <glad/gl.h>

#include "app/platform/offscreen_context.hpp"
#include "app/screen/screen.hpp"
#include "app/session/drive.hpp"
#include "core/feed/live_feed.hpp"

namespace loopscope {
namespace {

using panels::Action;
using session::Session;
using What = session::Pursuit::What;

constexpr gl::Size size{1280, 720};
constexpr double frame_time = 1.0 / 60;
constexpr int most_frames = 100;  // in which a step has to be seen

/// Returns how long some work took, in microseconds.
template <class Work>
double microseconds(const Work& work) {
    const auto began = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - began).count();
}

std::string median_and_tail(std::vector<double> took) {
    if (took.empty()) return "nothing ran";
    std::ranges::sort(took);
    return fmt::format("{:.0f} {:.0f}", took[took.size() / 2], took[took.size() * 99 / 100]);
}

std::string steps_without_window(Session& session, int count) {
    std::vector<double> took;
    for (int each = 0; each < count && !session.over(); ++each)
        took.push_back(microseconds([&] { step(session, What::handle); }));
    return median_and_tail(std::move(took));
}

/// A window's picture, off-screen.
class Picture {
  public:
    explicit Picture(screen::Screen& screen) : screen_(screen) {}

    void draw() {
        screen_.draw(size, size, frame_time, 1);
        glFinish();
    }
    /// Presses the key for a handle, and draws until the step is seen.
    void step() {
        const EventIndex before = cursor();
        screen_.workspace().perform(Action::handle_forward);
        for (int frames = 0; frames < most_frames && cursor() == before; ++frames) draw();
    }
    [[nodiscard]] EventIndex cursor() { return session().cursor(); }
    [[nodiscard]] const Session& session() { return screen_.workspace().session(); }

  private:
    screen::Screen& screen_;
};

Result<std::string> steps_with_window(Session session, int count) {
    const auto context = platform::OffscreenContext::create();
    if (!context) return tl::unexpected(context.error());
    LOOPSCOPE_TRY(framebuffer, gl::Framebuffer::create(size));
    LOOPSCOPE_TRY(screen, screen::Screen::create(std::move(session), nullptr));
    framebuffer.bind();
    Picture picture(*screen);
    for (int each = 0; each < 20; ++each) picture.draw();  // loads fonts and shaders
    std::vector<double> took;
    for (int each = 0; each < count && !picture.session().over(); ++each)
        took.push_back(microseconds([&] { picture.step(); }));
    return median_and_tail(std::move(took));
}

/// Plays the program by frames to its end.
void play(Session& session) {
    constexpr std::chrono::microseconds frame(16'667);
    constexpr std::chrono::milliseconds slice(10);
    session::Pursuit pursuit(session, {.what = What::time});
    for (auto next = std::chrono::steady_clock::now();; std::this_thread::sleep_until(next += frame)) {
        if (is_over(pursuit.poll(session, slice))) return;
    }
}

Result<int> run(std::vector<std::string> words) {
    const bool plays = words.at(1) == "play";
    const int count = plays ? 0 : std::stoi(words.at(2));
    words.erase(words.begin(), words.begin() + (plays ? 2 : 3));
    feed::LiveProgram program;
    program.about = {"program", {}, "a benchmark"};
    program.folder = words.at(0);
    program.command.assign(words.begin() + 1, words.end());
    LOOPSCOPE_TRY(feed, feed::LiveFeed::start(program, std::nullopt, feed::LiveFeed::End::goes_on));
    Status status = Status::waiting;
    while (status == Status::waiting) status = feed->begin(5);
    if (status == Status::grew) {
        auto branch = std::make_shared<feed::Branch>(feed);
        branch->update();
        Session session(std::move(branch));
        if (plays) {
            play(session);
        } else {
            const std::string alone = steps_without_window(session, count);
            LOOPSCOPE_TRY(seen, steps_with_window(std::move(session), count));
            fmt::print("{} {}\n", alone, seen);
            std::fflush(stdout);
        }
    }
    while (!feed->run_to_the_end(5)) continue;
    return feed->process().exit_code();
}

}  // namespace
}  // namespace loopscope

int main(int argc, char** argv) {
    const auto code = loopscope::run({argv, argv + argc});
    if (code) return *code;
    std::cerr << code.error().message << '\n';
    return 1;
}
