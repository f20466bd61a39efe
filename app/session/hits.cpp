// SPDX-License-Identifier: MIT
#include "app/session/hits.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace loopscope::session {
namespace {

/// The number of prints, tasks or events between two readings of the clock.
constexpr std::uint32_t looked_at_once = 100;

void keep(std::vector<EventIndex>& hits, EventIndex event) {
    if (hits.size() <= Hits::max_kept) hits.push_back(event);
}

}  // namespace

void Hits::look_for(const std::string& text) {
    if (text == finder_.text()) return;
    finder_ = Finder(text);
    serial_ = 0;
    complete_ = text.empty();
    for (auto* const hits : {&prints_, &tasks_, &slices_, &marks_}) hits->clear();
}

void Hits::begin_anew(const Session& session) {
    finder_ = Finder(finder_.text());  // what it knows stands in the memory of another trace
    serial_ = session.index().serial();
    next_print_ = {};
    next_event_ = {};
    next_task_ = 0;
    names_ = session.index().task_names().namesakes().changes();
    for (auto* const hits : {&prints_, &tasks_, &slices_, &marks_, &found_tasks_}) hits->clear();
}

void Hits::update(const Session& session, std::chrono::nanoseconds time) {
    if (finder_.text().empty()) return;
    if (serial_ != session.index().serial()) begin_anew(session);
    const Slice slice(time);
    do {
        const bool all_prints = look_at_prints(session);
        const bool all_tasks = look_at_tasks(session);
        complete_ = look_at_slices(session) && all_prints && all_tasks;
    } while (!complete_ && !slice.over());
    look_at_marks(session);
}

bool Hits::look_at_prints(const Session& session) {
    const trace::Prints& prints = session.index().prints();
    const PrintIndex end = std::min(prints.end_index(), next_print_ + looked_at_once);
    for (; next_print_ < end; ++next_print_) {
        const EventIndex event = prints.event(next_print_);
        if (finder_.is_in(session.log().printed_text(event))) keep(prints_, event);
    }
    return end == prints.end_index();
}

bool Hits::look_at_tasks(const Session& session) {
    const trace::Index& index = session.index();
    const std::uint64_t names = index.task_names().namesakes().changes();
    const std::size_t all = index.tasks().size();
    if (next_task_ == all && names == names_) return true;
    if (next_task_ == all || next_task_ == 0) {
        next_task_ = 0;
        names_ = names;
        found_tasks_.clear();
    }
    const std::size_t end = std::min<std::size_t>(all, next_task_ + looked_at_once);
    for (; next_task_ < end; ++next_task_) {
        const TaskId task{static_cast<std::uint32_t>(next_task_ + 1)};
        if (finder_.is_in(explain::task_name(session.log(), index, task)))
            keep(found_tasks_, index.task(task).spawn);
    }
    if (end < all) return false;
    tasks_ = found_tasks_;
    return names == names_;
}

bool Hits::look_at_slices(const Session& session) {
    if (!session.index().is_of_tracks()) return true;
    const EventIndex end = std::min(session.index().end_index(), next_event_ + looked_at_once);
    for (; next_event_ < end; ++next_event_) {
        if (finder_.is_named(session.log(), next_event_)) keep(slices_, next_event_);
    }
    return end == session.index().end_index();
}

void Hits::look_at_marks(const Session& session) {
    marks_.clear();
    for (const trace::Mark& mark : session.annotations().marks) {
        const bool is_there = mark.event < session.index().end_index();
        if (is_there && mark.text.find(finder_.text()) != std::string::npos && !has(mark.event))
            marks_.push_back(mark.event);
    }
}

bool Hits::is_cut() const {
    return std::ranges::any_of(lists(), [](const auto& hits) { return hits.size() > max_kept; });
}

std::array<std::span<const EventIndex>, 4> Hits::lists() const {
    return {prints_, tasks_, slices_, marks_};
}

std::size_t Hits::count() const {
    return prints_.size() + tasks_.size() + slices_.size() + marks_.size();
}

std::size_t Hits::count_until(EventIndex event) const {
    std::size_t count = 0;
    for (const auto hits : lists())
        count += static_cast<std::size_t>(std::ranges::upper_bound(hits, event) - hits.begin());
    return count;
}

bool Hits::has(EventIndex event) const {
    return std::ranges::any_of(lists(),
                               [&](const auto& hits) { return std::ranges::binary_search(hits, event); });
}

std::string place_text(const Hits& hits, const Session& session) {
    if (hits.count() == 0) return hits.is_complete() ? "none" : "…";
    const std::string all =
        explain::count_text(hits.count()) + (hits.is_cut() || !hits.is_complete() ? "+" : "");
    const std::size_t until = hits.count_until(session.cursor());
    const bool is_first = session.cursor() == session.first_event() && until > 0;
    if (is_first || hits.has(session.cursor()))
        return fmt::format("{} of {}", explain::count_text(until), all);
    return all + " found";
}

}  // namespace loopscope::session
