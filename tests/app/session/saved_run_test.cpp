// SPDX-License-Identifier: MIT
#include "core/feed/saved_run.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/feed/file_feed.hpp"
#include "core/feed/opening.hpp"
#include "core/format/saver.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using trace::Storage;

class SavedRunTest : public testing::Test {
  protected:
    /// Saves a session as it is, and opens the file as a run that is too long to run again at once.
    [[nodiscard]] Session reopened(const Session& session) const {
        return reopened(session, feed::info_of(session.feed()));
    }
    [[nodiscard]] Session reopened(const Session& session, const format::Info& info) const {
        EXPECT_TRUE(format::save(path, session.log(), info));
        feed::Opening opening(path, {.run_at_once = 0});
        Rest rest;
        EXPECT_EQ(poll_until_over([&] { return opening.poll(1ms); }, rest), Status::ended);
        return Session(opening.take().branch);
    }
    /// Returns a run of the seed's program up to 0.6 s, with a switch at 0.3 s.
    [[nodiscard]] static Session half_way() {
        Session live = seed();
        run(live, Time(300ms));
        live.select(Storage::contextvar);
        run(live, Time(600ms));
        return live;
    }
    /// Returns whether a session shows what a file has, and nothing has run for it.
    static bool is_saved(const Session& session) { return !session.feed().is_running(); }

    TemporaryFolder folder;
    std::filesystem::path path = folder.path() / "t.loopscope";
};

TEST_F(SavedRunTest, is_looked_at_without_being_run) {
    Session live = finished_seed(Storage::contextvar);
    Session file = reopened(live);
    live.go_to_start();
    EXPECT_EQ(here(file), here(live));
    while (step(live, What::handle)) {
        EXPECT_TRUE(step(file, What::handle));
        ASSERT_EQ(here(file), here(live));
    }
    EXPECT_FALSE(step(file, What::handle)) << "the program is over";
    EXPECT_TRUE(file.at_end());
    EXPECT_TRUE(is_saved(file));
    EXPECT_EQ(file.about().name, "indication");
    ASSERT_NE(file.setup(), nullptr);
}

TEST_F(SavedRunTest, runs_again_when_it_is_to_go_on) {
    Session live = half_way();
    Session file = reopened(live);
    const std::uint64_t shown = file.run();
    file.go_to_head();
    EXPECT_TRUE(is_saved(file));
    EXPECT_TRUE(step(file, What::handle));
    EXPECT_FALSE(is_saved(file));
    EXPECT_EQ(file.run(), shown) << "it is the same run";
    run(live);
    run(file);
    EXPECT_EQ(trace::events_of(file.log()), trace::events_of(live.log()));
    EXPECT_EQ(file.switches(), live.switches());
}

TEST_F(SavedRunTest, stays_as_it_is_where_the_user_turns_away_meanwhile) {
    Session live(setup_of("indication", Storage::global, {{"duration", "3600"}, {"interval", "0.001"}}));
    run(live, Time(5s));
    Session file = reopened(live);
    file.go_to_head();
    file.poll({.time = 0ns, .handles = 1});
    EXPECT_TRUE(file.catching_up()) << "it is longer than what runs at once";
    file.go_to_start();
    EXPECT_FALSE(file.catching_up());
    EXPECT_TRUE(is_saved(file));
    EXPECT_FALSE(file.over());
}

TEST_F(SavedRunTest, goes_on_with_another_storage_at_its_head_and_in_the_past) {
    for (const bool at_head : {true, false}) {
        Session live = half_way();
        Session file = reopened(live);
        for (Session* const each : {&live, &file}) {
            if (at_head)
                each->go_to_head();
            else
                each->seek(live.index().handles().first(HandleIndex{20}));
            ASSERT_TRUE(each->can_select());
            each->select(Storage::context_shared);
            run(*each);
        }
        EXPECT_EQ(trace::events_of(file.log()), trace::events_of(live.log())) << at_head;
        EXPECT_EQ(file.switches(), live.switches());
        EXPECT_TRUE(file.undo());
        EXPECT_TRUE(is_saved(file)) << "what the file has is shown again";
    }
}

TEST_F(SavedRunTest, begins_anew_where_the_storage_is_switched_at_the_end) {
    Session file = reopened(finished_seed());
    file.go_to_head();
    file.select(Storage::contextvar);
    run(file);
    EXPECT_EQ(whole_output(file), whole_output(finished_seed(Storage::contextvar)));
}

TEST_F(SavedRunTest, of_another_version_is_a_recording_once_that_is_known) {
    Session other(setup_of("indication", Storage::global, {{"symbols", "0xyz"}}));
    run(other, Time(600ms));
    const format::Info info = feed::info_of(seed().feed());  // it says that its symbols are 0abc
    Session file = reopened(other, info);
    const std::string output = whole_output(file);
    file.go_to_head();
    EXPECT_FALSE(step(file, What::handle));
    EXPECT_THAT(file.take_failure(),
                HasSubstr("this version of 'indication' does not make what 't.loopscope' "
                          "has: it differs from event "));
    EXPECT_TRUE(file.over());
    EXPECT_EQ(file.setup(), nullptr);
    EXPECT_THAT(file.can_select().error().message, HasSubstr("'t.loopscope' is a recording"));
    EXPECT_EQ(whole_output(file), output) << "what it has stays";
}

TEST_F(SavedRunTest, of_another_version_is_not_forked_either) {
    Session other(setup_of("indication", Storage::global, {{"symbols", "0xyz"}}));
    run(other);
    Session file = reopened(other, feed::info_of(seed().feed()));
    const std::size_t events = file.log().size();
    file.seek(file.index().handles().first(HandleIndex{20}));
    file.select(Storage::contextvar);
    EXPECT_NE(file.take_failure(), "");
    EXPECT_EQ(file.log().size(), events);
    EXPECT_FALSE(file.can_select());
}

TEST_F(SavedRunTest, plays_to_its_end) {
    Session live = half_way();
    Session file = reopened(live);
    Pursuit play(file, {What::time});
    Rest rest;
    EXPECT_EQ(poll_until_over([&] { return play.poll(file, 1ms); }, rest), Status::ended);
    run(live);
    EXPECT_EQ(file.cursor(), live.head());
}

}  // namespace
}  // namespace loopscope::session
