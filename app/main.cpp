// SPDX-License-Identifier: MIT
// Arguments, and which of the commands they mean. Everything else is below.

#include <algorithm>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/cli/compare_command.hpp"
#include "app/cli/explore_command.hpp"
#include "app/cli/keys_command.hpp"
#include "app/cli/last_catch.hpp"
#include "app/cli/lesson_command.hpp"
#include "app/cli/live_command.hpp"
#include "app/cli/open_command.hpp"
#include "app/cli/picture_options.hpp"
#include "app/cli/play_command.hpp"
#include "app/cli/programs_command.hpp"
#include "app/cli/record_command.hpp"
#include "app/cli/run_command.hpp"
#include "app/cli/setup.hpp"
#include "app/cli/streams.hpp"
#include "app/command_options.hpp"
#include "app/command_words.hpp"
#include "app/platform/interrupt.hpp"
#include "app/screen/window_loop.hpp"

namespace {

using namespace loopscope;

/// What the window is to show, as the user wrote it.
struct WindowRequest {
    std::string program = "indication";
    std::string storage = "global";
    std::vector<std::string> settings;
    std::string schedule;
    std::optional<std::string> theme;
};

constexpr const char* theme_help =
    "theme: dark, light or projector. Unless said, that of the last window, and of pictures dark";

/// Adds the options that say what a picture looks like.
void add_picture(CLI::App& command, cli::PictureRequest& request) {
    command.add_option("--size", request.size, "size of the picture, in pixels")->capture_default_str();
    command
        .add_option("--scale", request.scale,
                    "how large text and all else is in the picture, as Ctrl + makes it: from 0.5 to 3")
        ->capture_default_str();
    command.add_flag("--present", request.present,
                     "draw the picture with the panels for a projector, in its theme");
    command.add_option("--theme", request.theme, theme_help);
}

void add_window(CLI::App& app, WindowRequest& request) {
    app.add_option("--program", request.program, "the program that the window opens on")
        ->capture_default_str();
    app.add_option("--storage", request.storage, "the storage that it begins with")->capture_default_str();
    app.add_option("--set", request.settings, "a parameter: NAME=VALUE")->expected(1)->take_all();
    add_asyncio(app, request.settings);
    app.add_option("--theme", request.theme, theme_help);
    app.add_option("--schedule", request.schedule,
                   "another order than asyncio's, as `loopscope explore` names it");
}

int open_window(const WindowRequest& request) {
    const auto theme = cli::parse_theme_option(request.theme);
    if (!theme) return cli::report(theme.error(), cli::misuse);
    const auto setup = cli::make_setup(request.program, request.storage, request.settings, request.schedule);
    if (!setup) return cli::report(setup.error(), cli::misuse);
    if (const auto shown = screen::show_window(session::Session(*setup), {*theme}); !shown) {
        return cli::report(
            shown.error(), cli::failure,
            fmt::format("Without a display, `loopscope run {} --png picture.png` draws a picture of it.",
                        request.program));
    }
    return platform::Interrupt::exit_code();
}

/// Adds the option `--at`, which names an event by its index.
void add_at(CLI::App& command, std::optional<EventIndex>& at, const std::string& help) {
    using Number = std::optional<std::uint32_t>;
    command.add_option_function<Number>(
        "--at",
        [&at](const Number& number) { at = number ? std::optional(EventIndex{*number}) : std::nullopt; },
        help);
}

/// Adds the option `--passed-over`.
void add_passed_over(CLI::App& command, bool& passed_over) {
    command.add_flag(
        "--passed-over", passed_over,
        "list what of another tool's trace was passed over: of each kind how much, and where the "
        "first is");
}

CLI::App* add_run(CLI::App& app, cli::RunRequest& request) {
    CLI::App& run = *app.add_subcommand("run", "run a program without a window, and print what it prints");
    run.add_option("PROGRAM", request.program, "the program to run; `loopscope programs` lists all")
        ->required();
    run.add_option("--storage", request.storage, "where tasks keep their variables")->capture_default_str();
    run.add_option("--set", request.settings, "a parameter: NAME=VALUE")->expected(1)->take_all();
    add_asyncio(run, request.settings);
    run.add_option("--switch", request.switches, "from this loop time on, another storage: TIME=STORAGE")
        ->expected(1)
        ->take_all();
    run.add_option("--until", request.until, "stop once the loop's clock has passed this time, in seconds");
    run.add_option("--schedule", request.schedule,
                   "another order than asyncio's, as `loopscope explore` names it");
    run.add_flag("--events", request.events, "write every event to stderr, a line each");
    run.add_option("--save", request.save, "record the trace in this .loopscope file, while it grows");
    run.add_option("--note", request.note, "what to say to whoever opens that file or page");
    run.add_option("--chrome", request.chrome, "write the trace as JSON for chrome://tracing");
    run.add_option("--perfetto", request.perfetto, "write the trace for ui.perfetto.dev");
    run.add_option("--html", request.html,
                   "write a page for any browser, in which the run can be stepped, switched and forked");
    run.add_option("--png", request.png, "write a picture of the screen to this file");
    run.add_option("--svg", request.svg, "write the timeline as a drawing to this file");
    add_picture(run, request.picture);
    add_at(run, request.at, "the event to put the cursor on in the picture");
    return &run;
}

CLI::App* add_record(CLI::App& app, cli::RecordRequest& request) {
    CLI::App& record =
        *app.add_subcommand("record",
                            "run a Python program, or one of C++ with the recorder built in, and record "
                            "what its loops do");
    add_recording(record, request);
    record.add_option("--html", request.html,
                      "write a page for any browser as well, with the recording inside");
    record.add_option(
        "--schedule", request.schedule,
        "another order than asyncio's own, as `loopscope explore` names it, on the virtual clock");
    return &record;
}

CLI::App* add_live(CLI::App& app, cli::LiveRequest& request) {
    CLI::App& live = *app.add_subcommand(
        "live",
        "open the window on a program of Python or C++, which is stepped handle by handle and recorded");
    add_recording(live, request.recording);
    live.add_option("--theme", request.theme, theme_help);
    return &live;
}

CLI::App* add_open(CLI::App& app, cli::OpenRequest& request) {
    CLI::App& open =
        *app.add_subcommand("open", "open the window on a trace: a .loopscope file, or Chrome's JSON");
    open.add_option("FILE", request.file, "the trace, whatever it is called; - is standard input")
        ->required();
    open.add_option("--png", request.png, "write a picture of the screen to this file; no window is opened");
    open.add_option("--svg", request.svg,
                    "write the timeline as a drawing to this file; no window is opened");
    add_picture(open, request.picture);
    add_at(open, request.at, "the event to put the cursor on");
    add_passed_over(open, request.passed_over);
    return &open;
}

CLI::App* add_compare(CLI::App& app, cli::CompareRequest& request) {
    CLI::App& compare = *app.add_subcommand("compare",
                                            "run a program under two storages or versions of asyncio, or "
                                            "read two traces: both outputs with their "
                                            "differences marked");
    compare
        .add_option("PROGRAM", request.program,
                    "the program to run; `loopscope programs` lists all. Or the first of two traces")
        ->required();
    compare.add_option("FILE", request.other_file, "the second of two traces");
    compare.add_option("--storage", request.storages, "storage of the first side, then of the second")
        ->expected(1)
        ->take_all();
    compare
        .add_option("--asyncio", request.versions,
                    "version of asyncio of the first side, then of the second: 3.11, 3.12, 3.13 or 3.14")
        ->expected(1)
        ->take_all();
    compare.add_option("--set", request.settings, "a parameter of both: NAME=VALUE")->expected(1)->take_all();
    compare.add_option("--other-set", request.other_settings, "a parameter of the second: NAME=VALUE")
        ->expected(1)
        ->take_all();
    compare.add_option("--png", request.png, "write a picture of both outputs to this file");
    compare.add_option("--size", request.size, "size of the picture")->capture_default_str();
    return &compare;
}

CLI::App* add_lesson(CLI::App& app, cli::LessonRequest& request) {
    CLI::App& lesson = *app.add_subcommand("lesson", "list the lessons, or play one: predict before you see");
    lesson.add_option("LESSON", request.lesson, "a lesson's name, or a file; without one, all are listed");
    auto* const window = lesson.add_flag("--window", request.window, "play it in the window");
    lesson.add_flag("--text", request.text, "play it here; answers are read from standard input")
        ->excludes(window);
    lesson.add_option("--html", request.html, "write a page for any browser that plays it");
    lesson.add_option("--theme", request.theme, theme_help);
    return &lesson;
}

CLI::App* add_play(CLI::App& app, cli::PlayRequest& request) {
    CLI::App& play = *app.add_subcommand("play", "show a scripted demo, step by step with one key");
    play.add_option("DEMO", request.demo, "a file, or 'post', which comes with Loopscope")->required();
    play.add_option("--pictures", request.pictures,
                    "draw each step as a PNG into this folder; no window is opened");
    play.add_option("--html", request.html, "write a page for any browser that shows it");
    add_picture(play, request.picture);
    return &play;
}

CLI::App* add_convert(CLI::App& app, cli::ConvertRequest& request) {
    CLI::App& convert =
        *app.add_subcommand("convert", "write a trace in another format, by the second name's ending");
    convert
        .add_option("IN", request.from,
                    "a .loopscope file or a Chrome trace in JSON, whatever it is called; - is standard input")
        ->required();
    convert
        .add_option("OUT", request.to, "a name that ends in .loopscope, .html, .json, .pftrace, .txt or .csv")
        ->required();
    add_passed_over(convert, request.passed_over);
    return &convert;
}

/// Answers what the arguments ask of the parser itself: help, or what is wrong with them.
int answer(const CLI::App& app, const CLI::ParseError& error) {
    std::ostringstream help;
    std::ostringstream complaint;
    const bool asked_for_help = app.exit(error, help, complaint) == 0;
    if (asked_for_help) return cli::print(help.str());
    cli::complain(complaint.str());
    return cli::misuse;
}

/// Finds out which of the commands is meant, and carries it out.
int run(int argc, char** argv) {
    platform::Interrupt::install();
    CLI::App app("Loopscope: see how an event loop interleaves coroutines, and where they keep their state.",
                 "loopscope");
    app.require_subcommand(0, 1);
    app.set_version_flag("--version", "Loopscope " LOOPSCOPE_VERSION, "print the version");
    app.footer("A file in the place of a command is opened: loopscope FILE is loopscope open FILE.");
    app.failure_message([](const CLI::App*, const CLI::Error& error) {
        return fmt::format("{}; see loopscope --help", error.what());
    });
    WindowRequest window;
    add_window(app, window);
    CLI::App* const programs = app.add_subcommand("programs", "list what can be run, or tell all about one");
    cli::ProgramsRequest about;
    programs->add_option("PROGRAM", about.program, "the program to tell about: what it prints, and why");
    programs->add_flag("--markdown", about.markdown, "as a page of the manual: docs/programs.md");
    CLI::App* const keys = app.add_subcommand("keys", "list what keys and mouse do in the window");
    bool keys_as_page = false;
    keys->add_flag("--markdown", keys_as_page, "as a page of the manual: docs/keys.md");
    cli::RunRequest request;
    CLI::App* const running = add_run(app, request);
    cli::OpenRequest open_request;
    CLI::App* const open = add_open(app, open_request);
    cli::RecordRequest record_request;
    CLI::App* const record = add_record(app, record_request);
    cli::LiveRequest live_request;
    CLI::App* const live = add_live(app, live_request);
    cli::ConvertRequest convert_request;
    CLI::App* const convert = add_convert(app, convert_request);
    cli::CompareRequest sides;
    CLI::App* const compare = add_compare(app, sides);
    cli::ExploreRequest wanted;
    CLI::App* const explore = add_explore(app, wanted);
    cli::LessonRequest lesson_request;
    CLI::App* const lesson = add_lesson(app, lesson_request);
    cli::PlayRequest play_request;
    CLI::App* const play = add_play(app, play_request);
    cli::SpoolRequest spool_request;
    CLI::App* const spool = add_spool(app, spool_request);
    auto words = words_to_parse(app, {argv + std::min(argc, 1), argv + argc},
                                {record_request, live_request.recording, wanted.python});
    if (!words) return cli::report(words.error(), cli::misuse);
    try {
        app.parse(std::move(*words));
    } catch (const CLI::ParseError& error) {
        return answer(app, error);
    }
    if (*programs) return cli::programs_command(about);
    if (*keys) return cli::keys_command(keys_as_page);
    if (*running) return cli::run_command(request);
    if (*open) return cli::open_command(open_request);
    if (*record) return cli::record_command(record_request);
    if (*live) return cli::live_command(live_request);
    if (*convert) return cli::convert_command(convert_request);
    if (*compare) return cli::compare_command(sides);
    if (*explore) return cli::explore_command(wanted);
    if (*lesson) return cli::lesson_command(lesson_request);
    if (*play) return cli::play_command(play_request);
    if (*spool) return cli::spool_command(spool_request);
    return open_window(window);
}

}  // namespace

int main(int argc, char** argv) {
    loopscope::cli::prepare_streams();
    return loopscope::cli::with_last_catch([&] { return run(argc, argv); });
}
