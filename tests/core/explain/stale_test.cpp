#include "core/explain/stale.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/explain/why.hpp"
#include "tests/core/trace/hand_written.hpp"
#include "tests/support/observed_run.hpp"

namespace loopscope::explain {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using trace::Kind;
using trace::Storage;

/// Returns what WHY says at the second print of pool-worker, where the worker serves b.
Why why_of_second_print(Storage storage) {
    ObservedRun run = observe("pool-worker", storage);
    run.seek(run.index().prints().event(PrintIndex{1}));
    return why(run.facts());
}

TEST(StaleRead, is_explained_by_the_way_of_the_work_and_that_of_the_value) {
    const Why why = why_of_second_print(Storage::contextvar);
    EXPECT_EQ(why.verdict, "Stale: it works for request(b).");
    EXPECT_EQ(
        why.way,
        "This item was put by request(b); the context was copied from request(a) when serve(a) was created.");
    EXPECT_EQ(why.text(), why.cause + " " + why.action + " " + why.verdict + " " + why.way);
}

TEST(StaleRead, is_explained_by_what_is_true_under_its_storage) {
    const std::pair<Storage, const char*> ways[] = {
        {Storage::argument, "; its argument was passed by request(a) when serve(a) was created."},
        {Storage::context_copy, "; the dict was copied from request(a) when serve(a) was created."},
        {Storage::context_chainmap, "; the layer of request(a) lies below that of serve(a)."},
    };
    for (const auto& [storage, way] : ways) {
        const Why why = why_of_second_print(storage);
        EXPECT_EQ(why.verdict, "Stale: it works for request(b).") << name(storage);
        EXPECT_EQ(why.way, std::string("This item was put by request(b)") + way);
    }
}

TEST(StaleRead, is_none_where_one_cell_leaks_and_the_verdict_says_whom_the_reader_works_for) {
    for (const Storage storage : {Storage::global, Storage::thread_local_, Storage::context_shared}) {
        const Why why = why_of_second_print(storage);
        EXPECT_EQ(why.verdict, "Leak: it works for request(b).") << name(storage);
        EXPECT_EQ(why.way, "");
    }
    ObservedRun run = observe("pool-worker", Storage::global);
    run.seek(run.index().prints().event(PrintIndex{3}));
    EXPECT_EQ(why(run.facts()).verdict, "") << "for d it is right";
}

TEST(StaleRead, has_causes_that_lead_to_the_item) {
    ObservedRun run = observe("pool-worker", Storage::contextvar);
    run.seek(run.index().prints().event(PrintIndex{1}));
    std::vector<std::string> texts;
    for (const Cause& cause : causes(run.facts())) {
        texts.push_back(cause.text);
        const Kind kind = run.log()[cause.event].kind();
        EXPECT_TRUE(cause.text != "request(b) put it" || kind == Kind::put);
    }
    EXPECT_THAT(texts,
                testing::IsSupersetOf({"serve(a) took item 2", "request(b) put it", "request(a) wrote 'a'"}));
}

/// Requests a (task 2) and b (task 3) of a main task, each of which wrote its symbol.
class StaleWays : public trace::HandWritten {
  protected:
    StaleWays() {
        add(Kind::storage, 0, 0, tagged(Storage::contextvar));
        add(Kind::variable, 1, text("symbol"), text("."));
        spawn();
        iteration(1);
        step(1);
        spawn();
        spawn();
        suspend(1);
        iteration(2);
        step(2);
        of_a_ = set(2, "a");
    }

    EventIndex set(std::uint32_t task, std::string_view value) {
        return add(Kind::set, task, text(value), trace::about_variable(VariableId{1}));
    }
    void suspend(std::uint32_t task) { add(Kind::suspend, task, 9, trace::tagged(trace::Wait::event)); }
    void resume(std::uint32_t task) {
        add(Kind::wake, task, 9, trace::tagged(trace::Wait::event));
        iteration(1);
        add(Kind::step, task, 0, trace::tagged(trace::Resume::value));
    }
    void begin_b() {
        suspend(2);
        step(3);
        set(3, "b");
    }
    /// Returns what is said of a print of what an event wrote.
    std::string way_of_print(std::uint32_t task, EventIndex writer) {
        const auto read = add(Kind::get, task, writer.value, trace::about_variable(VariableId{1}));
        const auto print = add(Kind::print_value, task, read.value);
        const trace::Index index = this->index();
        const trace::State state = this->state();
        const PrintIndex last = index.prints().end_index() - 1;
        if (!index.prints().stale(last)) return "not stale";
        return stale_way({log, index, state, print}, last);
    }
    void TearDown() override { EXPECT_EQ(wrong(), ""); }

    EventIndex of_a_;
};

TEST_F(StaleWays, of_a_callback_name_who_scheduled_it) {
    begin_b();
    add(Kind::ready, 0, text("beat"), trace::tagged(trace::Callback::user));
    suspend(3);
    iteration(1);
    add(Kind::callback, 0, text("beat"), trace::tagged(trace::Callback::user));
    EXPECT_EQ(
        way_of_print(0, of_a_),
        "This callback was scheduled by worker(b); the context that it runs in has what worker(a) wrote.");
}

TEST_F(StaleWays, of_a_job_name_who_asked_for_it_and_for_whom) {
    spawn();
    begin_b();
    add(Kind::put, 1, 5);
    suspend(3);
    iteration(1);
    step(4);
    add(Kind::take, 1, 5);
    suspend(4);
    thread(2);
    add(Kind::job, 4, text("query"));
    EXPECT_EQ(
        way_of_print(4, of_a_),
        "This job was asked for by worker(a) 2 for worker(b); the context was copied from worker(a) 1 when "
        "worker(a) 2 was created.");
}

TEST_F(StaleWays, of_a_connection_name_it) {
    add(Kind::connection, 1, text("10.0.0.1:80"));
    add(Kind::connection, 2);
    add(Kind::serve, 1, text("GET /a"));
    const auto for_first = set(2, "1");
    add(Kind::serve, 2, text("GET /b"));
    EXPECT_EQ(way_of_print(2, for_first),
              "This request, GET /b, came over connection 2; it wrote the value itself, for the connection "
              "10.0.0.1:80.");
}

TEST_F(StaleWays, of_a_workers_child_name_the_worker) {
    spawn();
    begin_b();
    add(Kind::put, 1, 5);
    suspend(3);
    iteration(1);
    step(4);
    add(Kind::take, 1, 5);
    spawn();
    suspend(4);
    iteration(1);
    step(5);
    EXPECT_EQ(
        way_of_print(5, of_a_),
        "worker(a) 2 created it while working for worker(b); the context was copied from worker(a) 2 when "
        "worker(a) 3 was created, and has what worker(a) 1 wrote.");
}

}  // namespace
}  // namespace loopscope::explain
