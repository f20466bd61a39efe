#include "core/base/ref.hpp"

#include <utility>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

/// Counts how many of it live.
struct Thing : RefCounted<Thing> {
    explicit Thing(int& living) : living_(living) { ++living_; }
    Thing(const Thing& other) : RefCounted(other), living_(other.living_) { ++living_; }
    ~Thing() { --living_; }

  private:
    int& living_;
};

struct Special final : Thing {
    using Thing::Thing;
};

class RefTest : public testing::Test {
  protected:
    int living_ = 0;
};

TEST_F(RefTest, keeps_an_object_until_the_last_owner_goes) {
    Ref<Thing> first(new Thing(living_));
    {
        const Ref<Thing> second = first;
        first = {};
        EXPECT_EQ(living_, 1);
        EXPECT_FALSE(first);
    }
    EXPECT_EQ(living_, 0);
}

TEST_F(RefTest, moves_without_a_change_of_owners) {
    Ref<Thing> first(new Thing(living_));
    const Ref<Thing> second = std::move(first);
    EXPECT_TRUE(second->unique());
    EXPECT_EQ(living_, 1);
}

TEST_F(RefTest, may_be_assigned_to_itself) {
    Ref<Thing> thing(new Thing(living_));
    const Ref<Thing>& same = thing;
    thing = same;
    EXPECT_EQ(living_, 1);
    EXPECT_TRUE(thing->unique());
}

TEST_F(RefTest, to_a_derived_object_becomes_one_to_its_base) {
    const Ref<Special> special(new Special(living_));
    const Ref<Thing> thing = special;
    EXPECT_EQ(thing.get(), special.get());
    EXPECT_FALSE(thing->unique());
}

TEST_F(RefTest, knows_whether_it_is_the_only_owner) {
    const Ref<Thing> first(new Thing(living_));
    EXPECT_TRUE(first->unique());
    {
        const Ref<Thing> second = first;
        EXPECT_FALSE(first->unique());
    }
    EXPECT_TRUE(first->unique());
}

TEST_F(RefTest, compares_objects_by_identity) {
    const Ref<Thing> first(new Thing(living_));
    const Ref<Thing> second(new Thing(living_));
    EXPECT_EQ(first, Ref<Thing>(first));
    EXPECT_NE(first, second);
}

TEST_F(RefTest, to_a_copied_object_begins_with_owners_of_its_own) {
    const Ref<Thing> original(new Thing(living_));
    const Ref<Thing> another = original;
    const Ref<Thing> copy(new Thing(*original));
    EXPECT_TRUE(copy->unique());
    EXPECT_EQ(living_, 2);
}

}  // namespace
}  // namespace loopscope
