// SPDX-License-Identifier: MIT
#include "core/explain/event_sentence.hpp"

#include <fmt/format.h>

#include "core/explain/context_path.hpp"
#include "core/explain/output_line.hpp"
#include "core/trace/kinds.hpp"

namespace loopscope::explain {
namespace {

/// Returns whether events of a kind may stand between two that belong together: what the user and the clock
/// do.
bool stands_anywhere(trace::Kind kind) {
    return kind == trace::Kind::clock || kind == trace::Kind::storage;
}

using namespace trace;

/// Writes the sentences about single events.
class EventSentences {
  public:
    explicit EventSentences(const Facts& facts) : facts_(facts) {}

    /// Returns what there is to say about an event, by its kind's Tells.
    // NOLINTNEXTLINE(readability-function-size): a case for each kind, so that a new one is missed nowhere
    [[nodiscard]] std::string of(EventIndex at) const {
        const Event& event = facts_.log[at];
        switch (event.kind()) {
            case Kind::iteration: return between_handles(facts_);
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
            case Kind::set: return written(at);
            case Kind::change:
                return fmt::format("It changes what {}{} refers to, which is '{}' now.",
                                   variable(event.variable()), at_place(at), text(event.a));
            case Kind::factory:
                return fmt::format(
                    "From here on, {} makes the dicts of new tasks; tasks that there are keep theirs.",
                    python_name(event.tag<Storage>()));
            case Kind::get: return read(at, at, "reads");
            case Kind::print: return fmt::format("It prints '{}'.", in_one_line(facts_.log.printed_text(at)));
            case Kind::print_value: return read({event.a}, at, "prints");
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
            case Kind::file:
            case Kind::job:
            case Kind::line:
            case Kind::found:
            case Kind::track:
            case Kind::argument:
            case Kind::slice:
            case Kind::slice_end:
            case Kind::instant:
            case Kind::flow:
            case Kind::identity:
            case Kind::cause:
            case Kind::flow_name:
            case Kind::flow_argument:
            case Kind::counter:
            case Kind::count:
            case Kind::copy:
            case Kind::descriptor:
            case Kind::reset:
            case Kind::restore:
            case Kind::changed:
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

  private:
    [[nodiscard]] std::string label(TaskId task) const { return facts_.label(task); }
    [[nodiscard]] std::string text(std::uint32_t string) const { return facts_.text(string); }

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

    /// Returns what a read saw, and `event` shows: the `get` itself, or a print.
    [[nodiscard]] std::string read(EventIndex get, EventIndex event, std::string_view verb) const {
        const Event& seen = facts_.log[get];
        const EventIndex writer{seen.a};
        const std::string what =
            fmt::format("It {} {}{} from {}: '{}'", verb, variable(seen.variable()), at_place(event),
                        position(get), text(facts_.log.value_of_get(get).value));
        if (!writer) return what + ", the default, for nothing was written there.";
        if (!facts_.log.writer_of_get(get)) return what + "; nobody knows who wrote it.";
        const std::string place = at_place(writer);
        const std::string context = context_sentence(facts_, get);
        const bool changed = facts_.log[writer].kind() == Kind::change;
        return fmt::format("{}, {} by {}{} {}.{}{}", what, changed ? "changed in place" : "written",
                           label(facts_.log[writer].task()), place.empty() ? "" : place + ",",
                           ago(get - writer), context.empty() ? "" : " ", context);
    }

    /// Returns " at app.py:12", or nothing.
    [[nodiscard]] std::string at_place(EventIndex event) const {
        const std::string place = place_text(facts_, event);
        return place.empty() ? place : " at " + place;
    }

    [[nodiscard]] static std::string ago(std::uint32_t events) {
        return fmt::format("{} event{} ago", events, events == 1 ? "" : "s");
    }

    /// Returns where a read found its value, in words.
    [[nodiscard]] std::string position(EventIndex get) const {
        const Storage storage = facts_.index.storage_at(get, facts_.log[get].variable());
        if (storage == Storage::contextvar && reads_context_of_thread(facts_, get))
            return "the context of its thread, for run_in_executor copies none";
        return std::string(storage_phrase(storage));
    }

    [[nodiscard]] std::string written(EventIndex set) const {
        const Event& event = facts_.log[set];
        const std::string value = text(event.a);
        const std::string name = variable(event.variable()) + at_place(set);
        EventIndex next = set + 1;
        while (next < facts_.log.end_index() && stands_anywhere(facts_.log[next].kind())) ++next;
        const Kind then = next < facts_.log.end_index() ? facts_.log[next].kind() : Kind::set;
        if (then == Kind::restore)
            return fmt::format("It resets {} to '{}', and each storage to what it had there.", name, value);
        if (then != Kind::reset)
            return fmt::format("It writes '{}' to {}: to every storage, each by its own rule.", value, name);
        const EventIndex before{facts_.log[next].a};
        if (!before) return fmt::format("It resets {} to its default, '{}'.", name, value);
        if (!is_write(facts_.log[before].kind()))
            return fmt::format("It resets {} to '{}'; nobody knows who wrote that.", name, value);
        return fmt::format("It resets {} to '{}', which {} wrote {}.", name, value,
                           label(facts_.log[before].task()), ago(set - before));
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

    [[nodiscard]] std::string finished(const Event& event) const {
        switch (event.tag<Outcome>()) {
            case Outcome::exception: return fmt::format("It ends with {}.", text(event.a));
            case Outcome::cancelled: return "It ends cancelled.";
            case Outcome::result: break;
        }
        return "It returns.";
    }

    const Facts& facts_;
};

}  // namespace

std::string event_sentence(const Facts& facts, EventIndex event) {
    return EventSentences(facts).of(event);
}

std::string between_handles(const Facts& facts) {
    const State& state = facts.state;
    if (state.iteration() == 0) {
        return fmt::format("Nothing has run yet: {} {} in the ready queue.", state.ready().size(),
                           state.ready().size() == 1 ? "handle waits" : "handles wait");
    }
    return fmt::format("Iteration {} begins: it will run the {} {} that {} ready now.", state.iteration(),
                       state.left_in_iteration(), state.left_in_iteration() == 1 ? "handle" : "handles",
                       state.left_in_iteration() == 1 ? "is" : "are");
}

}  // namespace loopscope::explain
