// The beginning of a long file that is looked at, and then the whole in its place.

#include <gmock/gmock.h>

#include "app/session/search.hpp"
#include "core/feed/opening.hpp"
#include "tests/support/long_file.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using feed::LongFile;

struct Arrived {
    explicit Arrived(const LongFile& file) : arrival(feed::open_trace(file.path()).value()) {}

    feed::Opening::Arrival arrival;

    bool completes(Session& session, const std::shared_ptr<feed::Branch>& beginning) {
        return session.complete(beginning, arrival.branch, arrival.annotations);
    }
};

TEST(SessionOfBeginning, stays_where_it_is_as_the_whole_comes) {
    const LongFile file;
    const auto beginning = file.beginning();
    Session session(beginning);
    for (int each = 0; each < 20; ++each) ASSERT_TRUE(step(session, What::handle));
    const std::string before = here(session);
    const EventIndex cursor = session.cursor();
    const std::uint64_t run = session.run();
    EXPECT_FALSE(session.over());
    EXPECT_TRUE(Arrived(file).completes(session, beginning));
    EXPECT_EQ(here(session), before);
    EXPECT_EQ(session.cursor(), cursor);
    EXPECT_EQ(session.run(), run);
    EXPECT_EQ(session.log().size(), file.log().size());
    EXPECT_TRUE(session.over());
    EXPECT_TRUE(step(session, What::handle));
}

TEST(SessionOfBeginning, keeps_what_was_written_beside_what_the_file_says) {
    const LongFile file;
    const auto beginning = file.beginning();
    Session session(beginning);
    session.mark(EventIndex{55}, "mine");
    session.mark(EventIndex{60}, "mine too");
    EXPECT_TRUE(Arrived(file).completes(session, beginning));
    EXPECT_EQ(session.annotations().notes, "from the file");
    const std::vector<trace::Mark> marks = {
        {EventIndex{50}, "of the file"}, {EventIndex{55}, "mine"}, {EventIndex{60}, "mine too"}};
    EXPECT_EQ(session.annotations().marks, marks);
}

TEST(SessionOfBeginning, is_what_undo_returns_to_as_a_whole) {
    const LongFile file;
    const auto beginning = file.beginning();
    Session session(beginning);
    session.restart(setup_of("threads", trace::Storage::global));
    EXPECT_FALSE(Arrived(file).completes(session, beginning)) << "something else is shown";
    EXPECT_NE(session.log().size(), file.log().size());
    EXPECT_TRUE(session.undo());
    EXPECT_EQ(session.log().size(), file.log().size());
}

// A step beyond its end waits instead of telling that nothing comes there.
TEST(SessionOfBeginning, lets_a_step_at_its_end_wait_for_the_whole) {
    const LongFile file;
    const auto beginning = file.beginning();
    Session session(beginning);
    session.go_to_head();
    Pursuit pursuit(session, {What::handle});
    EXPECT_EQ(pursuit.poll(session, std::chrono::seconds(1)), Status::waiting);
    EXPECT_TRUE(Arrived(file).completes(session, beginning));
    EXPECT_EQ(pursuit.poll(session, std::chrono::seconds(1)), Status::ended);
    EXPECT_TRUE(pursuit.found());
    EXPECT_GE(session.cursor(), beginning->feed->log().end_index() - 1);
}

}  // namespace
}  // namespace loopscope::session
