// SPDX-License-Identifier: MIT
#include "core/feed/spool_run.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/base/excerpt.hpp"
#include "core/explore/observing.hpp"
#include "core/feed/exploration.hpp"
#include "core/intake/intake.hpp"
#include "core/intake/spool_file.hpp"
#include "core/trace/index.hpp"

namespace loopscope::feed {
namespace {

/// The exit code of a process that a signal ended, less the signal's number, as in shells.
constexpr int code_of_signals = 128;

Result<void> read_records(const ScheduleServer::Answer& answer, intake::Intake& intake) {
    LOOPSCOPE_TRY(spool, intake::SpoolFile::open(answer.spool));
    while (spool && spool->records() < answer.records) {
        LOOPSCOPE_TRY(records, spool->read());
        if (records.empty()) break;
        LOOPSCOPE_CHECK(intake.push(records));
    }
    if (!spool || spool->records() != answer.records)
        return fail(fmt::format("the records in {} are cut off", answer.spool.string()),
                    Error::Code::damaged);
    return {};
}

Result<std::vector<explore::Point>> points_of(const std::vector<intake::Choice>& choices) {
    std::vector<explore::Point> points;
    points.reserve(choices.size());
    for (const intake::Choice& each : choices) {
        if (each.freedom >= loop::freedom_count)
            return fail(fmt::format("a choice of the recording is of freedom {}, and there are {}",
                                    each.freedom, loop::freedom_count),
                        Error::Code::damaged);
        points.push_back({each.alternatives, each.taken, static_cast<loop::Freedom>(each.freedom)});
    }
    return points;
}

/// Adds what the trace does not tell: where an exception came from, and how a process ended that did not
/// come to say so.
void complete_with(const ScheduleServer::Answer& answer, bool has_end, explore::Observed& observed) {
    using trace::Ending;
    if (!has_end) observed.ending = answer.code > code_of_signals ? Ending::signalled : Ending::exited;
    if (!answer.failure.empty()) observed.failure = answer.failure;
    if (observed.ending == Ending::signalled)
        observed.failure = fmt::format("signal {}", answer.code - code_of_signals);
    if (observed.ending == Ending::exited)
        observed.failure = answer.code == 0 ? std::string() : fmt::format("exit code {}", answer.code);
    observed.unretrieved = answer.unretrieved;
}

/// Returns the line of a text that a character is in, and its number from 1.
std::pair<std::ptrdiff_t, std::string_view> line_at(std::string_view text, std::size_t character) {
    const std::string_view before = text.substr(0, character);
    const std::size_t begin = before.rfind('\n') + 1;
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    return {std::ranges::count(before, '\n') + 1, text.substr(begin, end - begin)};
}

/// Returns in what two different runs differ, as a phrase: "line 3 of its output is 'a', and then 'b'".
std::string difference_of(const explore::Ran& one, const explore::Ran& other) {
    const explore::Observed& first = one.observed;
    const explore::Observed& second = other.observed;
    if (first.output != second.output) {
        const auto differs = std::ranges::mismatch(first.output, second.output);
        const auto at = static_cast<std::size_t>(differs.in1 - first.output.begin());
        const auto [number, line] = line_at(first.output, at);
        return fmt::format("line {} of its output is '{}', and then '{}'", number, excerpt(line),
                           excerpt(line_at(second.output, at).second));
    }
    if (ending_text(first) != ending_text(second))
        return fmt::format("it ends with {}, and then with {}", ending_text(first), ending_text(second));
    if (first.leaks != second.leaks || first.stales != second.stales)
        return fmt::format("{} of its prints leak and {} are stale, and then {} and {}", first.leaks,
                           first.stales, second.leaks, second.stales);
    return fmt::format("it comes to {} choices, and then to {}{}", one.points.size(), other.points.size(),
                       one.points.size() == other.points.size() ? " others" : "");
}

}  // namespace

std::string without_addresses(std::string text) {
    constexpr std::size_t digits = 6;
    std::size_t at = 0;
    while ((at = text.find("0x", at)) != std::string::npos) {
        const std::size_t begin = at + 2;
        const std::size_t end =
            std::min(text.find_first_not_of("0123456789abcdefABCDEF", begin), text.size());
        if (end - begin >= digits) text.replace(begin, end - begin, "…");
        at = begin;
    }
    return text;
}

namespace {

Result<explore::Ran> read_into(trace::Log& log, intake::Intake& intake, const ScheduleServer::Answer& answer,
                               const std::string& program) {
    LOOPSCOPE_CHECK(read_records(answer, intake));
    intake.finish({});
    if (!intake.stopped().empty())
        return fail(fmt::format("'{}' cannot be explored: {}", program, intake.stopped()));
    if (!intake.saw_a_loop() && !answer.failure.empty())
        return fail(fmt::format("'{}' fails before anything of it runs on an asyncio loop: {}", program,
                                answer.failure));
    if (!intake.saw_a_loop())
        return fail(
            fmt::format("nothing of '{}' ran on an asyncio loop, so there is nothing to explore", program));
    LOOPSCOPE_TRY(points, points_of(intake.choices()));
    trace::Index index;
    index.update(log);
    explore::Ran ran{std::move(points), explore::observed_in(log, index, intake.errors())};
    ran.observed.output = without_addresses(std::move(ran.observed.output));
    complete_with(answer, static_cast<bool>(index.end_of_program()), ran.observed);
    return ran;
}

explore::Choices choices_of(const std::vector<intake::Choice>& choices) {
    explore::Choices taken;
    for (const intake::Choice& each : choices) taken.push_back(each.taken);
    return taken;
}

}  // namespace

Result<explore::Ran> read_run(const ScheduleServer::Answer& answer, const explore::Order& order,
                              const std::string& program) {
    trace::Log log;
    intake::Intake intake(log, program);
    intake.note_errors();
    auto ran = read_into(log, intake, answer, program);
    if (!ran)
        return tl::unexpected(with_schedule(std::move(ran.error()), order, choices_of(intake.choices())));
    return ran;
}

explore::Choices choices_so_far(const std::filesystem::path& spool) {
    trace::Log log;
    intake::Intake intake(log, "");
    auto file = intake::SpoolFile::open(spool);
    while (file && *file) {
        const auto records = (*file)->read();
        if (!records || records->empty() || !intake.push(*records)) break;
    }
    return choices_of(intake.choices());
}

Error with_schedule(Error error, const explore::Order& order, explore::Choices made) {
    explore::Schedule schedule = order.schedule;
    if (order.seed) schedule.choices = std::move(made);
    if (explore::deviations(schedule.choices) > 0)
        error.message += fmt::format("; loopscope record --schedule '{}' runs it so once more",
                                     explore::text_of(schedule));
    return error;
}

Result<void> check_same(const explore::Ran& one, const explore::Ran& other, const std::string& program) {
    if (one == other) return {};
    return fail(
        fmt::format("'{}' does not do the same when it is run again in the same order: {}; seed its random "
                    "numbers, and give it the time and what else comes from outside",
                    program, difference_of(one, other)));
}

}  // namespace loopscope::feed
