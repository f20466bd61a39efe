#include "app/session/search.hpp"

#include <array>

#include "app/session/words.hpp"

namespace loopscope::session {
namespace {

/// The first place from `from` on, in the direction, that fits; wraps around once.
template <class Fits>
std::optional<std::size_t> find_place(std::size_t size, std::size_t from, Direction direction,
                                      const Fits& fits) {
    for (std::size_t tried = 0; tried < size; ++tried) {
        const std::size_t place =
            direction == Direction::forward ? (from + tried) % size : (from + 2 * size - 1 - tried) % size;
        if (fits(place)) return place;
    }
    return std::nullopt;
}

/// How far on an event is, going around at the end of the trace.
std::uint32_t distance(const Session& session, std::uint32_t event, Direction direction) {
    const std::uint32_t size = session.log().size();
    const std::uint32_t way =
        direction == Direction::forward ? event + size - session.cursor() : session.cursor() + size - event;
    return (way - 1) % size;
}

bool is_called(const trace::Log& log, const trace::Index& index, TaskId task, std::string_view text) {
    return task_name(log, index, task).find(text) != std::string_view::npos ||
           chain_symbol(log, index, task) == text;
}

}  // namespace

std::optional<std::uint32_t> find_text(const Session& session, std::string_view text, Direction direction) {
    if (text.empty()) return std::nullopt;
    const trace::Log& log = session.log();
    const trace::Index& index = session.index();
    std::optional<std::uint32_t> best;
    const auto offer = [&](std::uint32_t event) {
        if (!best || distance(session, event, direction) < distance(session, *best, direction)) best = event;
    };
    const auto& prints = index.prints();
    const std::uint32_t before = session.cursor() == 0 ? 0 : session.cursor() - 1;
    const auto print = find_place(
        prints.size(), index.prints_until(direction == Direction::forward ? session.cursor() : before),
        direction, [&](std::size_t place) {
            return log.printed_text(prints.event(place)).find(text) != std::string_view::npos;
        });
    if (print) offer(prints.event(*print));
    for (std::uint32_t number = 1; number <= index.tasks().size(); ++number) {
        const TaskId task{number};
        if (is_called(log, index, task, text)) offer(index.task(task).spawn.value);
    }
    return best;
}

bool is_meant(const trace::Log& log, const trace::Index& index, const trace::State& state, TaskId task,
              std::string_view text) {
    static constexpr std::array<std::string_view, 4> phases = {"ready", "running", "waiting", "ended"};
    if (is_called(log, index, task, text)) return true;
    if (task.value > state.tasks().size()) return false;
    return phases.at(static_cast<std::size_t>(state.task(task).phase)) == text;
}

}  // namespace loopscope::session
