#include "app/panels/open_things.hpp"

#include <gtest/gtest.h>

namespace loopscope::panels {
namespace {

TEST(OpenThings, the_last_one_opened_is_on_top_until_it_is_closed) {
    OpenThings things;
    EXPECT_FALSE(things.top());
    things.note(OpenThing::range, true);
    things.note(OpenThing::lesson, true);
    EXPECT_EQ(things.top(), OpenThing::lesson);
    things.note(OpenThing::range, true);  // it was there before
    EXPECT_EQ(things.top(), OpenThing::lesson);
    things.note(OpenThing::lesson, false);
    EXPECT_EQ(things.top(), OpenThing::range);
    things.note(OpenThing::range, false);
    things.note(OpenThing::range, false);
    EXPECT_FALSE(things.top());
}

}  // namespace
}  // namespace loopscope::panels
