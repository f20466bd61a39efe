#include "app/session/saving.hpp"

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/session/file_engine.hpp"
#include "app/session/opening.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using namespace std::chrono_literals;

Result<void> finish(Saving& saving) {
    for (;;) {
        if (auto over = saving.advance(0ns)) return *over;
        std::this_thread::sleep_for(1ms);
    }
}

TEST(Saving, keeps_the_run_as_it_is_when_it_begins_with_notes_and_marks) {
    const TemporaryFolder folder;
    Session session(setup_of("indication", trace::Storage::global, {{"duration", "3600"}}));
    session.run(Time(3000s));
    const std::vector<trace::Event> events = trace::events_of(session.log());
    format::Info info = info_of(session.engine());
    info.notes = "see the mark";
    info.marks = {{7, "here"}, {500, "and here"}};
    Saving saving(folder.path() / "t.loopscope", session.branch(), info);
    EXPECT_EQ(saving.events(), events.size());
    EXPECT_FALSE(saving.advance(0ns)) << "it is too long for one slice";
    EXPECT_GT(saving.done(), 0);
    session.run();
    session.seek(100);
    session.select(trace::Storage::contextvar);
    ASSERT_TRUE(finish(saving));
    const auto opened = read_trace(saving.path());
    ASSERT_TRUE(opened);
    EXPECT_EQ(trace::events_of(*opened->log), events);
    EXPECT_EQ(opened->info, info);
    EXPECT_EQ(opened->missing, "");
}

TEST(Saving, says_why_a_file_cannot_be_written) {
    const TemporaryFolder folder;
    const Session session = finished_seed();
    Saving saving(folder.path() / "nowhere" / "t.loopscope", session.branch(), info_of(session.engine()));
    const auto over = finish(saving);
    ASSERT_FALSE(over);
    EXPECT_THAT(over.error().message, testing::HasSubstr("t.loopscope"));
}

TEST(Saving, that_is_left_writes_nothing) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder.path() / "t.loopscope";
    const Session session = finished_seed();
    { const Saving saving(path, session.branch(), info_of(session.engine())); }
    EXPECT_FALSE(std::filesystem::exists(path));
}

}  // namespace
}  // namespace loopscope::session
