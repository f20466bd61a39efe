// What the index finds at once, against a walk through all events.

#include <algorithm>
#include <map>
#include <random>

#include <gtest/gtest.h>

#include "core/trace/index.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::trace {
namespace {

std::vector<EventIndex> listed(const IndexColumn<EventIndex>& events) {
    return {events.begin(), events.end()};
}

/// The last request to cancel a task before an event, found by walking back.
EventIndex walked_to_cancel(const Log& log, TaskId task, EventIndex before) {
    for (EventIndex at = before; at > EventIndex{};) {
        --at;
        if (log[at].kind() == Kind::cancel && log[at].task() == task &&
            log[at].tag<Cancel>() == Cancel::requested)
            return at;
    }
    return {};
}

TEST(IndexLists, know_the_last_request_to_cancel_each_task_before_any_event) {
    constexpr std::uint32_t tasks = 5;
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        std::mt19937 random(seed);
        const auto below = [&](std::uint32_t limit) { return static_cast<std::uint32_t>(random() % limit); };
        Log log;
        log.emit(Kind::begin);
        for (std::uint32_t task = 1; task <= tasks; ++task)
            log.emit(Kind::spawn, task, 0, tagged(Start::soon));
        while (log.size() < 400) {
            if (below(3) == 0)
                log.emit(Kind::cancel, 1 + below(tasks), 0, tagged(below(3)));
            else
                log.emit(Kind::print, 1 + below(tasks));
        }
        Index index;
        index.update(log);
        for (EventIndex before; before <= log.end_index(); before = before + 7) {
            for (std::uint32_t task = 1; task <= tasks; ++task)
                ASSERT_EQ(index.last_cancel(TaskId{task}, before),
                          walked_to_cancel(log, TaskId{task}, before))
                    << "of task " << task << " before " << before.value << ", seed " << seed;
        }
    }
}

TEST(IndexLists, know_how_each_step_ended_and_which_tasks_print) {
    for (const char* const program : {"indication", "nested-cancel", "pool-worker", "threads"}) {
        const auto run = scenario::run_program(program, Storage::global);
        const Log& log = run.log();
        Index index;
        index.update(log);
        std::map<TaskId, std::size_t> steps;
        std::vector<TaskId> printing;
        for (EventIndex at; at < log.end_index(); ++at) {
            const TaskId task = log[at].task();
            switch (log[at].kind()) {
                case Kind::step: ASSERT_EQ(index.steps_before(task, at), steps[task]); break;
                case Kind::suspend:
                case Kind::finish: ASSERT_EQ(index.end_of_step(task, steps[task]++), at); break;
                case Kind::print:
                case Kind::print_value:
                    if (task && std::ranges::find(printing, task) == printing.end()) printing.push_back(task);
                    break;
                default: break;
            }
        }
        EXPECT_EQ(index.printing_tasks(), printing);
        for (const auto& [task, count] : steps) EXPECT_FALSE(index.end_of_step(task, count)) << program;
    }
}

TEST(IndexLists, know_the_writes_of_each_thread_and_root_and_of_the_main_task) {
    for (const char* const program : {"indication", "created-before-set", "pool-worker", "threads"}) {
        const auto run = scenario::run_program(program, Storage::global);
        const Log& log = run.log();
        Index index;
        index.update(log);
        std::vector<EventIndex> all;
        std::map<std::uint32_t, std::vector<EventIndex>> by_thread;
        std::map<TaskId, std::vector<EventIndex>> by_root;
        std::vector<EventIndex> first_of_threads;
        std::vector<EventIndex> first_of_roots;
        for (EventIndex at; at < log.end_index(); ++at) {
            if (log[at].kind() != Kind::set) continue;
            all.push_back(at);
            TaskId root = log[at].task();
            if (!root) continue;
            auto& of_thread = by_thread[index.task(root).thread];
            while (const TaskId parent = index.task(root).parent) root = parent;
            if (of_thread.empty()) first_of_threads.push_back(at);
            if (by_root[root].empty()) first_of_roots.push_back(at);
            of_thread.push_back(at);
            by_root[root].push_back(at);
            ASSERT_EQ(index.task(log[at].task()).root, root);
        }
        EXPECT_EQ(listed(index.sets()), all);
        EXPECT_EQ(listed(index.first_sets_of_threads()), first_of_threads);
        EXPECT_EQ(listed(index.first_sets_of_roots()), first_of_roots);
        for (const auto& [thread, sets] : by_thread) EXPECT_EQ(listed(index.sets_of_thread(thread)), sets);
        for (const auto& [root, sets] : by_root) {
            const bool is_main = index.task(root).is_main;
            EXPECT_EQ(listed(is_main ? index.sets_of_main() : index.sets_of_chain(root)), sets) << program;
        }
    }
}

TEST(IndexLists, know_the_place_of_each_leak) {
    const auto run = scenario::run_program("indication", Storage::global);
    Index index;
    index.update(run.log());
    std::uint32_t leaks = 0;
    for (PrintIndex print; print < index.prints().end_index(); ++print) {
        if (!index.prints().leak(print)) continue;
        EXPECT_EQ(index.prints().index_of_leak(++leaks), print);
    }
    EXPECT_GT(leaks, 0u);
}

// As a schedule of the program's own may have it.
TEST(IndexLists, find_what_made_a_callback_ready_by_what_it_is_and_not_by_its_turn) {
    Log log;
    log.emit(Kind::begin);
    const EventIndex first = log.emit(Kind::ready, 0, log.intern("first").value);
    const EventIndex second = log.emit(Kind::ready, 0, log.intern("second").value);
    log.emit(Kind::iteration, 1, 2);
    for (const char* const name : {"second", "first"}) {
        log.emit(Kind::callback, 0, log.intern(name).value);
        log.emit(Kind::callback_end);
    }
    Index index;
    index.update(log);
    EXPECT_EQ(index.handles()[HandleIndex{0}].ready, second);
    EXPECT_EQ(index.handles()[HandleIndex{1}].ready, first);
}

TEST(IndexLists, a_clock_or_a_switch_ends_no_handle_and_is_of_none_that_is_over) {
    Log log;
    log.emit(Kind::begin);
    log.emit(Kind::spawn, 1, 0, tagged(Start::soon));
    log.emit(Kind::ready);
    log.emit(Kind::iteration, 1, 2);
    log.emit(Kind::step, 1);
    log.emit(Kind::clock);
    log.emit(Kind::storage);
    const EventIndex suspend = log.emit(Kind::suspend, 1, 1, tagged(Wait::future));
    log.emit(Kind::clock);
    log.emit(Kind::callback);
    log.emit(Kind::storage);
    log.emit(Kind::clock);
    const EventIndex end = log.emit(Kind::callback_end);
    log.emit(Kind::storage);
    Index index;
    index.update(log);
    ASSERT_EQ(index.handles().size(), 2u);
    EXPECT_EQ(index.last_event({0}), suspend);
    EXPECT_EQ(index.last_event({1}), end) << "it may go on";
    log.emit(Kind::iteration, 2, 0);
    index.update(log);
    EXPECT_EQ(index.last_event({1}), end) << "it is over";
}

}  // namespace
}  // namespace loopscope::trace
