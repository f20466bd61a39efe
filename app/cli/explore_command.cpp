#include "app/cli/explore_command.hpp"

#include <algorithm>
#include <cstdio>

#include <fmt/format.h>

#include "app/cli/progress_line.hpp"
#include "app/cli/setup.hpp"
#include "app/cli/streams.hpp"
#include "core/base/escape.hpp"
#include "core/base/result.hpp"
#include "core/base/utf8.hpp"
#include "core/feed/exploration.hpp"

namespace loopscope::cli {
namespace {

using explore::Outcome;

/// The maximum number of outputs that are listed for a storage; the others are counted.
constexpr std::size_t rows_shown = 20;
/// The maximum number of characters of an output that are shown.
constexpr std::size_t max_output = 64;

Result<explore::Options> options_of(const ExploreRequest& request) {
    explore::Options options;
    options.seed = request.seed;
    options.schedules = request.schedules;
    options.exhaustive = request.exhaustive;
    options.freedoms.ready = request.ready;
    if (request.schedules == 0)
        return fail("--schedules cannot be 0: it has to be at least 1", Error::Code::invalid_argument);
    if (!request.jitter) return options;
    LOOPSCOPE_TRY(jitter, parse_time("--jitter", *request.jitter));
    options.freedoms.jitter = jitter;
    return options;
}

std::string shown(const Outcome& outcome) {
    std::string text = terminal_line(outcome.output);
    if (text.size() > max_output) {
        const auto all = characters(text);
        text.clear();
        for (std::size_t at = 0; at + 1 < std::min(all.size(), max_output); ++at) text += all[at];
        if (all.size() >= max_output) text += "…";
    }
    if (text.empty()) text = "(nothing)";
    return outcome.ending == trace::Ending::ok
               ? text
               : fmt::format("{}  [{}]", text, feed::ending_phrase(outcome.ending));
}

/// Returns whether any output has stale prints: only then there is a column for them.
bool has_stale(const explore::Report& report) {
    return std::ranges::any_of(report.outcomes, [](const Outcome& outcome) { return outcome.stales > 0; });
}

std::string row(const Outcome& outcome, const explore::Report& report) {
    return fmt::format(
        "  {:>6.2f} %  {:>7}  {:>5}{}  {:<3}  {}\n           {}\n", 100.0 * outcome.count / report.schedules,
        outcome.count, outcome.leaks, has_stale(report) ? fmt::format("  {:>5}", outcome.stales) : "",
        outcome.possible > 0 ? "yes" : "no", shown(outcome), feed::schedule_phrase(outcome.example));
}

std::string shortest(const explore::Report& report) {
    if (!report.shortest_leak)
        return report.complete ? "  No schedule leaks.\n" : "  No schedule of these leaks.\n";
    const auto& [schedule, proven] = *report.shortest_leak;
    const std::size_t length = explore::deviations(schedule.choices);
    if (length == 0) return "  It leaks in asyncio's own order already.\n";
    return fmt::format(
        "  The shortest schedule that leaks differs from asyncio's own order in {} choice{}{}:\n"
        "           {}\n",
        length, length == 1 ? "" : "s", proven ? "" : " (a shorter one may exist)",
        feed::schedule_phrase(schedule));
}

std::string table(trace::Storage storage, const explore::Report& report) {
    std::string text =
        fmt::format("{}: {} schedule{}{}, {} different output{}\n", name(storage), report.schedules,
                    report.schedules == 1 ? "" : "s", report.complete ? ", all there are" : "",
                    report.outcomes.size(), report.outcomes.size() == 1 ? "" : "s");
    text += fmt::format("     share    times  leaks{}  asyncio  output, and a schedule that gives it\n",
                        has_stale(report) ? "  stale" : "");
    for (std::size_t at = 0; at < std::min(report.outcomes.size(), rows_shown); ++at)
        text += row(report.outcomes[at], report);
    if (report.outcomes.size() > rows_shown)
        text += fmt::format("  … and {} others\n", report.outcomes.size() - rows_shown);
    return text + shortest(report);
}

/// Waits until an exploration is over, and shows its progress. Returns its report.
Result<const explore::Report*> wait_for(feed::Exploration& exploration) {
    ProgressLine line;
    Rest rest;
    const Status status =
        poll_until_over([&] { return exploration.poll(); },
                        [&](Status between) {
                            rest(between);
                            if (line.due())
                                line.show(fmt::format("{} schedules", exploration.schedules_run()));
                        });
    if (status == Status::failed) return tl::unexpected(exploration.error());
    return &exploration.report();
}

}  // namespace

int explore_command(const ExploreRequest& request) {
    auto setup = make_setup(request.program, request.storage, request.settings);
    if (!setup) return report(setup.error(), misuse);
    const auto options = options_of(request);
    if (!options) return report(options.error(), misuse);
    std::vector<trace::Storage> storages = {setup->storage};
    if (request.all) storages.assign(trace::all_storages.begin(), trace::all_storages.end());
    std::string text = feed::freedoms_text(options->freedoms);
    for (const trace::Storage storage : storages) {
        feed::Exploration exploration({setup->program, setup->arguments, storage}, *options);
        const auto explored = wait_for(exploration);
        if (!explored) return report(explored.error(), failure);
        text += "\n" + table(storage, **explored);
    }
    text += fmt::format(
        "\nTo see one: loopscope --program {0} --schedule SCHEDULE, or loopscope run {0} "
        "--schedule SCHEDULE\n",
        setup->program->name);
    return print(text);
}

}  // namespace loopscope::cli
