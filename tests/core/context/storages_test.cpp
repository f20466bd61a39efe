#include "core/context/storages.hpp"

#include <thread>

#include <gtest/gtest.h>

#include "tests/core/context/variables.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::context {
namespace {

class StoragesTest : public testing::Test {
  protected:
    static AccessScope scope(TaskContext& task) { return {&task.dicts, &task.vars, TaskId{1}}; }
    Cell read(Storage storage, TaskContext& task) {
        storages_.select(storage);
        return storages_.read(symbol, scope(task));
    }
    static TaskContext child(TaskContext& task) { return {task.dicts.child(), task.vars.copy()}; }

    Storages storages_;
};

TEST_F(StoragesTest, all_take_every_write) {
    TaskContext task;
    storages_.write(symbol, written_by(1), scope(task));
    for (const Storage storage : trace::all_storages)
        EXPECT_EQ(read(storage, task), written_by(1)) << name(storage);
}

TEST_F(StoragesTest, have_nothing_before_the_first_write) {
    TaskContext task;
    for (const Storage storage : trace::all_storages) EXPECT_FALSE(read(storage, task)) << name(storage);
}

TEST_F(StoragesTest, answer_each_by_its_own_rule_as_soon_as_they_are_selected) {
    TaskContext parent;
    storages_.write(symbol, written_by(1), scope(parent));
    TaskContext first = child(parent);
    TaskContext second = child(parent);
    storages_.write(symbol, written_by(2), scope(first));
    storages_.write(symbol, written_by(3), scope(parent));

    EXPECT_EQ(read(Storage::global, second), written_by(3));
    EXPECT_EQ(read(Storage::argument, second), written_by(1));
    EXPECT_EQ(read(Storage::thread_local_, first), written_by(3));
    EXPECT_EQ(read(Storage::context_shared, second), written_by(3));
    EXPECT_EQ(read(Storage::context_copy, first), written_by(2));
    EXPECT_EQ(read(Storage::context_copy, second), written_by(1));
    EXPECT_EQ(read(Storage::context_chainmap, first), written_by(2));
    EXPECT_EQ(read(Storage::context_chainmap, second), written_by(3));
    EXPECT_EQ(read(Storage::contextvar, first), written_by(2));
    EXPECT_EQ(read(Storage::contextvar, second), written_by(1));
    EXPECT_EQ(read(Storage::global, first), written_by(3))
        << "and selecting back and forth has moved nothing";
}

TEST_F(StoragesTest, that_are_bound_to_tasks_have_nothing_outside_of_them) {
    ContextVars outside;
    const AccessScope scope{nullptr, &outside};
    storages_.write(symbol, written_by(1), scope);
    for (const Storage storage : trace::all_storages) {
        const bool needs_no_task =
            storage == Storage::global || storage == Storage::thread_local_ || storage == Storage::contextvar;
        storages_.select(storage);
        EXPECT_EQ(static_cast<bool>(storages_.read(symbol, scope)), needs_no_task) << name(storage);
    }
}

TEST_F(StoragesTest, differ_between_threads_only_where_they_say_so) {
    TaskContext task;
    storages_.write(symbol, written_by(1), scope(task));
    std::thread([&] {
        EXPECT_FALSE(read(Storage::thread_local_, task));
        EXPECT_EQ(read(Storage::global, task), written_by(1));
        EXPECT_EQ(read(Storage::contextvar, task), written_by(1));
    }).join();
}

TEST_F(StoragesTest, number_variables_in_order_of_first_use) {
    const char keys[3] = {};
    EXPECT_FALSE(storages_.find(&keys[2]));
    EXPECT_EQ(storages_.add(&keys[2]), VariableId{1});
    EXPECT_FALSE(storages_.find(&keys[0]));
    EXPECT_EQ(storages_.add(&keys[0]), VariableId{2});
    EXPECT_EQ(storages_.find(&keys[2]), VariableId{1});
    EXPECT_EQ(storages_.find(&keys[0]), VariableId{2});
    EXPECT_FALSE(storages_.find(&keys[1]));
}

}  // namespace
}  // namespace loopscope::context
