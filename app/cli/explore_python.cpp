// SPDX-License-Identifier: MIT
#include "app/cli/explore_python.hpp"

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/cli/explore_table.hpp"
#include "app/cli/exploring.hpp"
#include "app/cli/outcome_files.hpp"
#include "app/cli/streams.hpp"
#include "app/platform/interrupt.hpp"
#include "core/base/escape.hpp"
#include "core/base/result.hpp"
#include "core/feed/exploration.hpp"

namespace loopscope::cli {
namespace {

/// Returns a word as a shell reads it as one.
std::string quoted(const std::string& word) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,@%+";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
    std::string text = "'";
    for (const char each : word) {
        if (each == '\'')
            text += "'\\''";
        else
            text += each;
    }
    return text + "'";
}

/// Returns the command that runs the program once more under a schedule, and records it.
std::string command_of(const RecordRequest& request, const explore::Schedule& schedule) {
    std::string text = fmt::format("loopscope record --schedule '{}'", explore::text_of(schedule));
    const auto add = [&text](const std::string& option, const std::string& value) {
        text += fmt::format(" {} {}", option, quoted(value));
    };
    if (request.python) add("--python", *request.python);
    for (const std::string& each : request.watched) add("--watch", each);
    for (const std::string& each : request.switches) add("--switch", each);
    if (request.lines != RecordRequest().lines) add("--lines", request.lines);
    for (const std::string& each : request.program) text += " " + quoted(each);
    return text;
}

/// Returns the place of the outcome that is worth to be looked at first: the first that failed, or else the
/// first that leaks, is stale, or is not asyncio's own.
std::size_t place_of_example(const explore::Report& report) {
    const auto first = [&](const auto& is_it) {
        for (std::size_t at = 0; at < report.listed; ++at)
            if (is_it(report.outcomes[at]) && at != report.ordinary) return at;
        return report.listed;
    };
    const auto is_wrong = [](const explore::Outcome& each) { return each.leaks > 0 || each.stales > 0; };
    for (const std::size_t place : {first([](const auto& each) { return each.failed(); }), first(is_wrong),
                                    first([](const auto&) { return true; })})
        if (place < report.listed) return place;
    return 0;
}

/// Returns what the user can do with the outcomes next.
std::string next_steps(const RecordRequest& request, const explore::Report& report,
                       const OutcomeFiles& files) {
    const std::size_t place = place_of_example(report);
    const std::string path = quoted(files.outcome(place).string());
    std::string text = fmt::format(
        "\nEach outcome is a file, by its number, and asyncio's own order another one.\n"
        "To see one:      loopscope open {}\n"
        "To run it again: {}\n",
        path, command_of(request, report.outcomes[place].example));
    if (place != report.ordinary)
        text += fmt::format("To compare:      loopscope compare {} {}\n", quoted(files.ordinary().string()),
                            path);
    return text;
}

std::string told_of(const RecordPlan& plan, const explore::Options& options, const explore::Report& report) {
    std::string text = feed::freedoms_text(options.freedoms);
    if (!report.notice.empty()) text += terminal_line(report.notice) + "\n";
    return text + "\n" + explore_table(terminal_line(plan.program.name), report, true);
}

Result<int> explore_into(OutcomeFiles& files, const RecordRequest& request, const RecordPlan& plan,
                         const explore::Options& options) {
    const platform::Interrupt interrupt;
    const auto runner = std::make_shared<feed::PythonRunner>(plan.explored());
    feed::Exploration exploration([runner] { return Result<std::shared_ptr<explore::Runner>>(runner); },
                                  options);
    LOOPSCOPE_TRY(explored, wait_for(exploration));
    const explore::Report& known = *explored;
    if (known.outcomes.empty()) return platform::Interrupt::exit_code();
    std::string text = told_of(plan, options, known);
    if (known.cancelled) return std::max(print(text), platform::Interrupt::exit_code());
    const Result<void> written = files.write(*runner, known);
    if (written) text += next_steps(request, known, files);
    const int printed = print(text);
    return written ? printed : report(written.error(), failure);
}

}  // namespace

int explore_python(const RecordRequest& request, const explore::Options& options) {
    RecordRequest recorded = request;
    recorded.output.reset();  // names a folder here
    const auto plan = RecordPlan::create(recorded, "explore");
    if (!plan) return report(plan.error(), misuse);
    auto files = OutcomeFiles::create(request.output.value_or(plan->program.stem + "-explored"));
    if (!files) return report(files.error(), failure);
    const auto explored = explore_into(*files, request, *plan, options);
    return explored ? *explored : report(explored.error(), failure);
}

}  // namespace loopscope::cli
