#include "core/base/id.hpp"

#include <type_traits>
#include <unordered_set>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

static_assert(!std::is_convertible_v<TaskId, StringId>, "a task's number cannot be passed for a string's");
static_assert(!std::is_convertible_v<std::uint32_t, TaskId> && !std::is_convertible_v<TaskId, std::uint32_t>);

TEST(Id, of_zero_names_nothing) {
    EXPECT_FALSE(TaskId{});
    EXPECT_TRUE(TaskId{1});
}

TEST(Id, orders_things_by_their_creation) {
    EXPECT_LT(TaskId{1}, TaskId{2});
    EXPECT_EQ(TaskId{2}, TaskId{2});
}

TEST(Id, can_be_a_key) {
    const std::unordered_set<TaskId> tasks{TaskId{1}, TaskId{2}, TaskId{1}};
    EXPECT_EQ(tasks.size(), 2u);
    EXPECT_TRUE(tasks.contains(TaskId{2}));
}

}  // namespace
}  // namespace loopscope
