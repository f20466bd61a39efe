#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/feed/file_feed.hpp"
#include "core/feed/opening.hpp"
#include "core/format/saver.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using testing::HasSubstr;
using trace::Storage;

class SessionOfFileTest : public testing::Test {
  protected:
    /// Saves a session as it is, and opens the file.
    [[nodiscard]] Session reopened(const Session& session, bool changed = false) const {
        format::Info info = feed::info_of(session.feed());
        if (changed) info.source += "// as it was before it was changed\n";
        EXPECT_TRUE(format::save(path, session.log(), info));
        auto opened = feed::open_trace(path);
        EXPECT_TRUE(opened) << opened.error().message;
        EXPECT_EQ(opened->notice, "");
        return Session(opened->branch);
    }

    TemporaryFolder folder;
    std::filesystem::path path = folder.path() / "t.loopscope";
};

TEST_F(SessionOfFileTest, shows_a_saved_run_step_by_step_as_the_run_itself) {
    Session live = finished_seed(Storage::contextvar);
    Session file = reopened(live, true);
    EXPECT_EQ(file.setup(), nullptr) << "of a program that has changed since";
    live.go_to_start();
    EXPECT_EQ(here(file), here(live));
    while (step(live, What::handle)) {
        EXPECT_TRUE(step(file, What::handle));
        ASSERT_EQ(here(file), here(live));
    }
    EXPECT_TRUE(file.at_end());
}

TEST_F(SessionOfFileTest, says_in_a_sentence_that_a_recording_cannot_be_switched) {
    Session file = reopened(finished_seed(), true);
    const auto can = file.can_select();
    ASSERT_FALSE(can);
    EXPECT_EQ(
        can.error().message,
        "'t.loopscope' is a recording: its storage cannot be switched; choose a program above to run one");
    file.select(Storage::contextvar);
    EXPECT_EQ(file.storage(), Storage::global);
}

TEST_F(SessionOfFileTest, runs_again_in_the_order_that_it_was_recorded_in) {
    auto setup = setup_of("indication", Storage::global, {{"step-cost", "0"}});
    Session plain(setup);
    run(plain);
    setup.schedule = explore::parse_schedule("ties,0=1").value();
    Session live(setup);
    run(live);
    ASSERT_NE(trace::events_of(live.log()), trace::events_of(plain.log()));
    Session file = reopened(live);
    ASSERT_NE(file.setup(), nullptr);
    EXPECT_EQ(file.setup()->schedule, setup.schedule);
    EXPECT_TRUE(file.can_select());
}

TEST_F(SessionOfFileTest, takes_what_ran_in_an_order_that_asyncio_does_not_have) {
    auto setup = setup_of("indication", Storage::global);
    for (const char* const schedule : {"ready,0=3", "ties,jitter=0.01,ready,2=1,9=2,20=3"}) {
        setup.schedule = explore::parse_schedule(schedule).value();
        Session live(setup);
        run(live);
        const Session file = reopened(live);
        EXPECT_EQ(whole_output(file), whole_output(live)) << schedule;
    }
}

TEST_F(SessionOfFileTest, is_only_shown_where_its_schedule_makes_no_sense) {
    const Session live = finished_seed();
    format::Info info = feed::info_of(live.feed());
    info.schedule = "no schedule";
    ASSERT_TRUE(format::save(path, live.log(), info));
    const Session file(feed::open_trace(path)->branch);
    EXPECT_EQ(file.setup(), nullptr);
}

TEST_F(SessionOfFileTest, says_what_the_file_notes) {
    const Session live = finished_seed();
    format::Info info = feed::info_of(live.feed());
    info.notes = "look at c";
    ASSERT_TRUE(format::save(path, live.log(), info));
    EXPECT_EQ(feed::read_trace(path)->notice(), "Note: look at c");
}

TEST_F(SessionOfFileTest, brings_its_source_along) {
    const Session live = finished_seed();
    const Session file = reopened(live, true);
    EXPECT_EQ(file.about().source_file, "indication.cpp");
    EXPECT_EQ(file.about().source(),
              std::string(live.about().source()) + "// as it was before it was changed\n");
}

TEST_F(SessionOfFileTest, forks_a_saved_run_of_a_program_that_is_still_the_same) {
    Session live = seed();
    run(live, Time(std::chrono::milliseconds(300)));
    live.select(Storage::contextvar);
    run(live, Time(std::chrono::milliseconds(600)));
    Session file = reopened(live);
    ASSERT_NE(file.setup(), nullptr);
    EXPECT_EQ(trace::events_of(file.log()), trace::events_of(live.log()));
    EXPECT_EQ(file.switches(), live.switches());
    run(live);
    run(file);
    EXPECT_EQ(trace::events_of(file.log()), trace::events_of(live.log())) << "and it goes on";
}

TEST_F(SessionOfFileTest, is_left_and_come_back_to_by_undo) {
    Session session = finished_seed();
    const std::string before = here(session);
    ASSERT_TRUE(format::save(path, finished_seed(Storage::contextvar).log(), {}));
    session.open(feed::open_trace(path)->branch);
    session.go_to_head();
    const std::string opened = here(session);
    EXPECT_EQ(session.about().name, "t.loopscope");
    EXPECT_TRUE(session.undo());
    EXPECT_EQ(here(session), before);
    EXPECT_EQ(session.about().name, "indication");
    EXPECT_TRUE(session.redo());
    EXPECT_EQ(session.about().name, "t.loopscope");
    session.restart(setup_of("indication", Storage::global));
    EXPECT_TRUE(session.undo());
    EXPECT_EQ(session.about().name, "t.loopscope");
    EXPECT_EQ(here(session), opened);
}

TEST_F(SessionOfFileTest, opens_a_chrome_trace_by_its_ending) {
    const auto json = folder.path() / "t.json";
    std::ofstream(json) << R"([{"ph":"X","ts":0,"dur":5,"tid":1,"name":"work"},{"ph":"C"}])";
    const auto opened = feed::open_trace(json);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_THAT(opened->notice, HasSubstr("1 of 2 records"));
    const Session session(opened->branch);
    ASSERT_EQ(session.index().slices().slices(), 1U);
    EXPECT_EQ(session.log().strings()[session.index().slices().names()[0]], "work");
}

}  // namespace
}  // namespace loopscope::session
