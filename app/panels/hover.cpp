// SPDX-License-Identifier: MIT
#include "app/panels/hover.hpp"

#include <fmt/format.h>

#include "core/base/excerpt.hpp"
#include "core/explain/words.hpp"
#include "core/trace/text.hpp"

namespace loopscope::panels {
namespace {

/// Returns a printed text: all of it, unless it is longer than a tooltip can show.
std::string printed(std::string_view text) {
    constexpr std::size_t max_bytes = 4096;
    const std::string_view shown = beginning_of(text, max_bytes);
    return std::string(shown) + (shown.size() < text.size() ? "…" : "");
}

}  // namespace

std::string hover_text(const session::Session& session, const timeline::Hit& hit) {
    std::string group =
        hit.group ? fmt::format("{}: {} tasks", excerpt(hit.group_name), explain::count_text(hit.group_size))
                  : std::string();
    if (!hit.event) return group;
    const EventIndex event = *hit.event;
    const trace::Log& log = session.log();
    const auto label = [&](TaskId task) { return explain::task_label(log, session.index(), task); };
    const trace::Kind kind = log[event].kind();
    const bool prints = kind == trace::Kind::print || kind == trace::Kind::print_value;
    if (!prints && !hit.task && !hit.group) return {};

    const std::string time = trace::time_text(session.index().time(log, event));
    const TaskId task = hit.task ? hit.task : log[event].task();
    std::string what = prints ? fmt::format("{} prints '{}'  ·  {}", label(log[event].task()),
                                            printed(log.printed_text(event)), time)
                              : fmt::format("{}  ·  {}", label(task), time);
    if (hit.group) what.insert(0, group + "\n");
    if (const EventIndex writer = log.writer_of_print(event))
        what += fmt::format("\nwritten by {}", label(log[writer].task()));
    if (hit.merged) {
        what += fmt::format("\nin this column: {} steps, {} prints, {} leak", hit.merged->steps,
                            hit.merged->prints, hit.merged->leaks);
        if (hit.merged->stales > 0) what += fmt::format(", {} stale", hit.merged->stales);
    }
    return what;
}

}  // namespace loopscope::panels
