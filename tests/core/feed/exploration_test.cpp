#include "core/feed/exploration.hpp"

#include <algorithm>

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

TEST(Exploration, runs_beside_and_gives_the_same_report_as_without_a_thread) {
    explore::Options options;
    options.freedoms.jitter = std::chrono::milliseconds(50);
    options.schedules = 200;
    Exploration exploration(seed_subject(), options);
    ASSERT_EQ(complete(exploration), Status::ended);
    const explore::Report there = explore::explore(seed_subject(), options);
    const explore::Report& here = exploration.report();
    ASSERT_EQ(here.outcomes.size(), there.outcomes.size());
    EXPECT_EQ(here.outcomes.front().output, there.outcomes.front().output);
    EXPECT_GE(exploration.schedules_run(), options.schedules);
    EXPECT_EQ(exploration.progress(), 1);
}

TEST(Exploration, ends_soon_when_it_is_cancelled) {
    explore::Options options;
    options.schedules = 1'000'000'000;
    Exploration exploration(seed_subject(), options);
    exploration.cancel();
    ASSERT_EQ(complete(exploration), Status::ended);
    EXPECT_TRUE(exploration.report().cancelled);
}

TEST(Exploration, ends_with_its_owner) {
    explore::Options options;
    options.schedules = 1'000'000'000;
    const Exploration exploration(seed_subject(), options);
}

TEST(Exploration, fails_with_a_sentence_where_the_program_cannot_be_run) {
    Exploration exploration(
        []() -> Result<std::shared_ptr<explore::Runner>> { return fail("there is none"); }, {});
    ASSERT_EQ(complete(exploration), Status::failed);
    EXPECT_EQ(exploration.error().message, "there is none");
}

TEST(Exploration, says_how_a_run_ended_and_what_nobody_heard_of) {
    explore::Observed observed;
    EXPECT_EQ(ending_text(observed), "ok");
    observed.unretrieved = "ValueError at app.py:3";
    EXPECT_EQ(ending_text(observed), "ok, never retrieved: ValueError at app.py:3");
    observed = {};
    observed.ending = trace::Ending::exception;
    observed.failure = "KeyError at app.py:12";
    EXPECT_EQ(ending_text(observed), "KeyError at app.py:12");
    observed = {};
    observed.ending = trace::Ending::deadlock;
    EXPECT_EQ(ending_text(observed), "deadlock");
}

TEST(Exploration, says_what_asyncio_could_do) {
    EXPECT_THAT(freedoms_text({true, std::chrono::milliseconds(50), false}),
                HasSubstr("asyncio could do that"));
    EXPECT_THAT(freedoms_text({true, std::chrono::milliseconds(50), false}), Not(HasSubstr("could not")));
    EXPECT_THAT(freedoms_text({true, {}, true}), HasSubstr("asyncio could not do that"));
    const std::string all = freedoms_text({true, std::chrono::milliseconds(50), true, true, true, true});
    EXPECT_EQ(std::ranges::count(all, '\n'), 6);
    for (const char* origin : {"deadlines", "late", "descriptors", "sets of tasks", "executors' jobs"})
        EXPECT_THAT(all, HasSubstr(origin));
}

}  // namespace
}  // namespace loopscope::feed
