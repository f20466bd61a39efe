// SPDX-License-Identifier: MIT
#include "app/cli/run_command.hpp"

#include <fmt/format.h>

#include "app/cli/closing.hpp"
#include "app/cli/outputs.hpp"
#include "app/cli/pages.hpp"
#include "app/cli/picture_options.hpp"
#include "app/cli/plan.hpp"
#include "app/cli/progress_line.hpp"
#include "app/cli/setup.hpp"
#include "app/cli/streams.hpp"
#include "app/platform/interrupt.hpp"
#include "app/screen/picture.hpp"
#include "app/session/failures.hpp"
#include "core/exchange/chrome_export.hpp"
#include "core/exchange/perfetto_export.hpp"
#include "core/feed/file_feed.hpp"
#include "core/format/recorder.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/text.hpp"

namespace loopscope::cli {
namespace {

int print_output(const session::Session& session) {
    std::string output;
    for (const trace::PrintInfo& print : session.index().prints())
        output += session.log().printed_text(print.event);
    if (!output.ends_with('\n')) output += '\n';
    return print(output);
}

/// Writes every event to stderr. Returns the exit code.
int print_events(const trace::Log& log) {
    constexpr std::size_t at_once = 1U << 16;  // in bytes
    std::string lines;
    bool written = true;
    trace::each_event(log, [&](EventIndex at, Time time) {
        (lines += line_of(log, at, time)) += '\n';
        if (lines.size() < at_once || !written) return;
        written = print_error(lines);
        lines.clear();
    });
    return written && print_error(lines) ? success : failure;
}

/// Writes the failures that the output does not show to stderr. Returns the exit code.
int print_failures(session::Session& session) {
    const session::FailureReport failures = session::failures_of(session);
    for (const std::string& each : failures.sentences) complain(each);
    return failures.of_program ? failure : success;
}

/// Writes the trace in the formats of other tools that were asked for.
Result<void> save_for_others(const RunRequest& request, const session::Session& session) {
    if (!request.chrome && !request.perfetto) return {};
    format::Info info = feed::info_of(session.feed());
    info.notes = request.note;
    if (request.chrome) {
        if (auto written = exchange::write_chrome(*request.chrome, session.log(), info); !written)
            return written;
    }
    return request.perfetto ? exchange::write_perfetto(*request.perfetto, session.log(), info)
                            : Result<void>();
}

/// Writes the page that was asked for, with the run inside.
Result<void> write_page_of(const session::Session& session, const RunRequest& request,
                           const PictureOptions& picture) {
    format::Info info = feed::info_of(session.feed());
    info.notes = request.note;
    return write_trace_page(*request.html, request.program, session.log(), info,
                            {request.at, picture.look.theme});
}

/// Returns a sentence with the progress of a run.
std::string how_far(const session::Session& session) {
    const trace::Log& log = session.log();
    return fmt::format("{:.1f} million events, at {}; Ctrl C stops here", log.size() * 1e-6,
                       trace::time_text(session.index().time(log, session.head())));
}

struct Ran {
    Result<void> planned;
    Result<void> recorded;
    bool interrupted = false;  ///< and so the run stopped where it was
};

/// Carries out the plan, or the part of it up to an interrupt. Records the trace meanwhile, and shows the
/// progress.
Ran run(const Plan& plan, session::Session& session, std::optional<format::Recorder>& recorder) {
    Ran ran;
    ProgressLine line;
    ran.planned = plan.carry_out(session, [&](const trace::Log& log) -> Result<void> {
        if (line.due()) line.show(how_far(session));
        if (recorder) ran.recorded = recorder->record(log);
        ran.interrupted = platform::Interrupt::asked();
        return ran.interrupted ? fail("interrupted", Error::Code::cancelled) : ran.recorded;
    });
    if (ran.interrupted) ran.planned = {};
    return ran;
}

/// Carries out the plan, with the recording if one was asked for. The file then holds everything that has
/// run, whatever ended the run.
Ran run_and_save(const RunRequest& request, const Plan& plan, session::Session& session) {
    std::optional<format::Recorder> recorder;
    format::Info info;
    if (request.save) {
        info = feed::info_of(session.feed());
        auto created = format::Recorder::create(*request.save, info);
        if (!created) return {{}, tl::unexpected(created.error())};
        recorder.emplace(std::move(*created));
        if (const std::string notice = recorder->notice(); !notice.empty()) complain(notice);
    }
    const platform::Interrupt interrupt;  // not earlier: Ctrl C must end the wait for a reader of a pipe
    Ran ran = run(plan, session, recorder);
    info.notes = request.note;
    if (recorder && ran.recorded)
        ran.recorded = close_recording(
            [&](const Progress& progress) { return recorder->finish(session.log(), info, progress); });
    return ran;
}

Result<void> check_outputs(const RunRequest& request) {
    Outputs outputs;
    outputs.writes("--save", request.save, {".loopscope"});
    outputs.writes("--chrome", request.chrome, {".json"});
    outputs.writes("--perfetto", request.perfetto, {".pftrace", ".perfetto-trace"});
    outputs.writes("--html", request.html, {".html"});
    outputs.writes("--png", request.png, {".png"});
    outputs.writes("--svg", request.svg, {".svg"});
    return outputs.check();
}

/// Returns a line for people on how the run ended.
std::string status_of(const session::Session& session) {
    const trace::Index& index = session.index();
    const std::string end = session.full()   ? fmt::format("; stopped there: {}", session.log().why_full())
                            : session.over() ? ""
                                             : "; stopped before the program was over";
    const std::uint32_t leaks = index.leaks_until(session.head());
    const std::uint32_t stales = index.stales_until(session.head());
    return fmt::format("{} events, {} prints, {} leak{}{}{}", session.log().size(), index.prints().size(),
                       leaks, leaks == 1 ? "" : "s", stales > 0 ? fmt::format(", {} stale", stales) : "",
                       end);
}

}  // namespace

int run_command(const RunRequest& request) {
    const auto setup = make_setup(request.program, request.storage, request.settings, request.schedule);
    return setup ? run_setup(*setup, request) : report(setup.error(), misuse);
}

int run_setup(const feed::Setup& setup, const RunRequest& request) {
    const auto plan = Plan::create(request.switches, request.until, request.at);
    if (!plan) return report(plan.error(), misuse);
    const auto picture = parse_picture(request.picture);
    if (!picture) return report(picture.error(), misuse);
    if (!request.note.empty() && !request.save && !request.html)
        return report(Error{"--note needs --save FILE or --html FILE: it is kept in that file"}, misuse);
    if (const auto sound = check_outputs(request); !sound) return report(sound.error(), misuse);

    session::Session session(setup);
    const Ran ran = run_and_save(request, *plan, session);
    if (!ran.recorded) return report(ran.recorded.error(), failure);
    if (!ran.planned) return report(ran.planned.error(), misuse);
    // The result of writing to the streams does not keep files from being written.
    const int told = request.events ? print_events(session.log()) : success;
    const int printed = print_output(session);
    const int ended = print_failures(session);
    const std::string status = status_of(session);
    if (const auto saved = save_for_others(request, session); !saved) return report(saved.error(), failure);
    if (request.html) {
        if (const auto written = write_page_of(session, request, *picture); !written)
            return report(written.error(), failure);
    }
    if (request.svg) {
        if (const auto drawn = draw_timeline(session, *request.svg, *picture); !drawn)
            return report(drawn.error(), failure);
    }
    if (request.png) {
        if (const auto drawn =
                screen::write_picture(*request.png, std::move(session), picture->size, picture->look);
            !drawn)
            return report(drawn.error(), failure);
    }
    if (printed != success) return printed;
    if (told != success) return told;
    if (!request.events) complain(status);
    return ran.interrupted ? platform::Interrupt::exit_code() : ended;
}

}  // namespace loopscope::cli
