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

TEST(Words, leave_out_the_symbol_of_a_chain_that_has_written_nothing) {
    const ObservedRun run = observe_start_of_seed();
    EXPECT_EQ(task_label(run.log(), run.index(), TaskId{1}), "sleep");
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
    EXPECT_EQ(task_name(run.log(), run.index(), TaskId{77}).whole(), "");
}

TEST(Words, number_the_tasks_of_a_name_if_they_are_more_than_a_handful) {
    trace::Log log;
    log.emit(trace::Kind::begin, 0, log.intern("test").value);
    trace::Index index;
    const auto spawn = [&](std::uint32_t task) {
        log.emit(trace::Kind::spawn, task, log.intern("serve.<locals>.Pool.worker").value);
        index.update(log);
    };
    for (std::uint32_t task = 1; task <= TaskName::max_unnumbered; ++task) spawn(task);
    EXPECT_EQ(task_label(log, index, TaskId{3}), "Pool.worker");
    spawn(TaskName::max_unnumbered + 1);
    EXPECT_EQ(task_label(log, index, TaskId{3}), "Pool.worker 3");
    log.emit(trace::Kind::name, 3, log.intern("the third").value, trace::tagged(trace::Named::task));
    index.update(log);
    EXPECT_EQ(task_label(log, index, TaskId{3}), "the third");
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
