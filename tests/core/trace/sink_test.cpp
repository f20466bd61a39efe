#include "core/trace/sink.hpp"

#include <gtest/gtest.h>

#include "core/trace/log.hpp"

namespace loopscope::trace {
namespace {

TEST(Sink, gives_events_their_place_from_zero) {
    Log log;
    EXPECT_EQ(log.size(), 0u);
    EXPECT_EQ(log.emit(Kind::begin), EventIndex{0});
    EXPECT_EQ(log.emit(Kind::set), EventIndex{1});
    EXPECT_EQ(log.size(), 2u);
}

TEST(Sink, keeps_all_that_an_event_says) {
    Log log;
    log.set_time(Time(70));
    log.emit(Kind::set, 3, 0xfedcba98u, tagged(7, Event::line_limit - 1));
    const Event& event = log[EventIndex{0}];
    EXPECT_EQ(event.kind(), Kind::set);
    EXPECT_EQ(event.since(), 70u);
    EXPECT_EQ(event.task(), TaskId{3});
    EXPECT_EQ(event.a, 0xfedcba98u);
    EXPECT_EQ(event.tag(), 7);
    EXPECT_EQ(event.line(), Event::line_limit - 1);
}

TEST(Sink, gives_equal_strings_one_number_however_they_come) {
    Log log;
    const StringId number = log.intern("indication");
    EXPECT_EQ(log.intern_literal("indication"), number);
    EXPECT_EQ(log.intern_literal("sleep"), log.intern("sleep"));
    EXPECT_EQ(log.intern_literal("indication"), number);
    EXPECT_EQ(log.strings()[number], "indication");
    EXPECT_EQ(log.strings().size(), 2u);
}

TEST(Sink, that_discards_counts_events_as_a_log_does) {
    Discard discard;
    Log log;
    for (int round = 0; round < 1000; ++round) {
        discard.set_time(std::chrono::milliseconds(round));
        log.set_time(std::chrono::milliseconds(round));
        EXPECT_EQ(discard.emit(Kind::get), log.emit(Kind::get));
    }
    EXPECT_EQ(discard.size(), log.size());
}

}  // namespace
}  // namespace loopscope::trace
