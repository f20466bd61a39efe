// SPDX-License-Identifier: MIT
#include "core/explain/context_path.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/trace/kinds.hpp"

namespace loopscope::explain {
namespace {

using namespace trace;

/// The number of copyings that are followed: a timer that starts itself again makes one each time.
constexpr std::size_t max_copies = 1000;
/// The number of copyings that a sentence tells.
constexpr std::size_t max_copies_told = 3;
/// The number of events behind another in which its `copy` is looked for.
constexpr std::uint32_t max_between = 6;

/// Whatever has a context of its own: a task, or what is called for one handle or descriptor.
struct Owner {
    TaskId task;
    EventIndex called;  ///< the handle's first event, or the `descriptor`; none: a task, or the program's own

    friend bool operator==(const Owner&, const Owner&) = default;
};

/// Follows contexts back, from copy to copy.
class ContextPath {
  public:
    explicit ContextPath(const Facts& facts) : log_(facts.log), index_(facts.index) {}

    /// Returns the copyings between the context of a write and that of a read, the last one first.
    [[nodiscard]] std::vector<ContextCopy> between(EventIndex write, EventIndex get) const {
        std::vector<ContextCopy> found;
        const Owner wanted = owner(write, log_[write].task());
        Owner current = owner(get, log_[get].task());
        while (current != wanted) {
            const ContextCopy copy = copy_of(current);
            // What is written after a context was copied is not in the copy.
            if (!copy.made || copy.made < write || found.size() == max_copies) return {};
            found.push_back(copy);
            current = source(copy.made);
        }
        return found;
    }

    /// Returns the first event of the handle in which an event stands; none: it stands between handles.
    [[nodiscard]] EventIndex handle_of(EventIndex event) const {
        const std::optional<HandleIndex> handle = index_.handle_at(event);
        if (!handle || event > index_.last_event(*handle)) return {};
        return index_.handles().first(*handle);
    }

    /// Returns the `copy` that tells of an event; none if there is none.
    [[nodiscard]] EventIndex told_of(EventIndex made) const {
        for (EventIndex at = made + 1; at < log_.end_index() && at - made <= max_between; ++at) {
            const Kind kind = log_[at].kind();
            if (kind == Kind::copy) return at;
            if (kind != Kind::clock && kind != Kind::name && kind != Kind::file) break;
        }
        return {};
    }

  private:
    /// Returns whose context is current at an event, where `task` is the task that runs, if one does.
    [[nodiscard]] Owner owner(EventIndex event, TaskId task) const {
        const EventIndex first = handle_of(event);
        if (!first) return {};
        const Kind kind = log_[first].kind();
        if (kind == Kind::step) return {task ? task : log_[first].task(), {}};
        if (kind != Kind::callback) return {{}, first};
        const ContextCopy copy = copy_for(first);
        const bool is_kept = copy.made && log_[copy.made].kind() == Kind::descriptor;
        return {{}, is_kept ? copy.made : first};
    }

    /// Returns the owner of the context that was copied.
    [[nodiscard]] Owner source(EventIndex made) const {
        const Event& event = log_[made];
        if (event.kind() == Kind::job) return {event.task(), {}};
        const TaskId parent = event.kind() == Kind::spawn ? index_.task(event.task()).parent : TaskId{};
        return owner(made, parent);
    }

    [[nodiscard]] ContextCopy copy_of(const Owner& owner) const {
        if (owner.task) {
            const EventIndex spawn = index_.task(owner.task).spawn;
            return {spawn, told_of(spawn)};
        }
        if (!owner.called) return {};
        const Kind kind = log_[owner.called].kind();
        if (kind == Kind::descriptor) return {owner.called, owner.called};
        if (kind == Kind::callback) return copy_for(owner.called);
        const EventIndex told = kind == Kind::job ? told_of(owner.called) : EventIndex{};
        return told ? ContextCopy{owner.called, told} : ContextCopy{};
    }

    /// Returns the copying for a callback's handle. One that was given a context has none.
    [[nodiscard]] ContextCopy copy_for(EventIndex callback) const {
        const std::optional<HandleIndex> handle = index_.handle_at(callback);
        EventIndex made = handle ? index_.handles()[*handle].ready : EventIndex{};
        if (made && log_[made].kind() == Kind::timer_due) made = index_.start_of(TimerId{log_[made].a});
        const EventIndex told = made ? told_of(made) : EventIndex{};
        if (!told) return {};
        const EventIndex at{log_[told].subject};
        if (!at) return {made, told};
        if (at >= made || log_[at].kind() != Kind::descriptor) return {};
        return {at, at};
    }

    const Log& log_;
    const Index& index_;
};

/// Returns what a timer that starts will call, as sentences go on: " for flush"; empty where nobody said.
std::string callback_of_timer(const Facts& facts, EventIndex timer) {
    const EventIndex next = timer + 1;
    if (next == facts.log.end_index() || facts.log[next].kind() != Kind::name) return {};
    const Event& name = facts.log[next];
    return name.tag<Named>() == Named::timer ? " for " + facts.text(name.a) : "";
}

/// Returns what a copy was made for, in words: "created worker", "started a timer for flush".
std::string purpose(const Facts& facts, EventIndex made) {
    const Event& event = facts.log[made];
    const auto of = [&](std::string_view what) {
        return fmt::format("{} {}", what, event.a ? facts.text(event.a) : "a callback");
    };
    if (event.kind() == Kind::spawn) return "created " + facts.label(event.task());
    if (event.kind() == Kind::ready) return of("scheduled");
    if (event.kind() == Kind::job) return of("started the job");
    if (event.kind() == Kind::descriptor) return "had the loop watch a descriptor";
    return "started a timer" + callback_of_timer(facts, made);
}

/// Returns when a copy was made, in words: "create_task created worker at pool.py:12".
std::string moment(const Facts& facts, const ContextCopy& copy) {
    const std::string call = copy.told && facts.log[copy.told].a ? facts.text(facts.log[copy.told].a) : "";
    const std::string place =
        place_text(facts, copy.told && facts.log.line(copy.told) ? copy.told : copy.made);
    const std::string where = place.empty() ? "" : " at " + place;
    const std::string what = purpose(facts, copy.made);
    if (!call.empty()) return fmt::format("{} {}{}", call, what, where);
    return fmt::format("{} {}{}", facts.actor(copy.made), what, where);
}

/// Returns whose context was copied first, in words.
std::string copied_from(const Facts& facts, const ContextCopy& copy) {
    const Event& made = facts.log[copy.made];
    if (made.kind() == Kind::job && made.task()) return facts.label(made.task());
    const EventIndex first = ContextPath(facts).handle_of(copy.made);
    const bool is_in_step = first && facts.log[first].kind() == Kind::step;
    const TaskId parent =
        is_in_step && made.kind() == Kind::spawn ? facts.index.task(made.task()).parent : TaskId{};
    return parent ? facts.label(parent) : facts.actor(copy.made);
}

}  // namespace

std::string place_text(const Facts& facts, EventIndex event) {
    const std::uint32_t line = facts.log.line(event);
    const std::uint32_t file = facts.index.file_at(facts.log, event);
    if (line == 0 || file == 0 || file > facts.index.files().size()) return {};
    const StringId path = facts.index.files()[file - 1];
    if (!path) return {};
    const std::string_view whole = facts.log.strings()[path];
    return fmt::format("{}:{}", excerpt(whole.substr(whole.rfind('/') + 1)), line);
}

std::vector<ContextCopy> copies_of_context(const Facts& facts, EventIndex get) {
    const EventIndex write = facts.log.writer_of_get(get);
    // Who changes an object in place changes it for all who refer to it, whenever they copied their context.
    if (!write || facts.log[write].kind() == Kind::change) return {};
    std::vector<ContextCopy> found = ContextPath(facts).between(write, get);
    std::ranges::reverse(found);
    return found;
}

std::string context_sentence(const Facts& facts, EventIndex get) {
    const Event& read = facts.log[get];
    const bool is_recorded = static_cast<bool>(facts.index.files().front());
    if (!is_recorded || facts.index.storage_at(get, read.variable()) != Storage::contextvar) return {};
    const std::vector<ContextCopy> copies = copies_of_context(facts, get);
    if (copies.empty()) return {};
    std::string sentence = fmt::format("The context was copied from {} when {}",
                                       copied_from(facts, copies[0]), moment(facts, copies[0]));
    // Of many the first ones and the last one are told.
    const std::size_t left_out = copies.size() > max_copies_told ? copies.size() - max_copies_told : 0;
    for (std::size_t each = 1; each + 1 < copies.size() - left_out; ++each)
        sentence += ", then when " + moment(facts, copies[each]);
    if (left_out > 0) sentence += fmt::format(", {} more {}", left_out, left_out == 1 ? "time" : "times");
    if (copies.size() > 1) sentence += ", and at last when " + moment(facts, copies.back());
    return sentence + ".";
}

bool reads_context_of_thread(const Facts& facts, EventIndex get) {
    const ContextPath path(facts);
    const EventIndex first = path.handle_of(get);
    return first && facts.log[first].kind() == Kind::job && !path.told_of(first);
}

}  // namespace loopscope::explain
