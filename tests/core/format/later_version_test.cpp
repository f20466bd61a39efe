#include <fstream>
#include <regex>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/exchange/chrome_export.hpp"
#include "core/exchange/text_export.hpp"
#include "core/format/saver.hpp"
#include "core/trace/index.hpp"
#include "core/trace/state.hpp"
#include "core/trace/text.hpp"
#include "core/trace/transitions.hpp"
#include "tests/core/base/temporary_folder.hpp"
#include "tests/core/format/hand_made.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::format {
namespace {

using testing::HasSubstr;
using trace::Kind;
using trace::tagged;

constexpr Kind ignorable{200};
constexpr Kind other_ignorable{255};
constexpr Kind needed{99};
constexpr std::uint8_t later_tag = 150;

std::string content_of(const std::filesystem::path& path) {
    std::ostringstream all;
    all << std::ifstream(path).rdbuf();
    return all.str();
}

/// Saves a log and reads it again.
Loaded reopened(const trace::Log& log) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "later.loopscope";
    EXPECT_TRUE(save(path, log, {}));
    auto loaded = load(path);
    EXPECT_TRUE(loaded) << loaded.error().message;
    return std::move(*loaded);
}

/// A trace in which a later version says something of its own before and behind each event.
std::shared_ptr<trace::Log> of_a_later_version(bool says_more) {
    auto log = std::make_shared<trace::Log>();
    const auto later = [&](Kind kind, std::uint32_t number) {
        if (says_more) log->emit(kind, number, ~number, 7 * number);
    };
    const std::uint32_t name = log->intern("worker").value;
    log->emit(Kind::begin, 0, name);
    later(ignorable, 1);
    log->emit(Kind::spawn, 1, name, tagged(trace::Start::soon, 3));
    later(other_ignorable, 2);
    log->emit(Kind::iteration, 1, 1);
    later(ignorable, 3);
    log->emit(Kind::step, 1, 0, tagged(trace::Resume::first));
    later(ignorable, 4);
    log->emit(Kind::print, 1, name, tagged(0, 4));
    later(ignorable, 5);
    log->emit(Kind::finish, 1);
    later(ignorable, 6);
    log->emit(Kind::end);
    later(ignorable, 7);
    return log;
}

TEST(LaterVersion, file_opens_with_what_can_be_passed_over_in_its_place) {
    const auto log = of_a_later_version(true);
    const Loaded loaded = reopened(*log);
    EXPECT_EQ(trace::events_of(*loaded.log), trace::events_of(*log));
    EXPECT_EQ(loaded.missing,
              "7 events of kinds 200 and 255 were passed over, which only a newer Loopscope knows");
    EXPECT_EQ(trace::events_of(*reopened(*loaded.log).log), trace::events_of(*log)) << "saved again";
    EXPECT_EQ(reopened(*of_a_later_version(false)).missing, "");
}

TEST(LaterVersion, events_change_nothing_that_others_tell) {
    const auto with = of_a_later_version(true);
    const auto without = of_a_later_version(false);
    trace::Index index;
    index.update(*with);
    trace::Index plain;
    plain.update(*without);
    ASSERT_EQ(index.handles().size(), plain.handles().size());
    EXPECT_EQ(index.prints().size(), 1U);
    EXPECT_EQ(index.width(), plain.width());
    EXPECT_EQ(index.last_event({0}), EventIndex{10}) << "what stands behind the handle is not of it";
    trace::State state;
    for (EventIndex at; at < with->end_index(); ++at) state.apply((*with)[at]);
    EXPECT_EQ(state.task(TaskId{1}).phase, trace::TaskStatus::Phase::ended);
    EXPECT_EQ(state.size(), with->size());
    EXPECT_EQ(state.ending(), trace::Ending::ok);
}

TEST(LaterVersion, event_is_shown_by_its_number) {
    const auto log = of_a_later_version(true);
    EXPECT_EQ(trace::line_of(*log, {1}), "     1  0.000000000  kind_200      of a later version");
}

TEST(LaterVersion, event_has_a_time_like_any_other_and_stands_behind_the_first) {
    trace::Checker checker;
    ASSERT_FALSE(checker.check({200, 0, 0, 0}, 0));
    EXPECT_FALSE(checker.needs_later_version());
    trace::Checker other;
    ASSERT_TRUE(other.check({200 << 8, 0, 0, 0}, 0)) << "begin, at 200 ns";
    const auto back = other.check({200, 0, 0, 0}, 0);
    ASSERT_FALSE(back);
    EXPECT_EQ(back.error().message,
              "event 1 (later) is wrong: its time is before that of the event before it");
}

TEST(LaterVersion, words_are_read_as_the_general_ones) {
    trace::Log log;
    log.emit(Kind::begin);
    log.emit(Kind::ready, 0, 0, tagged(later_tag));
    log.emit(Kind::spawn, 1);
    log.emit(Kind::name, 5, 0, tagged(later_tag));
    log.emit(Kind::iteration, 1, 2);
    log.emit(Kind::callback, 0, 0, tagged(later_tag));
    log.emit(Kind::callback_end);
    log.emit(Kind::step, 1, 0, tagged(trace::Resume::first));
    log.emit(Kind::suspend, 1, 9, tagged(later_tag));
    log.emit(Kind::wake, 1, 9, tagged(later_tag));
    const Loaded loaded = reopened(log);
    EXPECT_EQ(trace::events_of(*loaded.log), trace::events_of(log));
    EXPECT_THAT(loaded.missing, HasSubstr("5 words for waits, callbacks or names were passed over"));
    EXPECT_EQ(trace::details_of(log, {8}), "task 1  later 9");
}

TEST(LaterVersion, word_of_an_enum_that_cannot_grow_is_refused) {
    trace::Log log;
    log.emit(Kind::begin);
    log.emit(Kind::storage, 0, 0, tagged(later_tag));
    const auto checked = trace::check(log);
    ASSERT_FALSE(checked);
    EXPECT_THAT(checked.error().message, HasSubstr("its tag is 150, which means nothing"));
}

TEST(LaterVersion, file_that_needs_it_is_shown_up_to_there_and_not_blamed) {
    const auto loaded = HandMade().info().begin().chunk(ChunkKind::events, plain(needed, 1, 1)).load();
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->log->size(), 1U);
    EXPECT_EQ(
        loaded->missing,
        "'t.loopscope' needs a newer Loopscope: event 1 is of kind 99, which this Loopscope does not know; "
        "open it with the Loopscope that saved it; shown is what comes before it, up to event 0");
    const auto refused = HandMade().info().chunk(ChunkKind::events, plain(needed, 0, 1)).load();
    ASSERT_FALSE(refused);
    EXPECT_EQ(
        refused.error().message,
        "'t.loopscope' needs a newer Loopscope: event 0 is of kind 99, which this Loopscope does not know; "
        "open it with the Loopscope that saved it");
}

TEST(LaterVersion, file_of_the_future_opens) {
    const auto loaded = HandMade()
                            .info()
                            .begin()
                            .chunk(static_cast<ChunkKind>(four("LATE")), numbers({1, 2, 3}))
                            .chunk(ChunkKind::events, plain(ignorable, 1, 3))
                            .chunk(ChunkKind::events, plain(needed, 4, 1))
                            .load();
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->log->size(), 4U);
    EXPECT_THAT(loaded->missing, HasSubstr("event 4 is of kind 99"));
    EXPECT_THAT(loaded->missing, HasSubstr("3 events of kind 200 were passed over"));
}

TEST(LaterVersion, trace_is_exported_as_if_nothing_had_been_passed_over) {
    const TemporaryFolder folder;
    const auto path = folder.path() / "out.csv";
    ASSERT_TRUE(exchange::write_csv(path, *of_a_later_version(true)));
    EXPECT_THAT(content_of(path), HasSubstr("\n1,0,kind_200,1,4294967294,7,0,of a later version\n"));
    const auto chrome = [&](bool says_more) {
        EXPECT_TRUE(exchange::write_chrome(folder.path() / "out.json", *of_a_later_version(says_more)));
        // But for what is kept so that the trace can be read again.
        const std::regex kept(
            R"(,"args":\{"format[^\n]*\}|,"events":"[^\n]*"|,\n[^\n]*"the last events"[^\n]*)");
        return std::regex_replace(content_of(folder.path() / "out.json"), kept, "");
    };
    EXPECT_EQ(chrome(true), chrome(false));
}

}  // namespace
}  // namespace loopscope::format
