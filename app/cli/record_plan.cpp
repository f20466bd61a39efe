// SPDX-License-Identifier: MIT
#include "app/cli/record_plan.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/cli/outputs.hpp"
#include "app/cli/recorder_files.hpp"
#include "app/cli/setup.hpp"
#include "core/base/number.hpp"
#include "core/base/result.hpp"
#include "core/explore/schedule.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::cli {
namespace {

/// The options that have a value, as the word after them or, of those with two hyphens, behind `=`.
constexpr std::array<std::string_view, 16> options_with_value = {
    "--html",  "--python",   "--watch",     "--switch", "--lines",  "--limit",    "--output",  "-o",
    "--theme", "--schedule", "--schedules", "--seed",   "--jitter", "--freedoms", "--storage", "--set"};

/// Returns a size in bytes: "500M" is 500 million. Fails if it is none.
Result<std::uint64_t> parse_limit(std::string_view text) {
    constexpr std::array<std::pair<char, std::uint64_t>, 3> units = {
        {{'K', 1'000}, {'M', 1'000'000}, {'G', 1'000'000'000}}};
    const auto wrong = [text] {
        return fail(fmt::format("--limit cannot be '{}': it has to be a size, such as 500M", text),
                    Error::Code::invalid_argument);
    };
    std::uint64_t unit = 1;
    std::string_view digits = text;
    if (!text.empty()) {
        const char last = static_cast<char>(std::toupper(static_cast<unsigned char>(text.back())));
        const auto* const found = std::ranges::find(units, last, &std::pair<char, std::uint64_t>::first);
        if (found != units.end()) {
            unit = found->second;
            digits.remove_suffix(1);
        }
    }
    const auto number = number_of<std::uint64_t>(digits);
    if (!number || *number == 0 || *number > std::numeric_limits<std::int64_t>::max() / unit) return wrong();
    return *number * unit;
}

/// Returns a switch as the launcher reads it: TIME=[NAME:]STORAGE, its time in seconds.
Result<std::string> launcher_switch(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
        return fail(
            fmt::format("--switch cannot be '{}': it has to be TIME=STORAGE or TIME=NAME:STORAGE, such as "
                        "0.5=contextvar",
                        text),
            Error::Code::invalid_argument);
    LOOPSCOPE_TRY(time, parse_time("--switch", text.substr(0, equals)));
    const std::size_t colon = text.rfind(':');
    const std::size_t name = equals + 1;
    const bool has_name = colon != std::string::npos && colon > equals;
    LOOPSCOPE_TRY(storage, trace::parse_storage(text.substr(has_name ? colon + 1 : name)));
    return fmt::format("{}={}{}", to_seconds(time), has_name ? text.substr(name, colon + 1 - name) : "",
                       trace::name(storage));
}

/// Returns what the launcher gets of the request beside the program: the options.
Result<std::vector<std::string>> options_of(const RecordRequest& request) {
    constexpr std::array<std::string_view, 3> choices = {"none", "user", "all"};
    if (std::ranges::find(choices, request.lines) == choices.end())
        return fail(fmt::format("--lines cannot be '{}': it has to be none, user or all", request.lines),
                    Error::Code::invalid_argument);
    std::vector<std::string> options = {"--lines", request.lines};
    for (const std::string& name : request.watched) options.insert(options.end(), {"--watch", name});
    for (const std::string& each : request.switches) {
        LOOPSCOPE_TRY(parsed, launcher_switch(each));
        options.insert(options.end(), {"--switch", parsed});
    }
    if (request.limit) {
        LOOPSCOPE_TRY(bytes, parse_limit(*request.limit));
        options.insert(options.end(), {"--limit", std::to_string(bytes)});
    }
    if (request.virtual_clock || !request.schedule.empty()) options.emplace_back("--virtual");
    if (request.children) options.emplace_back("--children");
    return options;
}

}  // namespace

std::vector<std::string> take_program(std::vector<std::string>& words) {
    std::size_t at = 0;
    while (at < words.size() && words[at].starts_with('-') && words[at] != "-m") {
        const bool has_value = std::ranges::find(options_with_value, words[at]) != options_with_value.end();
        at += has_value ? 2 : 1;
    }
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(std::min(at, words.size()));
    std::vector<std::string> program(begin, words.end());
    words.erase(begin, words.end());
    return program;
}

Result<RecordPlan> RecordPlan::create(const RecordRequest& request, std::string_view command) {
    if (request.program.empty())
        return fail(fmt::format("{0} wants a script, or -m and a module; see loopscope {0} --help", command),
                    Error::Code::invalid_argument);
    LOOPSCOPE_TRY(options, options_of(request));
    RecordPlan plan;
    const std::filesystem::path native = find_native_program(request.program.front());
    plan.is_native = !native.empty();
    if (plan.is_native) LOOPSCOPE_CHECK(check_native(request));
    if (!request.schedule.empty()) {
        LOOPSCOPE_TRY(schedule, explore::parse_schedule(request.schedule));
        plan.schedule = explore::text_of(schedule);
        options.insert(options.end(), {"--schedule", plan.schedule});
    }
    LOOPSCOPE_TRY(program, plan.is_native ? native_program(native, request.program)
                                          : PythonProgram::find(request.program, request.python));
    plan.target = request.output.value_or(program.stem + ".loopscope");
    if (request.limit) plan.limit = std::to_string(*parse_limit(*request.limit));
    plan.options = std::move(options);
    plan.children = request.children;
    plan.is_virtual = request.virtual_clock || !request.schedule.empty();
    Outputs outputs;
    if (!program.sources.empty()) outputs.reads(program.sources.front());
    outputs.writes("--output", plan.target, {".loopscope"});
    plan.html = request.html;
    outputs.writes("--html", plan.html, {".html"});
    LOOPSCOPE_CHECK(outputs.check());
    plan.program = std::move(program);
    return plan;
}

feed::RecordedProgram RecordPlan::about() const {
    return {.name = program.name,
            .sources = program.sources,
            .origin = "Loopscope's recording",
            .schedule = schedule,
            .is_native = is_native};
}

Result<std::vector<std::string>> RecordPlan::command_in(const std::filesystem::path& folder,
                                                        const std::vector<std::string>& more) const {
    if (is_native) return program.arguments;
    LOOPSCOPE_TRY(files, unpack_recorder(folder));
    std::vector<std::string> words = {program.python, files / "launch.py", folder};
    words.insert(words.end(), options.begin(), options.end());
    words.insert(words.end(), more.begin(), more.end());
    words.insert(words.end(), program.arguments.begin(), program.arguments.end());
    return words;
}

std::vector<std::string> RecordPlan::environment_in(const std::filesystem::path& folder, bool is_live) const {
    if (!is_native) return {};
    std::vector<std::string> words = {"LOOPSCOPE_SPOOL=" + folder.string()};
    if (is_live) words.emplace_back("LOOPSCOPE_LIVE=1");
    if (children) words.emplace_back("LOOPSCOPE_CHILDREN=1");
    if (!limit.empty()) words.push_back("LOOPSCOPE_LIMIT=" + limit);
    return words;
}

feed::ExploredProgram RecordPlan::explored() const {
    RecordPlan alone = *this;
    std::erase(alone.options, "--children");
    return {about(),
            [alone](const std::filesystem::path& folder) { return alone.command_in(folder, {"--explore"}); }};
}

}  // namespace loopscope::cli
