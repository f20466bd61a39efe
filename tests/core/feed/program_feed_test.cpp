#include "core/feed/program_feed.hpp"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/feeds.hpp"
#include "tests/support/state_text.hpp"

namespace loopscope::feed {
namespace {

using trace::Storage;

/// What a feed runs.
struct FeedCase {
    const char* program;
    Storage storage;
    std::vector<scenario::Setting> settings = {};
};

void PrintTo(const FeedCase& test, std::ostream* out) {
    *out << test.program << " under " << name(test.storage);
}

class ProgramFeedTest : public testing::TestWithParam<FeedCase> {
  protected:
    [[nodiscard]] static feed::Setup setup() {
        return setup_of(GetParam().program, GetParam().storage, GetParam().settings);
    }
};

INSTANTIATE_TEST_SUITE_P(
    Programs, ProgramFeedTest,
    testing::Values(FeedCase{"indication", Storage::global}, FeedCase{"indication", Storage::context_copy},
                    FeedCase{"indication", Storage::contextvar},
                    FeedCase{"indication-main", Storage::argument},
                    FeedCase{"indication-main", Storage::context_shared},
                    FeedCase{"indication-main", Storage::context_chainmap},
                    FeedCase{
                        "indication-main", Storage::thread_local_, {{"step-cost", "0"}, {"duration", "0.5"}}},
                    FeedCase{"indication", Storage::global, {{"symbols", "日本語"}, {"duration", "0"}}}));

TEST_P(ProgramFeedTest, has_a_loop_like_the_state_that_its_trace_tells_between_any_two_handles) {
    ProgramFeed feed(setup());
    trace::State state;
    for (;;) {
        while (state.size() < feed.log().size()) state.apply(feed.log()[{state.size()}]);
        ASSERT_EQ(loop_text(state), loop_text(feed.run())) << "after event " << state.size() - 1;
        if (feed.over()) break;
        advance(feed);
    }
    EXPECT_TRUE(state.ending());
}

TEST_P(ProgramFeedTest, has_a_clock_that_is_one_step_ahead_of_the_last_handle_at_most) {
    ProgramFeed feed(setup());
    const Duration step_cost = setup().arguments.duration("step-cost");
    do {
        const Duration ahead = feed.run().loop().time() - feed.log().time(feed.log().end_index() - 1);
        ASSERT_TRUE(ahead == Duration(0) || ahead == step_cost) << ahead.count();
    } while (advance(feed));
}

TEST_P(ProgramFeedTest, starts_before_the_first_handle) {
    const ProgramFeed feed(setup());
    EXPECT_EQ(feed.first_event(), feed.log().end_index() - 1);
    EXPECT_TRUE(trace::all_of_kind(feed.log(), trace::Kind::iteration).empty());
}

TEST_P(ProgramFeedTest, runs_again_to_the_same_bytes) {
    ProgramFeed first(setup());
    finish(first);
    const ProgramFeed again(setup(), {}, first.log().size());
    EXPECT_EQ(trace::events_of(again.log()), trace::events_of(first.log()));
    EXPECT_EQ(trace::strings_of(again.log()), trace::strings_of(first.log()));
}

TEST_P(ProgramFeedTest, runs_to_the_end_of_the_handle_that_a_length_falls_into) {
    ProgramFeed feed(setup());
    std::vector<std::uint32_t> lengths = {feed.log().size()};
    do lengths.push_back(feed.log().size());
    while (advance(feed));
    lengths.push_back(feed.log().size());
    for (std::uint32_t length = feed.first_event().value; length <= feed.log().size(); length += 3) {
        const ProgramFeed shorter(setup(), {}, length);
        EXPECT_EQ(shorter.log().size(), *std::ranges::lower_bound(lengths, length)) << length;
    }
}

// At every boundary between handles: a switch in the past gives what a switch at the time would have given.
TEST_P(ProgramFeedTest, forks_at_a_handle_to_the_bytes_that_a_switch_at_the_time_leaves) {
    ProgramFeed reference(setup());
    do {
        const EventIndex end = reference.log().end_index();
        if (reference.over()) break;
        const Storage other =
            GetParam().storage == Storage::contextvar ? Storage::global : Storage::contextvar;
        ProgramFeed live(setup(), {}, end.value);
        live.select(other);
        finish(live);
        const ProgramFeed forked(setup(), {{end - 1, other}}, live.log().size());
        ASSERT_EQ(trace::events_of(forked.log()), trace::events_of(live.log()))
            << "after event " << (end - 1).value;
        ASSERT_EQ(forked.switches(), live.switches());
        advance(reference);
    } while (!reference.over());
}

// At every event, the middles of handles included: what came before stays, what follows is the same but for
// its reads.
TEST_P(ProgramFeedTest, forks_at_any_event_without_touching_what_came_before) {
    ProgramFeed whole(setup());
    finish(whole);
    const std::vector<trace::Event> before = trace::events_of(whole.log());
    for (EventIndex after = whole.first_event(); after + 1 < whole.log().end_index(); ++after) {
        const EventIndex next = after + 1;
        const ProgramFeed forked(setup(), {{after, Storage::contextvar}}, whole.log().size() + 1);
        const std::vector<trace::Event> events = trace::events_of(forked.log());
        ASSERT_EQ(events.size(), before.size() + 1) << after.value;
        ASSERT_TRUE(std::equal(before.begin(), before.begin() + next.value, events.begin())) << after.value;
        ASSERT_EQ(forked.log()[next].kind(), trace::Kind::storage) << after.value;
        ASSERT_EQ(forked.log()[next].tag<Storage>(), Storage::contextvar);
        for (EventIndex at = next; at < whole.log().end_index(); ++at) {
            ASSERT_EQ(forked.log()[at + 1].kind(), whole.log()[at].kind())
                << "event " << at.value << " after a switch at " << after.value;
            ASSERT_EQ(forked.log()[at + 1].subject, whole.log()[at].subject)
                << "event " << at.value << " after a switch at " << after.value;
            ASSERT_EQ(forked.log().time(at + 1), whole.log().time(at))
                << "event " << at.value << " after a switch at " << after.value;
        }
    }
}

TEST(ProgramFeed, makes_several_switches_at_their_moments) {
    const feed::Setup setup = setup_of("indication", Storage::global);
    const std::vector<Switch> switches = {
        {{30}, Storage::contextvar}, {{31}, Storage::global}, {{120}, Storage::contextvar}};
    const ProgramFeed feed(setup, switches, 600);
    EXPECT_EQ(feed.switches(), switches);
    const std::vector<EventIndex> storages = trace::all_of_kind(feed.log(), trace::Kind::storage);
    EXPECT_THAT(storages,
                testing::ElementsAre(EventIndex{1}, EventIndex{31}, EventIndex{32}, EventIndex{121}));
}

// Also where the ready queue is taken in another order, of which the trace has no event of its own.
TEST(ProgramFeed, that_follows_a_schedule_has_a_trace_that_folds_to_its_loop_after_every_handle) {
    for (const char* program : {"indication-main", "created-before-set", "lock-fairness", "nested-cancel"}) {
        for (std::uint32_t seed = 1; seed <= 20; ++seed) {
            feed::Setup scheduled = setup_of(program, trace::Storage::contextvar);
            scheduled.schedule = explore::Schedule{{true, std::chrono::milliseconds(50), true}, {}};
            for (std::uint32_t at = 0; at < 200; ++at)
                scheduled.schedule->choices.push_back((at * 7 + seed * 5) % (1 + seed % 3));
            ProgramFeed feed(scheduled);
            trace::State state;
            do {
                while (state.size() < feed.log().size()) state.apply(feed.log()[{state.size()}]);
                ASSERT_EQ(loop_text(state), loop_text(feed.run())) << program << ", " << seed;
            } while (advance(feed));
        }
    }
}

TEST(ProgramFeed, that_follows_asyncio_s_own_order_by_a_schedule_writes_the_same_trace) {
    feed::Setup scheduled = setup_of("equal-deadlines", trace::Storage::global);
    ProgramFeed plain(scheduled);
    scheduled.schedule = explore::Schedule{{true, {}, true}, {}};
    ProgramFeed chosen(scheduled);
    while (advance(plain) && advance(chosen)) continue;
    finish(chosen);
    EXPECT_EQ(trace::events_of(chosen.log()), trace::events_of(plain.log()));
}

}  // namespace
}  // namespace loopscope::feed
