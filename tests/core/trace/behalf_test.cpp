#include "core/trace/behalf.hpp"

#include <algorithm>
#include <array>

#include <gtest/gtest.h>

#include "tests/core/trace/hand_written.hpp"

// On whose behalf tasks, callbacks and jobs work, and which reads are stale. In each test there are a main
// task and the requests a and b, which it created and which each wrote their own symbol.
namespace loopscope::trace {
namespace {

class BehalfTest : public HandWritten {
  protected:
    static constexpr std::uint32_t main = 1;
    static constexpr std::uint32_t request_a = 2;
    static constexpr std::uint32_t request_b = 3;
    static constexpr std::uint32_t queue = 50;
    static constexpr std::uint32_t pool = 51;

    BehalfTest() {
        add(Kind::variable, 1, text("symbol"), text("."));
        spawn();
        iteration(1);
        step(main);
        spawn();
        spawn();
        of_main_ = set(main, "m");
        suspend(main);
        iteration(2);
        step(request_a);
        of_a_ = set(request_a, "a");
        suspend(request_a);
        step(request_b);
        of_b_ = set(request_b, "b");
        suspend(request_b);
        made_ = 3;
    }

    EventIndex set(std::uint32_t task, std::string_view value) {
        return add(Kind::set, task, text(value), about_variable(VariableId{1}));
    }
    /// A task reads and prints what an event wrote. Returns the verdict on that.
    std::string sees(std::uint32_t task, EventIndex writer) {
        const auto read = add(Kind::get, task, writer.value, about_variable(VariableId{1}));
        add(Kind::print_value, task, read.value);
        const PrintInfo print = index().prints().back();
        return print.leak ? "leak" : print.stale ? "stale" : "right";
    }
    void suspend(std::uint32_t task) { add(Kind::suspend, task, 9, tagged(Wait::event)); }
    /// Has a task that waits run its next step, which is under way then.
    void resume(std::uint32_t task) {
        add(Kind::wake, task, 9, tagged(Wait::event));
        iteration(1);
        add(Kind::step, task, 0, tagged(Resume::value));
    }
    /// Has the task that runs create another one, which does nothing yet. Returns its number.
    std::uint32_t create() {
        spawn();
        return ++made_;
    }
    /// Has a task run its first step, up to a wait.
    void begin(std::uint32_t task) {
        iteration(1);
        step(task);
        suspend(task);
    }
    /// Returns a new worker, which a request created.
    std::uint32_t worker_of(std::uint32_t request) {
        resume(request);
        const std::uint32_t worker = create();
        suspend(request);
        begin(worker);
        return worker;
    }
    void put(std::uint32_t in = queue) { add(Kind::put, ++items_, in); }
    void put_by(std::uint32_t task, std::uint32_t in = queue) {
        resume(task);
        put(in);
        suspend(task);
    }
    void take(std::uint32_t item, std::uint32_t out_of = queue) { add(Kind::take, item, out_of); }
    void done(std::uint32_t of = queue) { add(Kind::task_done, 0, of); }
    void ready(Callback callback = Callback::user) { add(Kind::ready, 0, 0, tagged(callback)); }
    void begin_callback(Callback callback = Callback::user) {
        iteration(1);
        add(Kind::callback, 0, 0, tagged(callback));
    }
    void end_callback() { add(Kind::callback_end, 0, 0, tagged(Outcome::result)); }
    [[nodiscard]] Party works_for(std::uint32_t task) const {
        return index().errand_of(log, TaskId{task}, log.end_index() - 1).party;
    }
    static Party chain(std::uint32_t head) { return {TaskId{head}, 0}; }

    void TearDown() override { EXPECT_EQ(wrong(), ""); }

    EventIndex of_main_;
    EventIndex of_a_;
    EventIndex of_b_;

  private:
    std::uint32_t made_ = 0;
    std::uint32_t items_ = 0;
};

TEST_F(BehalfTest, worker_that_serves_another_request_than_its_own_reads_what_is_stale) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_b);
    resume(worker);
    EXPECT_EQ(sees(worker, of_a_), "right") << "nothing is taken yet";
    take(1);
    EXPECT_EQ(works_for(worker), chain(request_b));
    EXPECT_EQ(sees(worker, of_a_), "stale");
}

TEST_F(BehalfTest, worker_that_serves_its_own_request_reads_what_is_right) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_a);
    resume(worker);
    take(1);
    EXPECT_EQ(sees(worker, of_a_), "right");
    EXPECT_EQ(sees(worker, of_b_), "leak");
}

TEST_F(BehalfTest, what_the_served_request_wrote_is_neither_stale_nor_a_leak) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_b);
    resume(worker);
    EXPECT_EQ(sees(worker, of_b_), "leak") << "nothing is taken yet";
    take(1);
    EXPECT_EQ(sees(worker, of_b_), "right");
}

TEST_F(BehalfTest, what_a_third_request_wrote_is_a_leak_and_counted_once) {
    resume(main);
    const std::uint32_t third = create();
    suspend(main);
    begin(third);
    resume(third);
    const auto of_third = set(third, "c");
    suspend(third);
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_b);
    resume(worker);
    take(1);
    EXPECT_EQ(sees(worker, of_third), "leak");
    EXPECT_EQ(index().stales_until(log.end_index() - 1), 0U);
}

TEST_F(BehalfTest, item_has_its_number_whatever_the_order_in_which_items_come_out) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_a);
    put_by(request_b);
    resume(worker);
    take(2);
    EXPECT_EQ(sees(worker, of_a_), "stale");
    take(1);
    EXPECT_EQ(sees(worker, of_a_), "right");
}

TEST_F(BehalfTest, work_is_over_when_it_is_said_to_be_done) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_b);
    resume(worker);
    take(1);
    done(pool);
    EXPECT_EQ(sees(worker, of_a_), "stale") << "another queue's item is done";
    done();
    EXPECT_EQ(works_for(worker), chain(request_a));
    EXPECT_EQ(sees(worker, of_a_), "right");
}

TEST_F(BehalfTest, waiting_changes_nothing_whoever_ends_the_wait) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_b);
    resume(worker);
    take(1);
    suspend(worker);
    resume(request_a);
    add(Kind::wake, worker, 9, tagged(Wait::event));
    suspend(request_a);
    iteration(1);
    add(Kind::step, worker, 0, tagged(Resume::value));
    EXPECT_EQ(works_for(worker), chain(request_b));
    suspend(worker);
    resume(request_b);
    EXPECT_EQ(works_for(request_b), chain(request_b)) << "the worker worked for it, not it for the worker";
    EXPECT_EQ(sees(request_b, of_b_), "right");
}

TEST_F(BehalfTest, what_main_wrote_is_right_for_all_that_it_started) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_b);
    resume(worker);
    EXPECT_EQ(sees(worker, of_main_), "right");
    take(1);
    EXPECT_EQ(sees(worker, of_main_), "right");
}

TEST_F(BehalfTest, work_for_main_is_nobodys_in_particular) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(main);
    resume(worker);
    take(1);
    EXPECT_EQ(works_for(worker), chain(request_a));
    EXPECT_EQ(sees(worker, of_a_), "right");
}

TEST_F(BehalfTest, worker_that_sets_before_it_reads_sees_what_is_right) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_b);
    put_by(request_a);
    resume(worker);
    take(1);
    const auto for_b = set(worker, "b");
    EXPECT_EQ(sees(worker, for_b), "right");
    take(2);
    EXPECT_EQ(sees(worker, for_b), "stale") << "this time it did not set it";
    const auto for_a = set(worker, "a");
    EXPECT_EQ(sees(worker, for_a), "right");
}

TEST_F(BehalfTest, what_a_task_set_for_itself_is_its_own_whomever_it_works_for) {
    resume(request_a);
    set(request_a, "a");
    suspend(request_a);
    put_by(request_b);
    resume(request_a);
    take(1);
    EXPECT_EQ(sees(request_a, of_a_), "right") << "a subscriber that gets a message is still itself";
}

TEST_F(BehalfTest, item_that_is_put_back_stays_what_it_was) {
    put_by(main, pool);  // a connection to a data base, say
    resume(request_a);
    take(1, pool);
    put(queue);
    put(pool);
    const std::uint32_t child_of_a = create();
    suspend(request_a);
    begin(child_of_a);
    resume(request_b);
    const std::uint32_t child_of_b = create();
    suspend(request_b);
    begin(child_of_b);
    resume(child_of_b);
    take(3, pool);
    EXPECT_EQ(sees(child_of_b, of_b_), "right") << "the connection is nobody's";
    take(2);
    EXPECT_EQ(works_for(child_of_b), chain(request_a)) << "what it put elsewhere is its own";
}

TEST_F(BehalfTest, item_that_a_worker_hands_on_is_for_whom_it_worked) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_b);
    resume(worker);
    take(1);
    put(pool);
    const auto for_b = set(worker, "b");
    suspend(worker);
    const std::uint32_t other = worker_of(request_a);
    resume(other);
    take(2, pool);
    EXPECT_EQ(works_for(other), chain(request_b));
    EXPECT_EQ(sees(other, of_a_), "stale");
    EXPECT_EQ(sees(other, for_b), "right");
    EXPECT_EQ(sees(other, of_b_), "right");
}

TEST_F(BehalfTest, child_of_a_worker_works_for_whom_the_worker_does) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_b);
    resume(worker);
    take(1);
    const std::uint32_t child = create();
    done();
    suspend(worker);
    begin(child);
    resume(child);
    EXPECT_EQ(works_for(child), chain(request_b));
    EXPECT_EQ(sees(child, of_a_), "stale");
    done();
    EXPECT_EQ(works_for(child), chain(request_b)) << "it took nothing that it could be done with";
}

TEST_F(BehalfTest, children_that_are_made_for_items_of_one_producer_leak_into_each_other_as_before) {
    put_by(request_b);
    put_by(request_b);
    resume(main);
    take(1);
    const std::uint32_t one = create();
    take(2);
    const std::uint32_t other = create();
    suspend(main);
    iteration(2);
    step(one);
    const auto of_one = set(one, "1");
    EXPECT_EQ(sees(one, of_one), "right");
    suspend(one);
    step(other);
    EXPECT_EQ(works_for(other), chain(request_b));
    EXPECT_EQ(sees(other, of_one), "leak");
    EXPECT_EQ(sees(other, of_b_), "right");
}

TEST_F(BehalfTest, request_of_a_connection_is_served_for_the_connection) {
    resume(request_a);
    add(Kind::connection, 1, text("client 1"));
    add(Kind::connection, 2, text("client 2"));
    add(Kind::serve, 1, text("GET /1"));
    const auto for_first = set(request_a, "1");
    EXPECT_EQ(sees(request_a, for_first), "right");
    const std::uint32_t child = create();
    add(Kind::serve, 2, text("GET /2"));
    EXPECT_EQ(sees(request_a, for_first), "stale");
    EXPECT_EQ(sees(request_a, of_a_), "right") << "it made the connection";
    suspend(request_a);
    iteration(1);
    step(child);
    EXPECT_EQ(works_for(child), (Party{{}, 1}));
    EXPECT_EQ(sees(child, for_first), "right");
}

TEST_F(BehalfTest, item_that_is_put_for_a_connection_is_taken_for_it) {
    const std::uint32_t worker = worker_of(request_a);
    resume(request_b);
    add(Kind::connection, 1, text("client"));
    add(Kind::serve, 1);
    const auto for_client = set(request_b, "1");
    put();
    suspend(request_b);
    resume(worker);
    take(1);
    EXPECT_EQ(works_for(worker), (Party{{}, 1}));
    EXPECT_EQ(sees(worker, of_a_), "stale");
    EXPECT_EQ(sees(worker, for_client), "right");
}

TEST_F(BehalfTest, callback_works_for_who_scheduled_it) {
    resume(request_b);
    ready();
    suspend(request_b);
    begin_callback();
    EXPECT_EQ(sees(0, of_a_), "stale");
    EXPECT_EQ(sees(0, of_b_), "right");
    EXPECT_EQ(sees(0, of_main_), "right");
    ready();
    end_callback();
    begin_callback();
    EXPECT_EQ(sees(0, of_a_), "stale") << "the one before scheduled it, and worked for b";
    const auto set_for_b = set(0, "b");
    EXPECT_EQ(sees(0, set_for_b), "right");
    end_callback();
    resume(request_a);
    ready();
    suspend(request_a);
    begin_callback();
    EXPECT_EQ(sees(0, of_a_), "right");
    EXPECT_EQ(sees(0, set_for_b), "stale");
    end_callback();
    EXPECT_EQ(index().stales_until(log.end_index() - 1), 3U);
}

TEST_F(BehalfTest, timers_callback_works_for_who_started_it) {
    resume(request_a);
    add(Kind::timer, 0, 0, tagged(Callback::user));
    add(Kind::timer_cancel, 0, 1);
    suspend(request_a);
    resume(request_b);
    add(Kind::timer, 0, 0, tagged(Callback::user));
    suspend(request_b);
    add(Kind::timer_due, 0, 2);
    begin_callback();
    EXPECT_EQ(sees(0, of_a_), "stale");
    end_callback();
}

TEST_F(BehalfTest, callback_that_becomes_ready_as_a_task_ends_works_for_that_task) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_b);
    resume(worker);
    take(1);
    add(Kind::finish, worker, 0, tagged(Outcome::result));
    ready();
    begin_callback();
    EXPECT_EQ(sees(0, of_a_), "stale");
    end_callback();
}

TEST_F(BehalfTest, callback_from_outside_works_for_nobody_that_is_known) {
    ready(Callback::io);
    begin_callback(Callback::io);
    EXPECT_EQ(sees(0, of_a_), "right") << "nobody knows better";
    const std::uint32_t handler = create();
    end_callback();
    begin(handler);
    resume(handler);
    EXPECT_EQ(works_for(handler), chain(handler));
    EXPECT_EQ(sees(handler, of_a_), "leak");
    EXPECT_EQ(sees(handler, of_main_), "right") << "main started the server";
    suspend(handler);
    resume(main);
    const std::uint32_t late = create();
    suspend(main);
    EXPECT_EQ(index().task(TaskId{late}).chain, TaskId{late}) << "a handler is no second main";
    EXPECT_NE(index().task(TaskId{late}).chain_order, index().task(TaskId{handler}).chain_order);
}

TEST_F(BehalfTest, task_that_a_callback_makes_works_for_whom_the_callback_does) {
    resume(request_b);
    ready();
    suspend(request_b);
    begin_callback();
    const std::uint32_t task = create();
    end_callback();
    begin(task);
    resume(task);
    EXPECT_EQ(works_for(task), chain(request_b));
    EXPECT_EQ(sees(task, of_b_), "right");
    EXPECT_EQ(sees(task, of_a_), "leak");
    const auto own = set(task, "t");
    EXPECT_EQ(sees(task, own), "right");
}

TEST_F(BehalfTest, job_works_for_whom_the_task_did_that_asked_for_it) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_b);
    resume(worker);
    take(1);
    suspend(worker);
    thread(2);
    add(Kind::job, worker, text("query"));
    EXPECT_EQ(sees(worker, of_a_), "stale");
    thread(1);
    resume(worker);
    done();
    EXPECT_EQ(sees(worker, of_a_), "right");
    const auto own = set(worker, "w");
    suspend(worker);
    thread(2);
    EXPECT_EQ(sees(worker, of_a_), "stale") << "the job goes on";
    const auto in_thread = set(worker, "t");
    EXPECT_EQ(sees(worker, in_thread), "right");
    add(Kind::job_end, 0, 0, tagged(Outcome::result));
    add(Kind::job, worker, text("query"));
    EXPECT_EQ(sees(worker, own), "right");
    EXPECT_EQ(sees(worker, in_thread), "stale") << "the job before left it in the thread";
    add(Kind::job_end, 0, 0, tagged(Outcome::result));
}

TEST_F(BehalfTest, stale_prints_are_counted_beside_leaks) {
    const std::uint32_t worker = worker_of(request_a);
    put_by(request_b);
    resume(worker);
    take(1);
    sees(worker, of_a_);
    const EventIndex first = log.end_index() - 1;
    sees(worker, of_b_);
    sees(worker, of_a_);
    const EventIndex last = log.end_index() - 1;
    const Index all = index();
    EXPECT_EQ(all.stales_until(first - 1), 0U);
    EXPECT_EQ(all.stales_until(first), 1U);
    EXPECT_EQ(all.stales_until(last), 2U);
    EXPECT_EQ(all.leaks_until(last), 0U);
    EXPECT_TRUE(std::ranges::equal(all.stales_of(TaskId{worker}), std::array{PrintIndex{0}, PrintIndex{2}}));
    EXPECT_TRUE(all.stales_of(TaskId{request_a}).empty());
    EXPECT_EQ(all.prints().stale_counts().find(2), PrintIndex{2});
    EXPECT_EQ(all.errand_of_stale(log, PrintIndex{2}).party, chain(request_b));
    EXPECT_EQ(log[all.errand_of_stale(log, PrintIndex{2}).since].kind(), Kind::take);
}

}  // namespace
}  // namespace loopscope::trace
