#include "core/explain/words.hpp"

#include <set>

#include <gtest/gtest.h>

#include "tests/support/observed_run.hpp"

namespace loopscope::explain {
namespace {

using trace::Storage;

TEST(Words, tell_a_task_by_its_coroutine_and_its_chain_s_first_symbol) {
    const ObservedRun run = observe_seed();
    const char* const labels[] = {"sleep(0)",      "sleep(a)",      "sleep(b)",      "sleep(c)",
                                  "indication(0)", "indication(a)", "indication(b)", "indication(c)"};
    for (std::uint32_t number = 1; number <= 8; ++number) {
        EXPECT_EQ(task_label(run.log(), run.index(), TaskId{number}), labels[number - 1]);
    }
}

TEST(Words, number_tasks_that_nothing_else_tells_apart) {
    const ObservedRun run = observe_start_of_seed();
    EXPECT_EQ(task_label(run.log(), run.index(), TaskId{1}), "sleep 1") << "no chain has a symbol yet";
    EXPECT_EQ(task_label(run.log(), run.index(), TaskId{4}), "sleep 4");
    EXPECT_EQ(chain_symbol(run.log(), run.index(), TaskId{1}), "");
}

TEST(Words, tell_siblings_below_main_apart) {
    ObservedRun run = observe("indication-main", Storage::global);
    EXPECT_EQ(task_label(run.log(), run.index(), TaskId{1}), "main");
    EXPECT_EQ(task_label(run.log(), run.index(), TaskId{3}), "sleep(a)");
}

TEST(Words, call_a_task_that_is_not_there_by_its_number) {
    const ObservedRun run = observe_start_of_seed();
    EXPECT_EQ(task_label(run.log(), run.index(), TaskId{77}), "task 77");
    EXPECT_EQ(task_label(run.log(), run.index(), TaskId{}), "code outside of tasks");
    EXPECT_EQ(task_name(run.log(), run.index(), TaskId{77}).whole(), "");
}

/// Tasks that are created one by one, each by the loop or by another one.
class NamedTasks : public testing::Test {
  protected:
    NamedTasks() { log_.emit(trace::Kind::begin, 0, log_.intern("test").value); }

    void spawn(std::uint32_t task, std::string_view coroutine) {
        log_.emit(trace::Kind::spawn, task, log_.intern(coroutine).value);
    }
    void rename(std::uint32_t task, std::string_view name) {
        log_.emit(trace::Kind::name, task, log_.intern(name).value, trace::tagged(trace::Named::task));
    }
    void set(std::uint32_t task, std::string_view value) {
        log_.emit(trace::Kind::set, task, log_.intern(value).value, 1);
    }
    std::string label(std::uint32_t task) {
        index_.update(log_);
        return task_label(log_, index_, TaskId{task});
    }

    trace::Log log_;
    trace::Index index_;
};

TEST_F(NamedTasks, are_numbered_as_soon_as_there_are_two_of_a_name) {
    spawn(1, "serve.<locals>.Pool.worker");
    EXPECT_EQ(label(1), "Pool.worker");
    spawn(2, "serve.<locals>.Pool.worker");
    spawn(3, "serve.<locals>.Pool.worker");
    EXPECT_EQ(label(1), "Pool.worker 1");
    EXPECT_EQ(label(3), "Pool.worker 3");
    rename(3, "the third");
    EXPECT_EQ(label(3), "the third");
    rename(2, "the second");
    EXPECT_EQ(label(1), "Pool.worker") << "it is the only one again";
}

TEST_F(NamedTasks, have_numbers_among_those_of_one_symbol_only) {
    for (const std::uint32_t task : {1U, 2U, 3U}) spawn(task, "worker");
    set(1, "a");
    set(2, "b");
    EXPECT_EQ(label(1), "worker(a)");
    EXPECT_EQ(label(2), "worker(b)");
    EXPECT_EQ(label(3), "worker");
    set(3, "a");
    EXPECT_EQ(label(1), "worker(a) 1");
    EXPECT_EQ(label(3), "worker(a) 2");
    rename(3, "the third");
    EXPECT_EQ(label(3), "the third(a)");
    EXPECT_EQ(label(1), "worker(a)");
}

TEST_F(NamedTasks, of_a_chain_get_its_symbol_together_in_the_order_of_their_creation) {
    spawn(1, "serve");
    spawn(2, "serve");
    log_.emit(trace::Kind::step, 1);
    spawn(3, "ask");
    spawn(4, "ask");
    spawn(5, "ask");
    EXPECT_EQ(label(4), "ask 2");
    set(1, "x");
    EXPECT_EQ(label(1), "serve(x)");
    EXPECT_EQ(label(2), "serve");
    EXPECT_EQ(label(3), "ask(x) 1");
    EXPECT_EQ(label(5), "ask(x) 3");
}

TEST_F(NamedTasks, are_not_called_by_what_may_change) {
    for (const std::uint32_t task : {1U, 2U, 3U}) spawn(task, "serve");
    set(1, "[]");
    set(2, "<Session #1>");
    EXPECT_EQ(label(1), "serve 1");
    EXPECT_EQ(label(2), "serve 2");
    set(3, "a");
    EXPECT_EQ(label(3), "serve(a)");
    EXPECT_EQ(chain_symbol(log_, index_, TaskId{1}), "");
}

TEST_F(NamedTasks, are_called_differently_all_of_them) {
    std::set<std::string> labels;
    for (std::uint32_t task = 1; task <= 40; ++task) {
        spawn(task, task % 3 == 0 ? "ask" : "serve");
        if (task % 5 == 0) set(task, task % 2 == 0 ? "a" : "b");
        if (task % 7 == 0) rename(task, "busy");
    }
    for (std::uint32_t task = 1; task <= 40; ++task)
        EXPECT_TRUE(labels.insert(label(task)).second) << label(task);
}

TEST(Words, put_commas_between_thousands) {
    EXPECT_EQ(count_text(0), "0");
    EXPECT_EQ(count_text(999), "999");
    EXPECT_EQ(count_text(9'998), "9,998");
    EXPECT_EQ(count_text(1'234'567), "1,234,567");
}

TEST(Words, have_another_phrase_for_each_storage) {
    std::set<std::string_view> phrases;
    for (const Storage storage : trace::all_storages) phrases.insert(storage_phrase(storage));
    EXPECT_EQ(phrases.size(), trace::all_storages.size());
    EXPECT_FALSE(phrases.contains(""));
}

}  // namespace
}  // namespace loopscope::explain
