#include "app/session/facts.hpp"

#include <fmt/format.h>

namespace loopscope::session {

using namespace trace;

std::string Facts::actor(std::uint32_t event) const {
    const std::ptrdiff_t handle = index.handle_at(event);
    if (handle < 0) return "the program";
    const Event& first = log[index.handles().first(static_cast<std::size_t>(handle))];
    if (first.kind() == Kind::step) return label(first.task());
    switch (first.tag<Callback>()) {
        case Callback::user: return first.a ? fmt::format("the callback {}", text(first.a)) : "a callback";
        case Callback::task_group: return "a task group";
        case Callback::timeout: return "a timeout";
        default: return fmt::format("a {}", name(first.tag<Callback>()));
    }
}

EventIndex Facts::cancel_of(TaskId task, std::uint32_t before) const {
    for (std::uint32_t at = before; at-- > 0;) {
        const Event& event = log[at];
        if (event.kind() == Kind::cancel && event.task() == task && event.tag<Cancel>() == Cancel::requested)
            return EventIndex{at};
    }
    return {};
}

}  // namespace loopscope::session
