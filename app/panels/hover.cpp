#include "app/panels/hover.hpp"

#include <fmt/format.h>

#include "core/base/excerpt.hpp"
#include "core/explain/words.hpp"
#include "core/trace/text.hpp"

namespace loopscope::panels {

std::string hover_text(const session::Session& session, const timeline::Hit& hit) {
    if (!hit.event) return {};
    const EventIndex event = *hit.event;
    const trace::Log& log = session.log();
    const auto label = [&](TaskId task) { return explain::task_label(log, session.index(), task); };
    const trace::Kind kind = log[event].kind();
    const bool prints = kind == trace::Kind::print || kind == trace::Kind::print_value;
    if (!prints && !hit.task) return {};

    const std::string time = trace::time_text(session.index().time(log, event));
    std::string what = prints ? fmt::format("{} prints '{}'  ·  {}", label(log[event].task()),
                                            excerpt(log.printed_text(event)), time)
                              : fmt::format("{}  ·  {}", label(hit.task), time);
    if (const EventIndex writer = log.writer_of_print(event))
        what += fmt::format("\nwritten by {}", label(log[writer].task()));
    if (hit.merged) {
        what += fmt::format("\nin this column: {} steps, {} prints, {} leak", hit.merged->steps,
                            hit.merged->prints, hit.merged->leaks);
    }
    return what;
}

}  // namespace loopscope::panels
