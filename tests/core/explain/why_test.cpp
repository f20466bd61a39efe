#include "core/explain/why.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/explain/causes.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/text.hpp"
#include "core/trace/transitions.hpp"
#include "tests/support/observed_run.hpp"

namespace loopscope::explain {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using trace::Kind;
using trace::Storage;

/// What is said when the cursor is on an event.
Why why_at(ObservedRun& run, EventIndex event) {
    run.seek(event);
    return why(run.facts());
}

std::string text_at(ObservedRun& run, EventIndex event) {
    return why_at(run, event).text();
}

EventIndex first_of(const ObservedRun& run, Kind kind, EventIndex from = {}) {
    for (EventIndex at = from; at < run.log().end_index(); ++at) {
        if (run.log()[at].kind() == kind) return at;
    }
    ADD_FAILURE() << "no " << trace::name(kind);
    return {};
}

/// The event of a print.
EventIndex print(const ObservedRun& run, PrintIndex print) {
    return run.index().prints().event(print);
}

TEST(Why, explains_a_print_that_leaks) {
    ObservedRun run = observe_seed();
    const Why why = why_at(run, print(run, {5}));
    EXPECT_EQ(why.cause, "indication(a) resumes: its 0.1 s timer fired.");
    EXPECT_EQ(why.action, "It prints symbol from the global: 'c', written by sleep(c) 45 events ago.");
    EXPECT_EQ(why.verdict, "Leak: its own chain wrote 'a'.");
    EXPECT_EQ(why.text(), why.cause + " " + why.action + " " + why.verdict);
}

TEST(Why, says_where_the_loop_stood_still_and_what_was_late_for_it) {
    ObservedRun run = observe("blocking-call", Storage::global);
    const EventIndex late = print(run, {3});
    EXPECT_EQ(why_at(run, late).cause,
              "beat resumes: its 0.1 s timer fired, 0.95 s late: the loop had stood still for 1 s in main.");
    EXPECT_EQ(why_at(run, late).verdict, "");
    const trace::Index& index = run.index();
    const HandleIndex blocking = *index.handle_at(first_of(run, Kind::timer_due, print(run, {2}))) - 1;
    for (HandleIndex handle = blocking;; ++handle) {
        const EventIndex last = index.last_event(handle);
        if (index.time(run.log(), last) - index.time(run.log(), index.handles().first(handle)) < seconds(1))
            continue;
        EXPECT_EQ(why_at(run, last).verdict, "The loop stood still for 1 s in main: nothing else could run.");
        EXPECT_EQ(why_at(run, index.handles().first(handle)).verdict, "") << "not yet";
        break;
    }
    EXPECT_THAT(text_at(run, print(run, {4})), testing::Not(HasSubstr("late"))) << "the next one is on time";
}

TEST(Why, explains_the_same_print_under_contextvar) {
    ObservedRun run = observe_seed(Storage::contextvar);
    EXPECT_EQ(text_at(run, print(run, {5})),
              "indication(a) resumes: its 0.1 s timer fired. It prints symbol from its own context: 'a', "
              "written by sleep(a) 55 events "
              "ago.");
}

TEST(Why, names_the_place_that_each_storage_reads) {
    const std::pair<Storage, const char*> positions[] = {
        {Storage::argument, "from its argument: 'a'"},
        {Storage::global, "from the global: 'c'"},
        {Storage::thread_local_, "from the thread's cell: 'c'"},
        {Storage::context_shared, "from the dict that it shares with its chain: 'a'"},
        {Storage::context_copy, "from its own copy of the dict: 'a'"},
        {Storage::context_chainmap, "from its chain of dicts: 'a'"},
        {Storage::contextvar, "from its own context: 'a'"},
    };
    for (const auto& [storage, position] : positions) {
        ObservedRun run = observe_seed(storage);
        EXPECT_THAT(text_at(run, print(run, {5})), HasSubstr(position));
    }
}

TEST(Why, does_not_call_a_chain_s_own_symbol_a_leak) {
    ObservedRun run = observe_seed();
    EXPECT_EQ(text_at(run, print(run, {3})),
              "indication(c) begins: sleep(c) created it. It prints symbol from the global: 'c', written by "
              "sleep(c) 21 events ago.");
}

TEST(Why, explains_a_root_task_s_first_step) {
    ObservedRun run = observe_seed();
    EXPECT_EQ(text_at(run, first_of(run, Kind::step)), "sleep(0) begins: it is a root task.");
}

TEST(Why, explains_a_write) {
    ObservedRun run = observe_seed();
    EXPECT_EQ(text_at(run, first_of(run, Kind::set)),
              "sleep(0) begins: it is a root task. It writes '0' to symbol: to every storage, each by its "
              "own rule.");
}

TEST(Why, explains_a_first_step_by_the_task_that_created_it) {
    ObservedRun run = observe_seed();
    EXPECT_EQ(text_at(run, run.index().handles().first(run.index().task(TaskId{5}).steps[0])),
              "indication(0) begins: sleep(0) created it.");
}

TEST(Why, explains_a_spawn) {
    ObservedRun run = observe("indication-main", Storage::global);
    const EventIndex spawn = run.index().task(TaskId{2}).spawn;
    EXPECT_EQ(text_at(run, spawn),
              "main begins: it is a root task. It creates sleep(0), which will begin in the next iteration.");
}

TEST(Why, explains_a_timer_s_callback) {
    ObservedRun run = observe_seed();
    EXPECT_EQ(text_at(run, first_of(run, Kind::callback)),
              "The timer of indication(0) is due: its sleep is over, so it becomes ready.");
}

TEST(Why, explains_a_cancellation_and_what_it_does) {
    ObservedRun run = observe_seed();
    const EventIndex cancel = first_of(run, Kind::cancel);
    EXPECT_EQ(text_at(run, cancel), "sleep(0) resumes: its 1 s timer fired. It cancels indication(0).");
    const EventIndex thrown = run.index().handles().first(run.index().task(TaskId{5}).steps.back());
    EXPECT_EQ(text_at(run, thrown),
              "indication(0) is cancelled by sleep(0): CancelledError is thrown into it.");
    EXPECT_EQ(text_at(run, run.index().task(TaskId{5}).finish),
              "indication(0) is cancelled by sleep(0): CancelledError is thrown into it. It ends cancelled.");
}

TEST(Why, explains_the_end) {
    ObservedRun run = observe_seed();
    EXPECT_EQ(text_at(run, run.head()),
              "The program is over: what it waited for is done, so the loop stopped.");
}

TEST(Why, explains_what_stops_the_loop) {
    ObservedRun run = observe_seed();
    EXPECT_EQ(text_at(run, first_of(run, Kind::stop)),
              "What the program waits for is done: the loop will stop after this iteration.");
}

TEST(Why, explains_the_start_and_the_beginning_of_an_iteration) {
    ObservedRun run = observe_seed();
    EXPECT_EQ(text_at(run, run.first_event()), "Nothing has run yet: 4 handles wait in the ready queue.");
    EXPECT_EQ(text_at(run, run.index().iterations()[{0}]),
              "Iteration 1 begins: it will run the 4 handles that are ready now.");
    EXPECT_EQ(text_at(run, run.index().iterations()[{2}]),
              "Iteration 3 begins: it will run the 1 handle that is ready now.");
}

TEST(Why, explains_a_switch) {
    scenario::ProgramRun program("indication", Storage::global);
    program.advance_to_prints(8);
    program.select(Storage::contextvar);
    ObservedRun run(std::move(program));
    EXPECT_EQ(text_at(run, run.head()), "From here on, reads are answered by contextvar.");
}

TEST(Why, explains_a_read_of_what_was_never_written) {
    // Every task of it sets the variable before a child reads it; so the reader is given a storage in which
    // nobody wrote.
    trace::Log log;
    log.emit(Kind::begin, 0, log.intern("test").value);
    log.emit(Kind::storage, 0, 0, trace::tagged(Storage::contextvar));
    log.emit(Kind::spawn, 1, log.intern("reader").value, trace::tagged(trace::Start::soon));
    log.emit(Kind::iteration, 1, 1);
    log.emit(Kind::step, 1, 0, trace::tagged(trace::Resume::first));
    log.emit(Kind::variable, 1, log.intern("symbol").value, log.intern(".").value);
    const EventIndex read = log.emit(Kind::get, 1, 0, trace::tagged(1));
    const EventIndex shown = log.emit(Kind::print_value, 1, read.value);
    trace::Index index;
    index.update(log);
    trace::State state;
    while (state.size() <= shown.value) state.apply(log[{state.size()}]);
    EXPECT_EQ(why({log, index, state, shown}).text(),
              "reader begins: it is a root task. It prints symbol from its own context: '.', the default, "
              "for nothing was written there.");
}

TEST(Why, explains_siblings_that_share_a_dict) {
    ObservedRun run = observe("indication-main", Storage::context_shared);
    const Why why = why_at(run, print(run, {5}));
    EXPECT_EQ(why.cause, "indication(a) resumes: its 0.1 s timer fired.");
    EXPECT_THAT(why.action, StartsWith("It prints symbol from the dict that it shares with "));
    EXPECT_THAT(why.action, HasSubstr("'c', written by sleep(c) "));
    EXPECT_EQ(why.verdict, "Leak: its own chain wrote 'a'.");
}

TEST(Why, has_something_to_say_about_every_event) {
    for (const scenario::Program* each : scenario::catalogue()) {
        const std::string_view program = each->name;
        ObservedRun run = observe(program, Storage::contextvar);
        for (EventIndex event = run.first_event(); event <= run.head(); ++event) {
            const std::string text = text_at(run, event);
            ASSERT_TRUE(text.ends_with('.')) << program << ", event " << event.value << ": " << text;
            ASSERT_EQ(text.find("  "), std::string::npos) << text;
        }
    }
}

TEST(Why, tells_a_time_that_is_no_round_number_of_seconds) {
    ObservedRun run = observe("indication", Storage::global, {{"interval", "0.125"}});
    EXPECT_THAT(text_at(run, print(run, {5})), HasSubstr("its 0.125 s timer fired"));
}

TEST(Causes, lead_back_to_the_start_of_the_program) {
    for (const scenario::Program* program : scenario::catalogue()) {
        ObservedRun run = observe(program->name, Storage::contextvar);
        for (HandleIndex handle; handle < run.index().handles().end_index(); ++handle) {
            run.seek(run.index().handles().first(handle));
            const std::vector<Cause> back = history(run.facts(), 100'000);
            ASSERT_FALSE(back.empty()) << program->name << ", handle " << handle.value;
            for (std::size_t at = 1; at < back.size(); ++at)
                ASSERT_LT(back[at].event, back[at - 1].event) << program->name;
            const trace::Event& first = run.log()[back.back().event];
            const bool by_the_program = !run.index().handle_at(back.back().event);
            EXPECT_TRUE(by_the_program) << program->name << ": " << trace::name(first.kind());
        }
    }
}

TEST(Causes, of_a_print_are_its_timer_and_what_started_that) {
    ObservedRun run = observe_seed();
    run.seek(print(run, {4}));
    std::vector<std::string> texts;
    for (const Cause& cause : history(run.facts(), 100)) texts.push_back(cause.text);
    EXPECT_THAT(texts, testing::ElementsAre(
                           "the timer of indication(0) was due at 0.100004 s", "the clock reached 0.100004 s",
                           "indication(0) started the timer at 0.000004 s", "sleep(0) created indication(0)",
                           "the program created sleep(0)"));
}

/// A task that is asked to be cancelled, goes on, and later waits for a future that is cancelled.
void cancel_twice(trace::Log& log) {
    using trace::tagged;
    const std::uint32_t stopper = log.intern("stopper").value;
    const auto wait_and_resume = [&](std::uint32_t iteration, std::uint32_t object) {
        log.emit(Kind::wake, 1, object, tagged(trace::Wait::future));
        if (object == 1) log.emit(Kind::callback_end);
        log.emit(Kind::iteration, iteration, 1);
        log.emit(Kind::step, 1, 0, tagged(trace::Resume::cancelled));
    };
    log.emit(Kind::begin);
    log.emit(Kind::spawn, 1, log.intern("worker").value, tagged(trace::Start::soon));
    log.emit(Kind::iteration, 1, 1);
    log.emit(Kind::step, 1);
    log.emit(Kind::suspend, 1, 1, tagged(trace::Wait::future));
    log.emit(Kind::ready, 0, stopper, tagged(trace::Callback::user));
    log.emit(Kind::iteration, 2, 1);
    log.emit(Kind::callback, 0, stopper, tagged(trace::Callback::user));
    log.emit(Kind::cancel, 1, 0, tagged(trace::Cancel::requested));
    wait_and_resume(3, 1);
    log.emit(Kind::suspend, 1, 2, tagged(trace::Wait::future));
    wait_and_resume(4, 2);
}

TEST(Why, blames_no_earlier_request_for_a_future_that_was_cancelled) {
    trace::Log log;
    cancel_twice(log);
    ASSERT_TRUE(trace::check(log)) << trace::check(log).error().message << trace::text_of(log);
    trace::Index index;
    index.update(log);
    trace::State state;
    std::vector<std::string> said;
    while (state.size() < log.size()) {
        const EventIndex event{state.size()};
        state.apply(log[event]);
        if (log[event].kind() == Kind::step) said.push_back(why({log, index, state, event}).cause);
    }
    ASSERT_EQ(said.size(), 3u);
    EXPECT_EQ(said[1], "worker is cancelled by the callback stopper: CancelledError is thrown into it.");
    EXPECT_EQ(said[2],
              "worker resumes: what it waited for was cancelled, so CancelledError is thrown into it.");
}

TEST(Causes, of_a_cancelled_step_name_who_cancelled_it) {
    ObservedRun run = observe("nested-cancel", Storage::global);
    std::vector<std::string> texts;
    for (EventIndex at; at < run.log().end_index(); ++at) {
        const trace::Event& event = run.log()[at];
        if (event.kind() != Kind::step || event.tag<trace::Resume>() != trace::Resume::cancelled) continue;
        run.seek(at);
        for (const Cause& cause : causes(run.facts())) {
            if (cause.text.find(" cancelled ") != std::string::npos) texts.push_back(cause.text);
        }
    }
    EXPECT_FALSE(texts.empty());
}

}  // namespace
}  // namespace loopscope::explain
