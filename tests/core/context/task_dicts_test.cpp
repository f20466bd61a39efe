#include "core/context/task_dicts.hpp"

#include <map>
#include <memory>
#include <random>
#include <vector>

#include <gtest/gtest.h>

#include "tests/core/context/variables.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::context {
namespace {

/// A row of the table in docs: what parents and children see of each other.
struct Rule {
    const char* storage;
    const Cell& (TaskDicts::*read)(VariableId) const;
    bool parent_sees_child;
    bool child_sees_parent;          ///< what the parent writes after the child was created …
    bool writing_child_sees_parent;  ///< … and after the child has written the variable itself
};

void PrintTo(const Rule& rule, std::ostream* out) {
    *out << rule.storage;
}

constexpr Rule rules[] = {
    {"argument", &TaskDicts::argument, false, false, false},
    {"context_shared", &TaskDicts::shared, true, true, true},
    {"context_copy", &TaskDicts::copied, false, false, false},
    {"context_chainmap", &TaskDicts::chained, false, true, false},
};

class TaskDictsTest : public testing::TestWithParam<Rule> {
  protected:
    /// What a task reads in the storage that this is about.
    static Cell read(const TaskDicts& task, VariableId variable = symbol) {
        return (task.*GetParam().read)(variable);
    }

    static constexpr Cell earlier_ = written_by(1);
    static constexpr Cell later_ = written_by(2);
};

INSTANTIATE_TEST_SUITE_P(Storages, TaskDictsTest, testing::ValuesIn(rules),
                         [](const auto& test) { return test.param.storage; });

TEST_P(TaskDictsTest, are_empty_at_first) {
    TaskDicts root;
    EXPECT_FALSE(read(root));
    EXPECT_FALSE(read(root.child()));
    EXPECT_FALSE(read(root));
}

TEST_P(TaskDictsTest, of_a_task_have_what_it_wrote_last) {
    TaskDicts root;
    root.set(symbol, earlier_);
    root.set(symbol, later_);
    EXPECT_EQ(read(root), later_);
    EXPECT_FALSE(read(root, user));
}

TEST_P(TaskDictsTest, of_a_child_have_what_its_ancestors_wrote_before_it_was_created) {
    TaskDicts root;
    root.set(symbol, earlier_);
    TaskDicts child = root.child();
    child.set(user, later_);
    TaskDicts grandchild = child.child();
    EXPECT_EQ(read(grandchild), earlier_);
    EXPECT_EQ(read(grandchild, user), later_);
}

TEST_P(TaskDictsTest, of_root_tasks_are_their_own) {
    TaskDicts first;
    TaskDicts second;
    first.set(symbol, earlier_);
    EXPECT_FALSE(read(second));
    second.set(symbol, later_);
    EXPECT_EQ(read(first), earlier_);
}

TEST_P(TaskDictsTest, show_a_parent_its_childs_write_or_do_not) {
    TaskDicts root;
    root.set(symbol, earlier_);
    TaskDicts child = root.child();
    child.set(symbol, later_);
    EXPECT_EQ(read(child), later_);
    EXPECT_EQ(read(root), GetParam().parent_sees_child ? later_ : earlier_);
}

TEST_P(TaskDictsTest, show_a_root_that_never_wrote_its_grandchilds_write_or_do_not) {
    TaskDicts root;
    TaskDicts child = root.child();
    TaskDicts grandchild = child.child();
    grandchild.set(symbol, later_);
    EXPECT_EQ(static_cast<bool>(read(child)), GetParam().parent_sees_child);
    EXPECT_EQ(static_cast<bool>(read(root)), GetParam().parent_sees_child);
}

TEST_P(TaskDictsTest, show_a_sibling_what_they_show_the_parent) {
    TaskDicts root;
    TaskDicts first = root.child();
    TaskDicts second = root.child();
    first.set(symbol, later_);
    EXPECT_EQ(static_cast<bool>(read(second)), GetParam().parent_sees_child);
    EXPECT_EQ(static_cast<bool>(read(root.child())), GetParam().parent_sees_child);
}

TEST_P(TaskDictsTest, show_a_child_its_parents_later_write_or_do_not) {
    TaskDicts root;
    root.set(symbol, earlier_);
    const TaskDicts child = root.child();
    root.set(symbol, later_);
    EXPECT_EQ(read(root), later_);
    EXPECT_EQ(read(child), GetParam().child_sees_parent ? later_ : earlier_);
}

TEST_P(TaskDictsTest, show_a_child_the_first_write_of_a_parent_that_had_none) {
    TaskDicts root;
    const TaskDicts child = root.child();
    root.set(symbol, later_);
    EXPECT_EQ(static_cast<bool>(read(child)), GetParam().child_sees_parent);
}

TEST_P(TaskDictsTest, show_a_grandchild_its_roots_later_write_or_do_not) {
    TaskDicts root;
    root.set(symbol, earlier_);
    TaskDicts child = root.child();
    const TaskDicts grandchild = child.child();
    root.set(symbol, later_);
    EXPECT_EQ(read(grandchild), GetParam().child_sees_parent ? later_ : earlier_);
}

TEST_P(TaskDictsTest, show_a_grandchild_the_later_write_of_a_child_that_had_not_written_when_it_spawned) {
    TaskDicts root;
    root.set(symbol, earlier_);
    TaskDicts child = root.child();
    const TaskDicts grandchild = child.child();
    child.set(symbol, later_);
    EXPECT_EQ(read(grandchild), GetParam().child_sees_parent ? later_ : earlier_);
    EXPECT_EQ(read(root), GetParam().parent_sees_child ? later_ : earlier_);
}

TEST_P(TaskDictsTest, shield_a_child_that_has_written_itself_from_later_writes_unless_they_are_shared) {
    TaskDicts root;
    TaskDicts child = root.child();
    child.set(symbol, earlier_);
    root.set(symbol, later_);
    EXPECT_EQ(read(child), GetParam().writing_child_sees_parent ? later_ : earlier_);
}

TEST_P(TaskDictsTest, shield_only_the_variable_that_the_child_has_written) {
    TaskDicts root;
    root.set(user, earlier_);
    TaskDicts child = root.child();
    child.set(symbol, earlier_);
    root.set(user, later_);
    EXPECT_EQ(read(child, user), GetParam().child_sees_parent ? later_ : earlier_);
}

TEST_P(TaskDictsTest, of_a_child_outlive_the_parent) {
    TaskDicts child;
    {
        TaskDicts root;
        root.set(symbol, earlier_);
        child = root.child();
    }
    EXPECT_EQ(read(child), earlier_);
    child.set(user, later_);
    EXPECT_EQ(read(child.child()), earlier_);
    EXPECT_EQ(read(child.child(), user), later_);
}

TEST_P(TaskDictsTest, of_a_millionth_generation_can_be_dropped) {
    TaskDicts task;
    task.set(symbol, earlier_);
    for (int generation = 0; generation < 1'000'000; ++generation) task = task.child();
    EXPECT_EQ(read(task), earlier_);
}

/// The four storages as their Python originals are written, without any sharing to save work.
struct PlainTask {
    struct Map {
        std::map<VariableId, Cell> items;
        std::shared_ptr<Map> parent;

        [[nodiscard]] Cell get(VariableId variable) const {
            const auto found = items.find(variable);
            if (found != items.end()) return found->second;
            return parent ? parent->get(variable) : Cell{};
        }
    };
    Map argument;
    Map copied;
    std::shared_ptr<Map> shared = std::make_shared<Map>();
    std::shared_ptr<Map> chained = std::make_shared<Map>();

    [[nodiscard]] PlainTask child() const {
        return {argument, copied, shared, std::make_shared<Map>(Map{{}, chained})};
    }
    void set(VariableId variable, Cell cell) {
        for (Map* map : {&argument, &copied, shared.get(), chained.get()}) map->items[variable] = cell;
    }
};

TEST(TaskDicts, read_as_their_plain_originals_do_in_any_family) {
    std::mt19937 random(1);
    const auto below = [&](std::size_t limit) { return random() % limit; };
    for (int family = 0; family < 300; ++family) {
        std::vector<TaskDicts> tasks(1);
        std::vector<PlainTask> plain(1);
        for (std::uint32_t step = 1; step <= 40; ++step) {
            const std::size_t chosen = below(tasks.size());
            switch (below(5)) {
                case 0:
                case 1: {
                    tasks.push_back(tasks[chosen].child());
                    plain.push_back(plain[chosen].child());
                    break;
                }
                case 2:  // A task ends; its children live on.
                    if (tasks.size() == 1) break;
                    tasks.erase(tasks.begin() + static_cast<std::ptrdiff_t>(chosen));
                    plain.erase(plain.begin() + static_cast<std::ptrdiff_t>(chosen));
                    break;
                default: {
                    const VariableId variable{static_cast<std::uint32_t>(1 + below(3))};
                    tasks[chosen].set(variable, written_by(step));
                    plain[chosen].set(variable, written_by(step));
                }
            }
            for (std::size_t task = 0; task < tasks.size(); ++task) {
                for (const VariableId variable : {VariableId{1}, VariableId{2}, VariableId{3}}) {
                    ASSERT_EQ(tasks[task].argument(variable), plain[task].argument.get(variable));
                    ASSERT_EQ(tasks[task].copied(variable), plain[task].copied.get(variable));
                    ASSERT_EQ(tasks[task].shared(variable), plain[task].shared->get(variable));
                    ASSERT_EQ(tasks[task].chained(variable), plain[task].chained->get(variable));
                }
            }
        }
    }
}

}  // namespace
}  // namespace loopscope::context
