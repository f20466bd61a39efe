#include "app/session/why.hpp"

#include <fmt/format.h>

#include "app/session/words.hpp"
#include "core/trace/text.hpp"

namespace loopscope::session {
namespace {

using namespace trace;

/// Writes the sentences for one cursor.
class Teller {
  public:
    Teller(const Log& log, const Index& index, const State& state, std::uint32_t cursor)
        : log_(log), index_(index), state_(state), cursor_(cursor) {}

    [[nodiscard]] Why tell() const {
        const Event& event = log_[cursor_];
        if (event.kind() == Kind::end) return {ending(event), {}, {}};
        if (event.kind() == Kind::storage) {
            return {
                fmt::format("From here on, reads are answered by {}.", name(event.tag<Storage>())), {}, {}};
        }
        if (!state_.handle()) return {between_handles(), {}, {}};
        const auto handle = index_.handle_at(cursor_);
        const std::uint32_t first = index_.handles()[static_cast<std::size_t>(handle)].first;
        Why result{cause(log_[first]), {}, {}};
        const std::uint32_t notable = last_notable(first);
        if (notable != 0) {
            result.action = action(notable);
            result.leak = leak(notable);
        }
        return result;
    }

  private:
    [[nodiscard]] std::string label(TaskId task) const { return task_label(log_, index_, task); }
    [[nodiscard]] std::string_view text(std::uint32_t string) const {
        return log_.strings()[StringId{string}];
    }
    [[nodiscard]] std::string at(Time time) const { return time_text(time); }

    [[nodiscard]] std::string ending(const Event& event) const {
        switch (event.tag<Ending>()) {
            case Ending::ok: return "The program is over: what it waited for is done, so the loop stopped.";
            case Ending::exception:
                return fmt::format("The program is over: it failed with {}.", text(event.a));
            case Ending::cancelled: return "The program is over: what it waited for was cancelled.";
            case Ending::deadlock:
                return "Deadlock: nothing is ready and no timer is running, so the loop would wait for ever.";
            case Ending::stopped: break;
        }
        return "The program is over: the loop was stopped.";
    }

    [[nodiscard]] std::string between_handles() const {
        if (state_.iteration() == 0) {
            return fmt::format("Nothing has run yet: {} {} in the ready queue.", state_.ready().size(),
                               state_.ready().size() == 1 ? "handle waits" : "handles wait");
        }
        return fmt::format("Iteration {} begins: it will run the {} {} that {} ready now.",
                           state_.iteration(), state_.left_in_iteration(),
                           state_.left_in_iteration() == 1 ? "handle" : "handles",
                           state_.left_in_iteration() == 1 ? "is" : "are");
    }

    /// How the handle came to run.
    [[nodiscard]] std::string cause(const Event& first) const {
        if (first.kind() == Kind::skip) return "A cancelled handle is skipped.";
        if (first.kind() == Kind::callback) return callback(first);
        const TaskId task = first.task();
        const Event& made_ready = log_[state_.handle()->cause];
        if (first.tag<Resume>() == Resume::cancelled) {
            return fmt::format("{} is cancelled: CancelledError is thrown into it.", label(task));
        }
        if (first.tag<Resume>() == Resume::first) {
            const TaskId parent = index_.task(task).parent;
            return parent ? fmt::format("{} begins: {} created it.", label(task), label(parent))
                          : fmt::format("{} begins: it is a root task.", label(task));
        }
        if (made_ready.kind() == Kind::suspend)
            return fmt::format("{} runs again: it had yielded.", label(task));
        return fmt::format("{} resumes: {}.", label(task), woken_by(made_ready));
    }

    [[nodiscard]] std::string woken_by(const Event& wake) const {
        switch (wake.tag<Wait>()) {
            case Wait::sleep: return slept(TimerId{wake.a});
            case Wait::task: return fmt::format("{}, which it waited for, has ended", label(TaskId{wake.a}));
            case Wait::gather: return "all that it gathered is done";
            case Wait::yield: return "it had yielded";
            default: return fmt::format("the {} that it waited for is done", name(wake.tag<Wait>()));
        }
    }

    /// "its 0.1 s timer fired": looks back for the timer's start, which stands just before the task's last
    /// suspension.
    [[nodiscard]] std::string slept(TimerId timer) const {
        const std::uint32_t wake = state_.handle()->cause;
        for (std::uint32_t at = wake; at-- > 0;) {
            const Event& event = log_[at];
            if (event.kind() != Kind::suspend || event.subject != log_[wake].subject) continue;
            if (event.tag<Wait>() != Wait::sleep || event.a != timer.value) break;
            const Duration delay = timer_deadline(log_[at - 1]) - index_.time(log_, at - 1);
            return fmt::format("its {} timer fired", seconds_text(delay));
        }
        return "its timer fired";
    }

    static std::string seconds_text(Duration delay) { return fmt::format("{:g} s", to_seconds(delay)); }

    [[nodiscard]] std::string callback(const Event& event) const {
        switch (event.tag<Callback>()) {
            case Callback::sleep:
                return fmt::format("The timer of {} is due: its sleep is over, so it becomes ready.",
                                   label(event.task()));
            case Callback::gather: return "A child of a gather has ended; the gather counts it.";
            case Callback::stop:
                return "What the program waits for is done: the loop will stop after this iteration.";
            case Callback::timeout:
                return fmt::format("A timeout is due: {} is cancelled.", label(event.task()));
            case Callback::user:
                return event.a ? fmt::format("The callback {} runs.", text(event.a))
                               : "A callback of the program runs.";
            default: return fmt::format("The loop runs a callback of {}.", name(event.tag<Callback>()));
        }
    }

    /// The last event of the handle, up to the cursor, that a user cares about; 0 if there is none.
    [[nodiscard]] std::uint32_t last_notable(std::uint32_t first) const {
        std::uint32_t found = 0;
        for (std::uint32_t at = first; at <= cursor_; ++at) {
            switch (log_[at].kind()) {
                case Kind::print_value:
                case Kind::print:
                case Kind::get:
                case Kind::set:
                case Kind::cancel:
                case Kind::finish: found = at; break;
                case Kind::suspend:
                case Kind::spawn:
                    if (found == 0) found = at;
                    break;
                default: break;
            }
        }
        return found;
    }

    [[nodiscard]] std::string action(std::uint32_t at) const {
        const Event& event = log_[at];
        switch (event.kind()) {
            case Kind::print_value: return read(event.a, "prints");
            case Kind::get: return read(at, "reads");
            case Kind::print: return fmt::format("It prints '{}'.", log_.printed_text(at));
            case Kind::set:
                return fmt::format("It writes '{}' to {}: to every storage, each by its own rule.",
                                   text(event.a), variable(event.tag()));
            case Kind::spawn:
                return fmt::format("It creates {}, which will begin in the next iteration.",
                                   label(event.task()));
            case Kind::suspend: return suspended(event);
            case Kind::cancel: return cancelled(event);
            case Kind::finish: return finished(event);
            default: return {};
        }
    }

    [[nodiscard]] std::string read(std::uint32_t get, std::string_view verb) const {
        const Event& event = log_[get];
        const std::string value(log_.strings()[log_.value_of_get(get)]);
        const std::string_view place = storage_phrase(index_.storage_at(get));
        if (event.a == 0) {
            return fmt::format("It {} {} from {}: '{}', the default, for nothing was written there.", verb,
                               variable(event.tag()), place, value);
        }
        return fmt::format("It {} {} from {}: '{}', written by {} {} events ago.", verb,
                           variable(event.tag()), place, value, label(log_[event.a].task()), get - event.a);
    }

    /// A variable's name: declared once, at its first use.
    [[nodiscard]] std::string variable(std::uint32_t number) const {
        for (std::uint32_t at = 0; at < log_.size(); ++at) {
            const Event& event = log_[at];
            if (event.kind() == Kind::variable && event.subject == number) return std::string(text(event.a));
        }
        return fmt::format("variable {}", number);
    }

    [[nodiscard]] std::string suspended(const Event& event) const {
        switch (event.tag<Wait>()) {
            case Wait::yield: return "It yields: it runs again in the next iteration.";
            case Wait::sleep: return "It sleeps: a timer will wake it.";
            case Wait::task: return fmt::format("It waits for {}.", label(TaskId{event.a}));
            case Wait::gather: return "It waits for all that it gathered.";
            default: return fmt::format("It waits for a {}.", name(event.tag<Wait>()));
        }
    }

    [[nodiscard]] std::string cancelled(const Event& event) const {
        if (event.tag<Cancel>() == Cancel::done)
            return fmt::format("It cancels {}, which has ended already.", label(event.task()));
        return fmt::format("It cancels {}.", label(event.task()));
    }

    [[nodiscard]] std::string finished(const Event& event) const {
        switch (event.tag<Outcome>()) {
            case Outcome::exception: return fmt::format("It ends with {}.", text(event.a));
            case Outcome::cancelled: return "It ends cancelled.";
            case Outcome::result: break;
        }
        return "It returns.";
    }

    /// The verdict on a print, or on the print that follows a read in the same handle.
    [[nodiscard]] std::string leak(std::uint32_t at) const {
        if (log_[at].kind() != Kind::print_value) return {};
        const PrintInfo& print = index_.prints()[index_.prints_until(at) - 1];
        if (!print.leak) return {};
        return fmt::format("Leak: its own chain wrote '{}'.", chain_symbol(log_, index_, print.task));
    }

    const Log& log_;
    const Index& index_;
    const State& state_;
    std::uint32_t cursor_;
};

}  // namespace

std::string Why::text() const {
    std::string all = cause;
    for (const std::string* part : {&action, &leak}) {
        if (!part->empty()) all += " " + *part;
    }
    return all;
}

Why why(const Log& log, const Index& index, const State& state, std::uint32_t cursor) {
    return Teller(log, index, state, cursor).tell();
}

}  // namespace loopscope::session
