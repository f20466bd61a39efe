// SPDX-License-Identifier: MIT
#include "app/cli/play_command.hpp"

#include <cctype>
#include <filesystem>

#include <fmt/format.h>

#include "app/cli/outputs.hpp"
#include "app/cli/pages.hpp"
#include "app/cli/picture_options.hpp"
#include "app/cli/streams.hpp"
#include "app/export/png.hpp"
#include "app/lesson/document.hpp"
#include "app/platform/interrupt.hpp"
#include "app/platform/offscreen_context.hpp"
#include "app/screen/screen.hpp"
#include "app/screen/window_loop.hpp"
#include "core/base/escape.hpp"
#include "core/base/os_error.hpp"
#include "core/base/result.hpp"

namespace loopscope::cli {
namespace {

namespace fs = std::filesystem;

/// The time between two frames that are only drawn, in seconds.
constexpr double frame_time = 0.1;
/// ImGui takes the size of some things from the frame before.
constexpr int frames_before_a_picture = 3;
/// The maximum number of frames to wait for motions to end: two seconds, longer than any motion takes.
constexpr int max_flying_frames = 20;

/// Returns the name of a step's picture, such as "03-context-is-right.png".
std::string file_name(std::size_t number, std::string_view heading) {
    std::string words;
    for (const char each : heading) {
        const bool plain = std::isalnum(static_cast<unsigned char>(each)) != 0;
        if (plain)
            words += static_cast<char>(std::tolower(static_cast<unsigned char>(each)));
        else if (!words.empty() && words.back() != '-')
            words += '-';
    }
    while (words.ends_with('-')) words.pop_back();
    return fmt::format("{:02}{}{}.png", number, words.empty() ? "" : "-", words.substr(0, 60));
}

/// Returns the paths of the pictures: one of the demo's beginning, and one of each step.
std::vector<fs::path> pictures_of(const panels::Demo& demo, const fs::path& folder) {
    std::vector<fs::path> paths = {folder / file_name(0, demo.title)};
    for (const panels::Demo::Step& step : demo.steps)
        paths.push_back(folder / file_name(paths.size(), step.heading));
    return paths;
}

Result<void> check_outputs(const PlayRequest& request, const panels::Demo& demo) {
    Outputs outputs;
    outputs.reads(request.demo);
    outputs.writes("--html", request.html, {".html"});
    outputs.writes("--pictures", request.pictures, {});
    if (!request.pictures) return {};
    for (const fs::path& picture : pictures_of(demo, *request.pictures))
        outputs.writes("--pictures", picture.string(), {".png"});
    return outputs.check();
}

/// Shows a demo off-screen and writes its pictures. Waits of the demo take no real time.
class Pictures {
  public:
    Pictures(screen::Screen& screen, gl::Framebuffer& framebuffer, gl::Size size)
        : screen_(screen), framebuffer_(framebuffer), size_(size) {}

    Result<void> write(const std::vector<fs::path>& paths) {
        frame(0);  // the demo begins
        const auto& demo = screen_.workspace().demo();
        for (std::size_t step = 0; step < paths.size(); ++step) {
            if (step > 0) screen_.workspace().perform(panels::Action::next);
            while (demo->running() || screen_.workspace().busy()) frame(frame_time);
            for (int each = 0; each < frames_before_a_picture; ++each) frame(frame_time);
            // The view and the cards complete their motions.
            for (int each = 0; each < max_flying_frames && screen_.workspace().moving(); ++each)
                frame(frame_time);
            auto saved = export_::write_png(paths[step], framebuffer_.read_pixels());
            if (!saved) return saved;
            print_error(terminal_line(paths[step].string()) + '\n');
        }
        return {};
    }

  private:
    void frame(double passed) {
        framebuffer_.bind();
        screen_.draw(size_, size_, passed, 1);
    }

    screen::Screen& screen_;
    gl::Framebuffer& framebuffer_;
    gl::Size size_;
};

Result<void> draw_steps(panels::Demo demo, const PictureOptions& options, const fs::path& folder) {
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        return fail(fmt::format("cannot create the folder '{}'", folder.string()),
                    write_reason(failed.value(), folder.parent_path()));
    const auto context = platform::OffscreenContext::create();  // stays current until the end
    if (!context) return tl::unexpected(context.error());
    LOOPSCOPE_TRY(framebuffer, gl::Framebuffer::create(options.size));
    LOOPSCOPE_TRY(screen, screen::Screen::create(session::Session(demo.setup), nullptr));
    screen::set_look(screen->workspace(), options.look);
    const std::vector<fs::path> paths = pictures_of(demo, folder);
    screen->workspace().open_demo(std::move(demo));
    return Pictures(*screen, framebuffer, options.size).write(paths);
}

Result<panels::Demo> read_demo(const std::string& name) {
    LOOPSCOPE_TRY(document, lesson::Document::open(name, panels::Demo::embedded));
    return panels::Demo::parse(document.name(), document.text());
}

}  // namespace

int play_command(const PlayRequest& request) {
    const auto picture = parse_picture(request.picture);
    if (!picture) return report(picture.error(), misuse);
    auto demo = read_demo(request.demo);
    if (!demo) return report(demo.error(), misuse);
    if (const auto sound = check_outputs(request, *demo); !sound) return report(sound.error(), misuse);
    if (request.html) {
        const auto document = lesson::Document::open(request.demo, panels::Demo::embedded);
        const auto written = !document ? tl::unexpected(document.error())
                                       : write_show_page(*request.html, demo->title, *document, Shown::demo,
                                                         {{}, picture->look.theme});
        return written ? success : report(written.error(), failure);
    }
    if (request.pictures) {
        const auto drawn = draw_steps(std::move(*demo), *picture, *request.pictures);
        return drawn ? success : report(drawn.error(), failure);
    }
    session::Session session(demo->setup);
    const auto begin = [&demo](panels::Workspace& workspace) { workspace.open_demo(std::move(*demo)); };
    if (const auto shown = screen::show_window(std::move(session), {picture->look.theme, {}, begin}); !shown)
        return report(shown.error(), failure,
                      fmt::format("Without a display, `loopscope play {} --pictures FOLDER` draws its steps",
                                  request.demo));
    return platform::Interrupt::exit_code();
}

}  // namespace loopscope::cli
