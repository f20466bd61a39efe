// SPDX-License-Identifier: MIT
#include "app/session/search.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace loopscope::session {
namespace {

/// The number of prints or tasks between two readings of the clock: in a long trace each may be on pages that
/// are read from a file.
constexpr std::size_t tried_at_once = 100;

constexpr std::array<std::string_view, 4> phases = {"ready", "running", "waiting", "ended"};

}  // namespace

bool Finder::is_in(std::string_view other) {
    if (other.size() < text_.size()) return false;
    const auto [known, is_new] = known_.try_emplace(other.data());
    if (is_new) known->second = other.find(text_) != std::string_view::npos;
    return known->second;
}

bool Finder::is_in(const explain::TaskName& name) {
    if (is_in(name.text) || is_in(name.symbol)) return true;
    return may_reach_behind_ && name.whole().find(text_) != std::string::npos;
}

bool Finder::is_in(const explain::TrackName& name) {
    if (is_in(name.text)) return true;
    return !name.behind.empty() && name.whole().find(text_) != std::string::npos;
}

bool Finder::is_named(const trace::Log& log, EventIndex event) {
    const trace::Event& its = log[event];
    const bool is_named = its.kind() == trace::Kind::slice || its.kind() == trace::Kind::instant;
    return is_named && is_in(log.strings()[StringId{its.a}]);
}

Search::Search(const Session& session, std::string text, Direction direction)
    : finder_(std::move(text)),
      direction_(direction),
      serial_(session.index().serial()),
      size_(session.log().size()),
      cursor_(session.cursor()) {
    if (finder_.text().empty()) return;
    const trace::Index& index = session.index();
    const auto& tasks = index.tasks();
    const auto spawn_of = [](const trace::TaskInfo& task) { return task.spawn; };
    // The event at the cursor comes last in both directions.
    const EventIndex last = direction == Direction::forward || !cursor_ ? cursor_ : cursor_ - 1;
    const auto task = std::ranges::upper_bound(tasks, last, {}, spawn_of);
    if (index.is_of_tracks()) events_ = {size_, last.value + 1U, 0};
    prints_ = {index.prints().size(), index.prints_until(last), 0};
    tasks_ = {tasks.size(), static_cast<std::size_t>(task - tasks.begin()), 0};
    for (const trace::Mark& mark : session.annotations().marks) {
        if (mark.event.value < size_ && mark.text.find(finder_.text()) != std::string::npos) take(mark.event);
    }
}

std::uint32_t Search::distance(EventIndex event) const {
    const std::uint32_t way =
        direction_ == Direction::forward ? event + size_ - cursor_ : cursor_ + size_ - event;
    return (way - 1) % size_;
}

void Search::take(EventIndex event) {
    if (!found_ || distance(event) < distance(*found_)) found_ = event;
}

template <class Fits, class EventOf>
bool Search::look(Round& round, const Fits& fits, const EventOf& event_of) {
    for (std::size_t each = 0; each < tried_at_once; ++each) {
        if (round.tried == round.size) return true;
        const std::size_t tried = round.tried++;
        const std::size_t number = direction_ == Direction::forward
                                       ? (round.from + tried) % round.size
                                       : (round.from + 2 * round.size - 1 - tried) % round.size;
        if (!fits(number)) continue;
        take(event_of(number));
        round.tried = round.size;
        return true;
    }
    return round.tried == round.size;
}

bool Search::look_at_slices(const Session& session) {
    const auto event = [](std::size_t number) { return EventIndex{static_cast<std::uint32_t>(number)}; };
    return look(
        events_, [&](std::size_t number) { return finder_.is_named(session.log(), event(number)); }, event);
}

Status Search::poll(const Session& session, std::chrono::nanoseconds time) {
    if (cancelled_ || serial_ != session.index().serial()) return Status::ended;
    const trace::Log& log = session.log();
    const trace::Index& index = session.index();
    const Slice slice(time);
    const auto print = [&](std::size_t number) { return index.prints().event(PrintIndex::of(number)); };
    const auto id = [](std::size_t number) { return TaskId{static_cast<std::uint32_t>(number + 1)}; };
    do {
        const bool all_prints = look(
            prints_, [&](std::size_t number) { return finder_.is_in(log.printed_text(print(number))); },
            print);
        const bool all_tasks = look(
            tasks_,
            [&](std::size_t number) { return finder_.is_in(explain::task_name(log, index, id(number))); },
            [&](std::size_t number) { return index.task(id(number)).spawn; });
        const bool all_slices = look_at_slices(session);
        if (all_prints && all_tasks && all_slices) return Status::ended;
    } while (!slice.over());
    return Status::grew;
}

double Search::progress() const {
    const std::size_t all = prints_.size + tasks_.size + events_.size;
    const std::size_t tried = prints_.tried + tasks_.tried + events_.tried;
    return all == 0 ? 1 : static_cast<double>(tried) / static_cast<double>(all);
}

bool is_state_of_tasks(std::string_view text) {
    return std::ranges::find(phases, text) != phases.end();
}

bool is_meant(const trace::Log& log, const trace::Index& index, const trace::State& state, TaskId task,
              Finder& text) {
    if (text.is_in(explain::task_name(log, index, task))) return true;
    if (task.value > state.tasks().size()) return false;
    return phases.at(static_cast<std::size_t>(state.task(task).phase)) == text.text();
}

}  // namespace loopscope::session
