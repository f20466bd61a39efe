#include <array>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/core/format/hand_made.hpp"

namespace loopscope::format {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

Raw note(std::uint64_t marks, std::uint64_t event) {
    return [=](ByteWriter& out) {
        out.text("look");
        out.varint(marks);
        for (std::uint64_t each = 0; each < marks; ++each) {
            out.varint(event);
            out.text("");
        }
    };
}

std::string error_of(const Result<Loaded>& loaded) {
    return loaded ? "it opens; " + loaded->missing : loaded.error().message;
}

TEST(UnsoundFile, shows_what_stands_before_the_chunk_that_is_not_sound) {
    using trace::Kind;
    const std::vector<std::tuple<ChunkKind, Raw, std::string>> wrong = {
        {ChunkKind::events, plain(Kind::callback_end, 1, 1),
         "event 1 (callback_end) is wrong: it cannot stand"},
        {ChunkKind::events, plain(Kind::print, 7, 1), "it does not follow the one before it"},
        {ChunkKind::events, numbers({1, 0, 0, 1000}), "its lengths do not fit its content"},
        {ChunkKind::events, numbers({1, 0, 1, 0, 0}), "a string is empty, or not new"},
        {ChunkKind::notes, note(1, 99), "its lengths do not fit its content"},
        {ChunkKind::end, numbers({3, 0}), "it says that there are more events or fewer"},
        {ChunkKind::info, numbers({0}), "a file begins with what was run, and says it once"},
        {ChunkKind::schedule, numbers({0}), "it names a schedule anywhere but after what was run"},
    };
    for (const auto& [kind, raw, why] : wrong) {
        const auto loaded = HandMade().info().begin().chunk(kind, raw).load();
        ASSERT_TRUE(loaded) << loaded.error().message;
        EXPECT_EQ(loaded->log->size(), 1U);
        EXPECT_EQ(loaded->info.notes, "");
        EXPECT_THAT(loaded->missing, StartsWith("'t.loopscope' is not sound: in the chunk before byte "));
        EXPECT_THAT(loaded->missing, HasSubstr(why));
        EXPECT_THAT(loaded->missing, HasSubstr("; shown is what comes before it, up to event 0"));
    }
}

TEST(UnsoundFile, is_refused_where_nothing_stands_before_what_is_not_sound) {
    EXPECT_THAT(
        error_of(HandMade().info().chunk(ChunkKind::events, plain(trace::Kind::print, 0, 1)).load()),
        HasSubstr("event 0 (print) is wrong: it cannot stand as the first event; make the file again"));
}

TEST(UnsoundFile, may_hold_as_many_events_as_a_run_at_its_limit_writes_and_no_more) {
    static_assert(trace::max_stored_events > trace::max_events, "the handle under way goes on");
    HandMade file;
    file.info().begin().chunk(ChunkKind::events, plain(trace::Kind::print, 1, 9));
    const auto at_the_limit = file.load(Allowance(10));
    ASSERT_TRUE(at_the_limit);
    EXPECT_EQ(at_the_limit->log->size(), 10U);
    EXPECT_THAT(error_of(at_the_limit), HasSubstr("without an end")) << "and nothing else";
    const auto beyond = file.load(Allowance(9));
    ASSERT_TRUE(beyond);
    EXPECT_EQ(beyond->log->size(), 1U);
    EXPECT_THAT(beyond->missing, HasSubstr("there are more than 9 events; shown is"));
}

TEST(UnsoundFile, names_the_count_that_is_too_high_for_what_it_stores) {
    const auto with = [](ChunkKind kind, const Raw& raw) {
        return error_of(HandMade().info().begin().chunk(kind, raw).load());
    };
    EXPECT_THAT(error_of(HandMade().info({}, 1001).load()),
                HasSubstr("it names 1001 parameters, and a program has at most 1000"));
    EXPECT_THAT(error_of(HandMade().info(std::string(100'001, '\n')).load()),
                HasSubstr("its source has 100 KB in 100001 lines"));
    EXPECT_THAT(error_of(HandMade().info(std::string(5'000'000, 's')).load()),
                HasSubstr("its source has 5 MB in 0 lines"));
    EXPECT_THAT(error_of(HandMade()
                             .chunk(ChunkKind::info,
                                    [](ByteWriter& out) {
                                        out.text(std::string(70'000, 'p'));
                                        for (int each = 0; each < 4; ++each) out.u8(0);
                                    })
                             .load()),
                HasSubstr("its names have 70 KB, and may have 65 KB"));
    EXPECT_THAT(with(ChunkKind::notes, note(10'001, 0)), HasSubstr("10001 marks"));
    EXPECT_THAT(with(ChunkKind::events,
                     [](ByteWriter& out) {
                         for (const std::uint64_t number : std::array<std::uint64_t, 3>{1, 0, 1})
                             out.varint(number);
                         out.text(std::string(20'000'000, 's'));
                         out.varint(0);
                     }),
                HasSubstr("unfold to 20 MB, too much for a file of that size"));
    EXPECT_THAT(with(ChunkKind::events, plain(trace::Kind::print, 1, max_chunk_events + 1)),
                HasSubstr("it has more than 1048576 events"));
    HandMade many;
    many.info().begin();
    for (std::uint64_t each = 0; each < 8; ++each)
        many.chunk(ChunkKind::events, plain(trace::Kind::print, 1 + each * 1'000'000, 1'000'000));
    EXPECT_THAT(error_of(many.load()), HasSubstr("too many for a file of that size"));
    HandMade notes;
    notes.info().begin();
    for (int each = 0; each < 20; ++each)
        notes.chunk(ChunkKind::notes, [](ByteWriter& out) {
            out.text(std::string(1'000'000, 'n'));
            out.varint(0);
        });
    EXPECT_THAT(error_of(notes.load()), HasSubstr("its texts are too large for a file of that size"));
}

TEST(UnsoundFile, does_not_unfold_chunks_that_are_passed_over) {
    HandMade file;
    file.info().begin();
    for (int each = 0; each < 3; ++each)
        file.chunk(static_cast<ChunkKind>(four("LATE")),
                   [](ByteWriter& out) { out.append(std::vector<std::byte>(8'000'000)); });
    const auto loaded = file.chunk(ChunkKind::end, numbers({1, 0})).load();
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->missing, "");
}

}  // namespace
}  // namespace loopscope::format
