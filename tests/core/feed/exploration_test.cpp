#include "core/feed/exploration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/feeds.hpp"

namespace loopscope::feed {
namespace {

using testing::HasSubstr;
using testing::Not;

explore::Subject seed_subject() {
    const Setup setup = setup_of("indication", trace::Storage::global);
    return {setup.program, setup.arguments, setup.storage};
}

void wait_for(const Exploration& exploration) {
    while (!exploration.over()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

TEST(Exploration, runs_beside_and_gives_the_same_report_as_without_a_thread) {
    explore::Options options;
    options.freedoms.jitter = std::chrono::milliseconds(50);
    options.schedules = 200;
    const Exploration exploration(seed_subject(), options);
    wait_for(exploration);
    const explore::Report there = explore::explore(seed_subject(), options);
    const explore::Report& here = *exploration.report().value();
    ASSERT_EQ(here.outcomes.size(), there.outcomes.size());
    EXPECT_EQ(here.outcomes.front().output, there.outcomes.front().output);
    EXPECT_GE(exploration.done(), options.schedules);
}

TEST(Exploration, ends_soon_when_it_is_cancelled) {
    explore::Options options;
    options.schedules = 1'000'000'000;
    Exploration exploration(seed_subject(), options);
    exploration.cancel();
    wait_for(exploration);
    EXPECT_TRUE(exploration.report().value()->cancelled);
}

TEST(Exploration, ends_with_its_owner) {
    explore::Options options;
    options.schedules = 1'000'000'000;
    const Exploration exploration(seed_subject(), options);
}

TEST(Exploration, says_what_asyncio_could_do) {
    EXPECT_THAT(freedoms_text({true, std::chrono::milliseconds(50), false}),
                HasSubstr("asyncio could do that"));
    EXPECT_THAT(freedoms_text({true, std::chrono::milliseconds(50), false}), Not(HasSubstr("could not")));
    EXPECT_THAT(freedoms_text({true, {}, true}), HasSubstr("asyncio could not do that"));
}

}  // namespace
}  // namespace loopscope::feed
