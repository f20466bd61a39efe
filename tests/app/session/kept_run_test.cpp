#include "app/session/kept_run.hpp"

#include <gtest/gtest.h>

#include "app/session/tweak.hpp"
#include "core/feed/file_feed.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using trace::Storage;

constexpr std::uint32_t enough = 1'000'000;

/// A kept run of the seed's program, compared with a session to its end.
KeptRun kept_seed(const Session& session, Storage storage = Storage::global,
                  const std::vector<scenario::Setting>& settings = {}) {
    KeptRun kept;
    kept.keep(Session(setup_of("indication", storage, settings)));
    while (kept.update(session, enough)) {
    }
    return kept;
}

/// The places at which two texts differ, the longer one to its end. Prints are single characters.
std::vector<PrintIndex> plain_differences(std::string_view one, std::string_view other) {
    std::vector<PrintIndex> prints;
    for (std::size_t index = 0; index < std::max(one.size(), other.size()); ++index) {
        if (index >= one.size() || index >= other.size() || one[index] != other[index])
            prints.push_back(PrintIndex::of(index));
    }
    return prints;
}

TEST(KeptRun, differs_where_a_plain_comparison_of_the_outputs_does) {
    const std::vector<std::vector<scenario::Setting>> changes = {
        {}, {{"symbols", "abcd"}}, {{"interval", "0.05"}}, {{"interval", "0.05"}, {"symbols", "xy"}}};
    for (const Storage storage : {Storage::global, Storage::contextvar}) {
        const Session session = finished_seed(storage);
        for (const Storage other : {Storage::global, Storage::contextvar}) {
            for (const auto& settings : changes) {
                const KeptRun kept = kept_seed(session, other, settings);
                EXPECT_EQ(kept.differences(),
                          plain_differences(whole_output(session), trace::output_of(kept.side().log)));
            }
        }
    }
}

TEST(KeptRun, compares_what_there_is_while_the_session_grows) {
    Session session = seed(Storage::contextvar);
    KeptRun kept = kept_seed(session);
    EXPECT_EQ(kept.compared(), 0u);
    for (int each = 0; each < 5; ++each) step(session, What::print);
    kept.update(session, enough);
    EXPECT_EQ(kept.compared(), 5u);
    EXPECT_EQ(kept.differences(), (std::vector<PrintIndex>{{0}, {1}, {2}, {4}}));
}

TEST(KeptRun, begins_anew_when_the_session_forks) {
    Session session = finished_seed();
    KeptRun kept = kept_seed(session);
    EXPECT_TRUE(kept.differences().empty());
    session.seek(session.index().prints().event({3}));
    session.select(Storage::contextvar);
    run(session);
    kept.update(session, enough);
    EXPECT_EQ(kept.differences(), plain_differences(whole_output(session), repeat("c", 40)));
    EXPECT_FALSE(kept.differences().empty());
}

TEST(KeptRun, keeps_the_switches_that_were_made) {
    Session session = seed();
    for (int each = 0; each < 6; ++each) step(session, What::print);
    session.select(Storage::contextvar);
    run(session);
    KeptRun kept;
    kept.keep(session);
    while (kept.update(session, enough)) {
    }
    EXPECT_TRUE(kept.differences().empty());
    EXPECT_EQ(trace::output_of(kept.side().log), whole_output(session));
    EXPECT_EQ(kept.rows(session)[1].kept, "global → contextvar");
}

TEST(KeptRun, says_what_sets_the_two_apart) {
    const Session session = finished_seed(Storage::contextvar);
    EXPECT_EQ(kept_seed(session).names(session), std::pair(std::string("contextvar"), std::string("global")));
    const KeptRun kept = kept_seed(session, Storage::contextvar, {{"interval", "0.2"}});
    EXPECT_EQ(kept.names(session), std::pair(std::string("interval=0.1"), std::string("interval=0.2")));
    EXPECT_EQ(kept_seed(session, Storage::contextvar).names(session).first, "this run");
}

TEST(KeptRun, swaps_with_the_session_and_back_and_that_can_be_taken_back) {
    Session session = finished_seed();
    KeptRun kept = kept_seed(session, Storage::global, {{"symbols", "xy"}});
    const std::string one = whole_output(session);
    const std::string other = trace::output_of(kept.side().log);
    kept.swap(session);
    run(session);
    EXPECT_EQ(whole_output(session), other);
    while (kept.update(session, enough)) {
    }
    EXPECT_EQ(trace::output_of(kept.side().log), one);
    session.undo();
    EXPECT_EQ(whole_output(session), one);
}

TEST(KeptRun, leads_from_difference_to_difference) {
    Session session = finished_seed();
    const KeptRun kept = kept_seed(session, Storage::global, {{"symbols", "0abd"}});
    session.go_to_start();
    std::vector<PrintIndex> prints;
    const auto differs = [&](PrintIndex print) { return differ_at(side_of(session), kept.side(), print); };
    while (drive(session, {.what = What::difference, .differs = differs}))
        prints.push_back(session.index().last_print(session.cursor()).value());
    EXPECT_EQ(prints, kept.differences());
    std::size_t back = 0;
    while (drive(session, {.what = What::difference, .differs = differs, .direction = Direction::back}))
        ++back;
    EXPECT_GE(back + 1, prints.size());
}

/// A session on a recording of a program's run, made under a schedule.
Session recorded(Storage storage, const std::string& schedule) {
    const Session ran = finished_seed(storage);
    format::Info info = feed::info_of(ran.feed());
    info.schedule = schedule;
    auto feed = std::make_shared<feed::FileFeed>(std::shared_ptr<const trace::Log>(ran.branch(), &ran.log()),
                                                 std::move(info), "app.loopscope");
    auto branch = std::make_shared<feed::Branch>(std::move(feed));
    branch->update();
    return Session(std::move(branch));
}

TEST(KeptRun, of_a_recording_is_that_recording_and_is_compared_with_any_other) {
    Session session = recorded(Storage::contextvar, "ties,3=1");
    KeptRun kept;
    kept.keep(recorded(Storage::global, "").branch());
    while (kept.update(session, enough)) {
    }
    EXPECT_EQ(kept.differences(), plain_differences(whole_output(session), repeat("c", 40)));
    EXPECT_FALSE(kept.cut());
    EXPECT_EQ(kept.names(session), std::pair(std::string("a schedule with 1 choice of its own"),
                                             std::string("asyncio's own order")));
}

TEST(KeptRun, of_a_recording_is_exchanged_at_the_same_print_and_back) {
    Session session = recorded(Storage::contextvar, "ties,3=1");
    session.seek(session.index().prints().event({5}));
    KeptRun kept;
    kept.keep(recorded(Storage::global, "").branch());
    const std::string output = whole_output(session);
    kept.swap(session);
    EXPECT_EQ(whole_output(session), repeat("c", 40));
    EXPECT_EQ(session.cursor(), session.index().prints().event({5}));
    kept.swap(session);
    EXPECT_EQ(whole_output(session), output);
    session.undo();
    EXPECT_EQ(whole_output(session), repeat("c", 40));
}

}  // namespace
}  // namespace loopscope::session
