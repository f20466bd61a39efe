// SPDX-License-Identifier: MIT
#include "app/cli/explore_table.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "core/base/escape.hpp"
#include "core/base/utf8.hpp"
#include "core/feed/exploration.hpp"

namespace loopscope::cli {
namespace {

using explore::Outcome;

/// The maximum number of characters of an output that are shown, and of how a program ended.
constexpr std::size_t max_output = 64;
constexpr std::size_t max_ending = 40;

/// Returns a text as a line of a terminal, and no more of it than so many characters.
std::string cut_line(std::string_view whole, std::size_t most) {
    std::string text = terminal_line(whole);
    if (text.size() <= most) return text;
    const auto all = characters(text);
    if (all.size() <= most) return text;
    std::string cut;
    for (std::size_t at = 0; at + 1 < most; ++at) cut += all[at];
    return cut + "…";
}

std::string to_width(const std::string& text, std::size_t width) {
    const std::size_t length = characters(text).size();
    return text + std::string(width - std::min(width, length), ' ');
}

/// The rows of one report, which have the same columns.
class Rows {
  public:
    Rows(const explore::Report& report, bool numbered)
        : report_(report), listed_(std::span(report.outcomes).first(report.listed)), numbered_(numbered) {
        has_stale_ =
            std::ranges::any_of(report.outcomes, [](const Outcome& each) { return each.stales > 0; });
        if (std::ranges::none_of(listed_, &Outcome::failed)) return;
        for (const Outcome& each : listed_)
            ending_width_ = std::max(ending_width_, characters(ending(each)).size());
    }

    [[nodiscard]] std::string text() const {
        std::string text =
            fmt::format("{}     share    times  leaks{}  asyncio  {}output, and a schedule that gives it\n",
                        numbered_ ? "    " : "", has_stale_ ? "  stale" : "",
                        ending_width_ > 0 ? to_width("end", ending_width_) + "  " : "");
        for (std::size_t at = 0; at < listed_.size(); ++at) text += row(at);
        return text;
    }

  private:
    [[nodiscard]] static std::string ending(const Outcome& outcome) {
        return cut_line(feed::ending_text(outcome), max_ending);
    }

    [[nodiscard]] std::string row(std::size_t at) const {
        const Outcome& outcome = listed_[at];
        const std::string output =
            outcome.output.empty() ? "(nothing)" : cut_line(outcome.output, max_output);
        const std::string_view possible = outcome.possible > 0 ? "yes" : "no";
        const std::string end =
            ending_width_ == 0 ? fmt::format("{:<3}", possible)
                               : fmt::format("{:<7}  {}", possible, to_width(ending(outcome), ending_width_));
        return fmt::format("{}  {:>6.2f} %  {:>7}  {:>5}{}  {}  {}\n           {}{}\n",
                           numbered_ ? fmt::format("{:>3}.", at + 1) : "",
                           100.0 * outcome.count / report_.schedules, outcome.count, outcome.leaks,
                           has_stale_ ? fmt::format("  {:>5}", outcome.stales) : "", end, output,
                           numbered_ ? "    " : "", feed::schedule_phrase(outcome.example));
    }

    const explore::Report& report_;
    std::span<const Outcome> listed_;
    bool numbered_;
    bool has_stale_ = false;        // only then there is a column for them
    std::size_t ending_width_ = 0;  // 0: none failed, so there is no column for that
};

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

}  // namespace

std::string explore_table(std::string_view title, const explore::Report& report, bool numbered) {
    const std::size_t outcomes = report.outcomes.size();
    const bool any_failed = std::ranges::any_of(report.outcomes, &Outcome::failed);
    std::string text = fmt::format("{}: {} schedule{}{}, {} different {}{}\n", title, report.schedules,
                                   report.schedules == 1 ? "" : "s", report.complete ? ", all there are" : "",
                                   outcomes, any_failed ? "outcome" : "output", outcomes == 1 ? "" : "s");
    text += Rows(report, numbered).text();
    if (outcomes > report.listed) text += fmt::format("  … and {} others\n", outcomes - report.listed);
    return text + shortest(report);
}

}  // namespace loopscope::cli
