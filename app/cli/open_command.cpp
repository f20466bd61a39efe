// SPDX-License-Identifier: MIT
#include "app/cli/open_command.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "app/cli/outputs.hpp"
#include "app/cli/pages.hpp"
#include "app/cli/picture_options.hpp"
#include "app/cli/progress_line.hpp"
#include "app/cli/streams.hpp"
#include "app/platform/interrupt.hpp"
#include "app/screen/picture.hpp"
#include "app/screen/window_loop.hpp"
#include "core/exchange/chrome_export.hpp"
#include "core/exchange/perfetto_export.hpp"
#include "core/exchange/text_export.hpp"
#include "core/feed/opening.hpp"
#include "core/format/saver.hpp"

namespace loopscope::cli {
namespace {

/// Shows the progress of reading, which it never stops.
bool show(ProgressLine& line, const exchange::HowFar& how_far) {
    if (line.due()) line.show(fmt::format("reading: {}", how_far.text()));
    return true;
}

/// Draws the pictures that were asked for instead of a window. Returns the exit code.
int draw(const OpenRequest& request, session::Session session, const PictureOptions& options) {
    if (request.svg) {
        if (const auto drawn = draw_timeline(session, *request.svg, options); !drawn)
            return report(drawn.error(), failure);
    }
    if (request.png) {
        if (const auto drawn =
                screen::write_picture(*request.png, std::move(session), options.size, options.look);
            !drawn)
            return report(drawn.error(), failure);
    }
    return success;
}

/// Lists what of another tool's trace was passed over, a line for each kind.
void list(const std::vector<exchange::Omission>& omissions) {
    if (omissions.empty()) complain("nothing was passed over");
    for (const exchange::Omission& each : omissions) complain(each.line());
}

/// Returns whether a request is about all of a trace, so that its beginning does not serve.
bool asks_about_all(const OpenRequest& request) {
    return request.png || request.svg || request.at || request.passed_over;
}

/// Shows a window until the user closes it. Returns the exit code.
int show_in_window(const OpenRequest& request, session::Session session, const screen::Showing& showing) {
    if (const auto shown = screen::show_window(std::move(session), showing); !shown)
        return report(
            shown.error(), failure,
            fmt::format("Without a display, `loopscope open {} --png picture.png` draws a picture of it",
                        request.file));
    return platform::Interrupt::exit_code();
}

/// Shows a trace that was opened as it was asked for: in pictures or in a window. Returns the exit code.
int show(const OpenRequest& request, feed::Opening::Arrival opened, const PictureOptions& options) {
    if (!opened.notice.empty()) complain(opened.notice);
    if (request.passed_over) list(opened.omissions);
    session::Session session(std::move(opened.branch), std::move(opened.annotations));
    if (request.at && *request.at > session.head())
        return report(Error{fmt::format("--at cannot be {}: the last event is {}", request.at->value,
                                        session.head().value)},
                      misuse);
    if (request.png || request.svg) {
        // Of tracks all is shown wherever the cursor is.
        const EventIndex all = session.index().is_of_tracks() ? session.first_event() : session.head();
        session.seek(request.at.value_or(all));
        return draw(request, std::move(session), options);
    }
    if (request.at) session.seek(*request.at);
    const auto begin = [&request](panels::Workspace& workspace) { workspace.came_from(request.file); };
    return show_in_window(request, std::move(session), {options.look.theme, opened.notice, begin});
}

}  // namespace

Result<void> write_trace(const std::string& path, const trace::Log& log, const format::Info& info) {
    const std::string ending = std::filesystem::path(path).extension().string();
    if (ending == ".html")
        return write_trace_page(path, info.program.empty() ? path : info.program, log, info);
    if (ending == ".json") return exchange::write_chrome(path, log, info);
    if (ending == ".pftrace") return exchange::write_perfetto(path, log, info);
    if (ending == ".txt") return exchange::write_text(path, log);
    if (ending == ".csv") return exchange::write_csv(path, log);
    return format::save(path, log, info);
}

int convert_command(const ConvertRequest& request) {
    Outputs outputs;
    outputs.reads(request.from);
    outputs.writes("OUT", request.to, {".loopscope", ".html", ".json", ".pftrace", ".txt", ".csv"});
    if (const auto sound = outputs.check(); !sound) return report(sound.error(), misuse);
    ProgressLine line;
    const auto opened =
        feed::read_trace(request.from, [&](const auto& how_far, const auto&) { return show(line, how_far); });
    line.clear();
    if (!opened) return report(opened.error(), failure);
    if (const auto written = write_trace(request.to, *opened->log, opened->info); !written)
        return report(written.error(), failure);
    if (!opened->missing.empty()) complain(opened->missing);
    if (request.passed_over) list(opened->omissions);
    complain(fmt::format("{} events", opened->log->size()));
    return success;
}

int open_command(const OpenRequest& request) {
    const auto picture = parse_picture(request.picture);
    if (!picture) return report(picture.error(), misuse);
    Outputs outputs;
    outputs.reads(request.file);
    outputs.writes("--png", request.png, {".png"});
    outputs.writes("--svg", request.svg, {".svg"});
    if (const auto sound = outputs.check(); !sound) return report(sound.error(), misuse);
    feed::Opening::Options options;
    if (asks_about_all(request)) options.beginning.reset();
    auto opening = std::make_unique<feed::Opening>(request.file, options);
    ProgressLine line;
    const auto beginning =
        feed::wait_for_beginning(*opening, [&](const auto& how_far) { return show(line, how_far); });
    line.clear();
    if (beginning) {
        const auto goes_on = [&](panels::Workspace& workspace) {
            workspace.go_on_opening(std::move(opening), request.file);
        };
        return show_in_window(request, session::Session(beginning), {picture->look.theme, {}, goes_on});
    }
    if (opening->poll({}) == Status::failed) return report(opening->error(), failure);
    return show(request, opening->take(), *picture);
}

}  // namespace loopscope::cli
