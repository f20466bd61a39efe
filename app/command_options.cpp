// SPDX-License-Identifier: MIT
#include "app/command_options.hpp"

namespace loopscope {
namespace {

/// Adds the options that say how a Python program is recorded, whatever becomes of its records.
void add_python(CLI::App& record, cli::RecordRequest& request) {
    record.footer("Behind the options: SCRIPT ARGUMENTS…, or -m MODULE ARGUMENTS…");
    record.add_option("--python", request.python,
                      "the Python that runs it; python3 of PATH, if none is named");
    record
        .add_option("--watch", request.watched,
                    "a global or class attribute whose reads and writes are recorded")
        ->expected(1)
        ->take_all();
    record
        .add_option(
            "--switch", request.switches,
            "from this time of the loop's clock on, another storage: TIME=STORAGE or TIME=NAME:STORAGE")
        ->expected(1)
        ->take_all();
    record.add_option("--lines", request.lines, "whose lines are recorded: none, user or all")
        ->capture_default_str();
}

}  // namespace

void add_asyncio(CLI::App& command, std::vector<std::string>& settings) {
    command.add_option_function<std::string>(
        "--asyncio", [&settings](const std::string& version) { settings.push_back("asyncio=" + version); },
        "the version of asyncio whose order a program of Loopscope's runs in: 3.11, 3.12, 3.13 or 3.14");
}

void add_recording(CLI::App& record, cli::RecordRequest& request) {
    add_python(record, request);
    record.footer("Behind the options: SCRIPT ARGUMENTS…, -m MODULE ARGUMENTS…, or PROGRAM ARGUMENTS…");
    record.add_flag("--virtual", request.virtual_clock, "have the loop's clock jump to the next timer");
    record.add_flag("--children", request.children, "record the Python programs that it starts, too");
    record.add_option("--limit", request.limit,
                      "end the recording after so many bytes of records, such as 500M");
    record.add_option("-o,--output", request.output,
                      "the .loopscope file that is written; named after the program, if none is named");
}

CLI::App* add_explore(CLI::App& app, cli::ExploreRequest& request) {
    CLI::App& explore =
        *app.add_subcommand("explore", "run a program under many schedules: what else could happen");
    explore.add_option(
        "PROGRAM", request.program,
        "a program of Loopscope's; `loopscope programs` lists all. Or a Python program, see below");
    add_python(explore, request.python);
    explore.add_option(
        "-o,--output", request.python.output,
        "the folder for a Python program's outcomes; named after the program, if none is named");
    explore.add_option("--storage", request.storage, "where tasks keep their variables")
        ->capture_default_str();
    explore.add_flag("--all", request.all, "explore under every storage");
    explore.add_option("--set", request.settings, "a parameter: NAME=VALUE")->expected(1)->take_all();
    add_asyncio(explore, request.settings);
    explore.add_option(
        "--schedules", request.schedules,
        "how many schedules to run; with --exhaustive, at most. Unless said, 1000 of a Python program "
        "and 10000 of one of Loopscope's");
    explore.add_option("--seed", request.seed, "the seed that random schedules are made from")
        ->capture_default_str();
    explore.add_flag("--exhaustive", request.exhaustive, "run every schedule there is, not random ones");
    explore.add_option("--jitter", request.jitter, "let iterations begin up to so many seconds late");
    explore.add_flag("--ready", request.ready,
                     "take the ready queue in any order, which asyncio could not do");
    explore.add_option(
        "--freedoms", request.freedoms,
        "what else is free: a list of ties, io, sets, threads and ready, with commas. Unless said, "
        "all that asyncio could do");
    return &explore;
}

CLI::App* add_spool(CLI::App& app, cli::SpoolRequest& request) {
    CLI::App& spool =
        *app.add_subcommand("spool", "make a trace of what a recorder, such as pytest's plugin, has left");
    spool.add_option("FILE", request.spool, "the recorder's spool; it is empty afterwards");
    spool.add_option("-o,--output", request.output, "the .loopscope file that is written");
    spool.add_option("--name", request.name, "what the trace is called")->capture_default_str();
    spool.add_option("--note", request.note, "what to say to whoever opens the file");
    spool.add_option("--schedule", request.schedule, "the schedule that it ran under");
    spool.add_option(
        "--recorder", request.recorder,
        "print the folder with the recorder's files for Python instead: this one, if there is no cache");
    return &spool;
}

}  // namespace loopscope
