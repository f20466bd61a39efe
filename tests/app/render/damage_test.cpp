#include "app/render/damage.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope::render {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

TEST(DamageTest, nothing_is_in_an_empty_region) {
    Damage damage;
    damage.add({5, 5, {0, 10}});
    damage.add({5, 5, {10, -1}});
    EXPECT_THAT(damage.regions(), IsEmpty());
}

TEST(DamageTest, regions_that_only_touch_stay_apart) {
    Damage damage;
    damage.add({0, 0, {10, 10}});
    damage.add({10, 0, {10, 10}});
    damage.add({0, 10, {10, 10}});
    EXPECT_THAT(damage.regions(),
                UnorderedElementsAre(gl::Region{0, 0, {10, 10}}, gl::Region{10, 0, {10, 10}},
                                     gl::Region{0, 10, {10, 10}}));
}

TEST(DamageTest, regions_that_overlap_become_one) {
    Damage damage;
    damage.add({0, 0, {10, 10}});
    damage.add({9, 9, {10, 10}});
    EXPECT_THAT(damage.regions(), ElementsAre(gl::Region{0, 0, {19, 19}}));
}

TEST(DamageTest, a_region_that_grew_takes_in_what_it_reaches_then) {
    Damage damage;
    damage.add({0, 0, {10, 10}});
    damage.add({12, 2, {4, 4}});
    damage.add({5, 5, {9, 9}});  // reaches the first and the second
    damage.add({40, 0, {1, 1}});
    EXPECT_THAT(damage.regions(),
                UnorderedElementsAre(gl::Region{0, 0, {16, 14}}, gl::Region{40, 0, {1, 1}}));
}

TEST(DamageTest, what_is_outside_of_the_picture_is_left_out) {
    Damage damage;
    damage.add({-5, 0, {10, 10}});
    damage.add({90, 95, {30, 2}});
    damage.add({100, 0, {10, 10}});
    damage.clip({0, 0, {100, 100}});
    EXPECT_THAT(damage.regions(),
                UnorderedElementsAre(gl::Region{0, 0, {5, 10}}, gl::Region{90, 95, {10, 2}}));
}

}  // namespace
}  // namespace loopscope::render
