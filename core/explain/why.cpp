#include "core/explain/why.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/trace/kinds.hpp"

namespace loopscope::explain {
namespace {

using namespace trace;

/// Writes the sentences for one cursor.
class WhyBuilder {
  public:
    explicit WhyBuilder(const Facts& facts) : facts_(facts) {}

    [[nodiscard]] Why tell() const {
        const Event& event = facts_.log[facts_.cursor];
        const Tells tells = traits_of(event.kind()).tells;
        if (tells == Tells::alone) return {sentence(facts_.cursor), {}, {}};
        if (!facts_.state.handle()) return {between_handles(), {}, {}};
        const std::optional<HandleIndex> handle = facts_.index.handle_at(facts_.cursor);
        if (!handle) return {between_handles(), {}, {}};
        const EventIndex first = facts_.index.handles().first(*handle);
        Why result{cause(first, *handle), {}, {}};
        if (tells == Tells::itself) {
            result.action = sentence(facts_.cursor);
        } else if (const EventIndex notable = last_notable(first)) {
            result.action = sentence(notable);
            result.leak = leak(notable);
        }
        return result;
    }

  private:
    [[nodiscard]] std::string label(TaskId task) const { return facts_.label(task); }
    [[nodiscard]] std::string text(std::uint32_t string) const { return facts_.text(string); }

    /// Returns what there is to say about an event, by its kind's Tells.
    // NOLINTNEXTLINE(readability-function-size): a case for each kind, so that a new one is missed nowhere
    [[nodiscard]] std::string sentence(EventIndex at) const {
        const Event& event = facts_.log[at];
        switch (event.kind()) {
            case Kind::iteration: return between_handles();
            case Kind::suspend: return suspended(event);
            case Kind::finish: return finished(event);
            case Kind::spawn:
                return fmt::format("It creates {}, which {}.", label(event.task()),
                                   event.tag<Start>() == Start::eager ? "begins at once"
                                                                      : "will begin in the next iteration");
            case Kind::ready:
                return event.a ? fmt::format("It schedules the callback {}.", text(event.a))
                               : "It schedules a callback, which runs in the next iteration.";
            case Kind::wake:
                return fmt::format("It makes {} ready: {}.", label(event.task()),
                                   done_phrase(event.tag<Wait>()));
            case Kind::timer:
                return fmt::format("It starts a timer, due at {}.", time_text(timer_deadline(event)));
            case Kind::timer_due: return due(event);
            case Kind::timer_cancel: return "It cancels a timer.";
            case Kind::cancel: return cancelled(event);
            case Kind::variable:
                return fmt::format("It uses {} for the first time: until somebody sets it, it is '{}'.",
                                   text(event.a), text(event.b));
            case Kind::set:
                return fmt::format("It writes '{}' to {}: to every storage, each by its own rule.",
                                   text(event.a), variable(event.variable()));
            case Kind::get: return read(at, "reads");
            case Kind::print: return fmt::format("It prints '{}'.", excerpt(facts_.log.printed_text(at)));
            case Kind::print_value: return read({event.a}, "prints");
            case Kind::storage:
                return fmt::format("From here on, reads{} are answered by {}.",
                                   event.subject ? " of " + variable(VariableId{event.subject}) : "",
                                   name(event.tag<Storage>()));
            case Kind::thread:
                return fmt::format("The thread {} has its turn: its loop runs an iteration.", text(event.a));
            case Kind::end: return ending(event);
            case Kind::abandon:
                return fmt::format("The iteration is cut short: {} not run, and {} ready for the next one.",
                                   counted(event.a, "handle has", "handles have"),
                                   event.a == 1 ? "is" : "are");
            case Kind::drop:
                return fmt::format("The loop is closed: {} and {} are gone.",
                                   counted(event.a, "ready handle", "ready handles"),
                                   counted(event.b, "timer", "timers"));
            case Kind::job_end: return ended(event);
            case Kind::put: return fmt::format("It puts item {} into a queue.", event.subject);
            case Kind::take: return taken(event);
            case Kind::task_done: return "It says that the item that it took is done.";
            case Kind::connection:
                return event.a ? fmt::format("It makes the connection {}.", text(event.a))
                               : "It makes a connection.";
            case Kind::serve: return served(event);
            case Kind::message: return said(event);
            case Kind::slice: return fmt::format("The slice {} begins on {}.", text(event.a), track(event));
            case Kind::slice_end: return fmt::format("The innermost slice on {} ends.", track(event));
            case Kind::instant: return fmt::format("{} happens on {}.", text(event.a), track(event));
            case Kind::file:
            case Kind::job:
            case Kind::line:
            case Kind::found:
            case Kind::track:
            case Kind::argument:
            case Kind::flow:
            case Kind::counter:
            case Kind::count:
            case Kind::begin:
            case Kind::clock:
            case Kind::step:
            case Kind::callback:
            case Kind::callback_end:
            case Kind::skip:
            case Kind::name:
            case Kind::stop: break;
        }
        return {};
    }

    [[nodiscard]] std::string due(const Event& event) const {
        const EventIndex start = facts_.index.start_of(TimerId{event.a});
        if (!start) return "A timer is due: it becomes ready.";
        const Event& timer = facts_.log[start];
        const std::string whose = timer.task() ? fmt::format(" of {}", label(timer.task())) : "";
        return fmt::format("The clock has reached {}: a timer{} is due, and its callback becomes ready.",
                           time_text(timer_deadline(timer)), whose);
    }

    [[nodiscard]] std::string ending(const Event& event) const {
        switch (event.tag<Ending>()) {
            case Ending::ok: return "The program is over: what it waited for is done, so the loop stopped.";
            case Ending::exception:
                return fmt::format("The program is over: it failed with {}.", text(event.a));
            case Ending::cancelled: return "The program is over: what it waited for was cancelled.";
            case Ending::deadlock:
                return "Deadlock: nothing is ready and no timer is running, so the loop would wait for ever.";
            case Ending::exited:
                return fmt::format("The program is over: it left with exit code {}.", event.subject);
            case Ending::signalled:
                return fmt::format("The program is over: signal {} killed it.", event.subject);
            case Ending::stopped: break;
        }
        return "The program is over: the loop was stopped.";
    }

    [[nodiscard]] std::string between_handles() const {
        if (facts_.state.iteration() == 0) {
            return fmt::format("Nothing has run yet: {} {} in the ready queue.", facts_.state.ready().size(),
                               facts_.state.ready().size() == 1 ? "handle waits" : "handles wait");
        }
        return fmt::format("Iteration {} begins: it will run the {} {} that {} ready now.",
                           facts_.state.iteration(), facts_.state.left_in_iteration(),
                           facts_.state.left_in_iteration() == 1 ? "handle" : "handles",
                           facts_.state.left_in_iteration() == 1 ? "is" : "are");
    }

    /// Returns the sentence about how the handle came to run.
    [[nodiscard]] std::string cause(EventIndex begin, HandleIndex handle) const {
        const Event& first = facts_.log[begin];
        if (first.kind() == Kind::skip) return "A cancelled handle is skipped.";
        if (first.kind() == Kind::callback) return callback(first);
        if (first.kind() == Kind::job) return job(first);
        const TaskId task = first.task();
        if (first.tag<Resume>() == Resume::cancelled) return thrown_into(begin);
        if (first.tag<Resume>() == Resume::first) {
            const TaskId parent = facts_.index.task(task).parent;
            return parent ? fmt::format("{} begins: {} created it.", label(task), label(parent))
                          : fmt::format("{} begins: it is a root task.", label(task));
        }
        const EventIndex ready = facts_.index.handles()[handle].ready;
        if (facts_.log[ready].kind() == Kind::suspend)
            return fmt::format("{} runs again: it had yielded.", label(task));
        return fmt::format("{} resumes: {}.", label(task), woken_by(facts_.log[ready]));
    }

    [[nodiscard]] std::string thrown_into(EventIndex step) const {
        const TaskId task = facts_.log[step].task();
        const EventIndex cancel = facts_.cancel_of(step);
        if (!cancel)
            return fmt::format(
                "{} resumes: what it waited for was cancelled, so CancelledError is thrown into it.",
                label(task));
        return fmt::format("{} is cancelled by {}: CancelledError is thrown into it.", label(task),
                           facts_.actor(cancel));
    }

    [[nodiscard]] std::string woken_by(const Event& wake) const {
        switch (waits_for(wake.tag<Wait>())) {
            case WaitsFor::timer: return slept(TimerId{wake.a});
            case WaitsFor::task:
                return fmt::format("{}, which it waited for, has ended", label(TaskId{wake.a}));
            case WaitsFor::nothing:
            case WaitsFor::object: break;
        }
        return std::string(done_phrase(wake.tag<Wait>()));
    }

    /// Returns words such as "its 0.1 s timer fired".
    [[nodiscard]] std::string slept(TimerId timer) const {
        const EventIndex start = facts_.index.start_of(timer);
        if (!start) return "its timer fired";
        const Duration delay = timer_deadline(facts_.log[start]) - facts_.index.time(facts_.log, start);
        return fmt::format("its {} timer fired", seconds_text(delay));
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
            case Callback::wait: return "A task of a wait() has ended; the wait counts it.";
            case Callback::task_group: return "A child of a group has ended; the group counts it.";
            case Callback::shield: return "A shielded future is done; its outer future gets what came of it.";
            case Callback::io: return "A file descriptor is ready: the loop calls who waits for it.";
            case Callback::signal: return "A signal came: the loop calls its handler.";
            case Callback::user: break;
        }
        return event.a ? fmt::format("The callback {} runs.", text(event.a))
                       : "A callback of the program runs.";
    }

    /// Returns the last event of the handle, up to the cursor, that a user cares about. Where there are only
    /// created tasks or the end of the step, the first of those; none if there is nothing.
    [[nodiscard]] EventIndex last_notable(EventIndex first) const {
        const EventIndex from = facts_.looked_for_from(first);
        EventIndex minimum;
        for (EventIndex after = facts_.cursor + 1; after > from; --after) {
            const EventIndex at = after - 1;
            const Tells tells = traits_of(facts_.log[at].kind()).tells;
            if (tells == Tells::notable) return at;
            if (tells == Tells::least) minimum = at;
        }
        if (from == first) return minimum;
        const EventIndex known = last_known(first);
        return known ? known : minimum;
    }

    /// Returns the last write or print from `first` up to the cursor, which the index finds however long ago
    /// it was; none if there is none.
    [[nodiscard]] EventIndex last_known(EventIndex first) const {
        const auto& sets = facts_.index.sets();
        const auto after = std::ranges::upper_bound(sets, facts_.cursor);
        const std::optional<PrintIndex> printed = facts_.index.last_print(facts_.cursor);
        const EventIndex set = after == sets.begin() ? EventIndex{} : *std::prev(after);
        const EventIndex print = printed ? facts_.index.prints().event(*printed) : EventIndex{};
        const EventIndex last = std::max(set, print);
        return last >= first ? last : EventIndex{};
    }

    [[nodiscard]] std::string read(EventIndex get, std::string_view verb) const {
        const Event& event = facts_.log[get];
        const std::string value = text(facts_.log.value_of_get(get).value);
        const std::string_view position = storage_phrase(facts_.index.storage_at(get, event.variable()));
        const EventIndex writer{event.a};
        if (writer && !facts_.log.writer_of_get(get)) {
            return fmt::format("It {} {} from {}: '{}'; nobody knows who wrote it.", verb,
                               variable(event.variable()), position, value);
        }
        if (!writer) {
            return fmt::format("It {} {} from {}: '{}', the default, for nothing was written there.", verb,
                               variable(event.variable()), position, value);
        }
        return fmt::format("It {} {} from {}: '{}', written by {} {} events ago.", verb,
                           variable(event.variable()), position, value, label(facts_.log[writer].task()),
                           get - writer);
    }

    [[nodiscard]] std::string variable(VariableId variable) const {
        const std::string name = facts_.variable(variable);
        return name.empty() ? fmt::format("variable {}", variable.value) : name;
    }

    [[nodiscard]] std::string suspended(const Event& event) const {
        switch (waits_for(event.tag<Wait>())) {
            case WaitsFor::nothing: return "It yields: it runs again in the next iteration.";
            case WaitsFor::timer: return "It sleeps: a timer will wake it.";
            case WaitsFor::task: return fmt::format("It waits for {}.", label(TaskId{event.a}));
            case WaitsFor::object: break;
        }
        return fmt::format("It waits for {}.", wait_phrase(event.tag<Wait>()));
    }

    [[nodiscard]] std::string cancelled(const Event& event) const {
        if (event.tag<Cancel>() == Cancel::done)
            return fmt::format("It cancels {}, which has ended already.", label(event.task()));
        return fmt::format("It cancels {}.", label(event.task()));
    }

    static std::string counted(std::uint32_t count, std::string_view one, std::string_view many) {
        return fmt::format("{} {}", count, count == 1 ? one : many);
    }

    [[nodiscard]] std::string job(const Event& event) const {
        const std::string what = event.a ? fmt::format("The job {}", text(event.a)) : "A job";
        return fmt::format("{} of an executor begins{}.", what,
                           event.task() ? ": " + label(event.task()) + " waits for it" : "");
    }

    [[nodiscard]] std::string ended(const Event& event) const {
        if (event.tag<Outcome>() == Outcome::result) return "It returns.";
        return event.a ? fmt::format("It ends with {}.", text(event.a)) : "It ends with an exception.";
    }

    [[nodiscard]] std::string taken(const Event& event) const {
        const ItemInfo item = facts_.index.items().find(event.subject);
        const std::string who = item.putter ? label(item.putter) : std::string("the program");
        return fmt::format("It takes item {} out of a queue: {} put it there.", event.subject, who);
    }

    [[nodiscard]] std::string served(const Event& event) const {
        const auto& connections = facts_.index.connections();
        const EventIndex made = connections[event.subject - 1];
        const std::string called =
            facts_.log[made].a ? text(facts_.log[made].a) : fmt::format("number {}", event.subject);
        return fmt::format("It takes a request{} of the connection {}.",
                           event.a ? fmt::format(", {},", text(event.a)) : "", called);
    }

    [[nodiscard]] std::string said(const Event& event) const {
        return fmt::format("The exception {} said: {}", text(facts_.log[EventIndex{event.b}].a),
                           text(event.a));
    }

    [[nodiscard]] std::string track(const Event& event) const {
        const TrackInfo& its = facts_.index.tracks().tracks()[event.subject - 1];
        return its.name ? text(its.name.value) : fmt::format("track {}", event.subject);
    }

    [[nodiscard]] std::string finished(const Event& event) const {
        switch (event.tag<Outcome>()) {
            case Outcome::exception: return fmt::format("It ends with {}.", text(event.a));
            case Outcome::cancelled: return "It ends cancelled.";
            case Outcome::result: break;
        }
        return "It returns.";
    }

    /// Returns the verdict on a print of a value: a sentence if it leaks, else empty.
    [[nodiscard]] std::string leak(EventIndex at) const {
        if (facts_.log[at].kind() != Kind::print_value) return {};
        const std::optional<PrintIndex> printed = facts_.index.last_print(at);
        if (!printed) return {};
        const PrintInfo print = facts_.index.prints()[*printed];
        if (!print.leak) return {};
        return fmt::format("Leak: its own chain wrote '{}'.",
                           excerpt(chain_symbol(facts_.log, facts_.index, print.task)));
    }

    const Facts& facts_;
};

}  // namespace

std::string Why::text() const {
    std::string all = cause;
    for (const std::string* part : {&action, &leak}) {
        if (!part->empty()) all += " " + *part;
    }
    return all;
}

Why why(const Facts& facts) {
    return WhyBuilder(facts).tell();
}

}  // namespace loopscope::explain
