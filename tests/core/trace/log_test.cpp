#include "core/trace/log.hpp"

#include <gtest/gtest.h>

#include "tests/support/describe.hpp"

namespace loopscope::trace {
namespace {

using namespace std::chrono_literals;

TEST(Log, knows_when_everything_happened) {
    Log log;
    log.emit(Kind::begin);
    log.set_time(1us);
    log.emit(Kind::stop);
    log.set_time(2us);
    log.emit(Kind::stop);
    log.emit(Kind::stop);
    EXPECT_EQ(log.time({0}), 0us);
    EXPECT_EQ(log.time({1}), 1us);
    EXPECT_EQ(log.time({2}), 2us);
    EXPECT_EQ(log.time({3}), 2us);
    EXPECT_TRUE(all_of_kind(log, Kind::clock).empty()) << text_of(log);
}

TEST(Log, says_the_absolute_time_when_the_offset_no_longer_fits) {
    Log log;
    const Time last_fit(Event::since_limit - 1);
    log.set_time(last_fit);
    log.emit(Kind::begin);
    EXPECT_EQ(log.size(), 1u);
    log.set_time(last_fit + 1ns);
    log.emit(Kind::stop);
    ASSERT_EQ(log.size(), 3u);
    EXPECT_EQ(log[EventIndex{1}].kind(), Kind::clock);
    EXPECT_EQ(clock_time(log[EventIndex{1}]), last_fit + 1ns);
    EXPECT_EQ(log.time({0}), last_fit);
    EXPECT_EQ(log.time({1}), last_fit + 1ns);
    EXPECT_EQ(log.time({2}), last_fit + 1ns);
}

TEST(Log, knows_times_that_need_more_than_32_bits) {
    Log log;
    log.set_time(24h * 365 * 100);
    log.emit(Kind::begin);
    EXPECT_EQ(log.time({1}), 24h * 365 * 100);
}

TEST(Log, can_tell_a_clock_that_is_set_back) {
    Log log;
    log.set_time(1s);
    log.emit(Kind::begin);
    log.set_time(500ms);
    log.emit(Kind::stop);
    EXPECT_EQ(log.time({1}), 1s);
    EXPECT_EQ(log.time({3}), 500ms);
}

TEST(Log, knows_times_across_the_borders_of_its_blocks) {
    Log log;
    std::vector<Time> times;
    Time now{0};
    // Mostly small steps; now and then one that needs a clock event, with two borders in between.
    for (std::uint32_t at = 0; times.size() < 3 * block_events + 100; ++at) {
        now += at % 50'000 == 49'999 ? Duration(1s) : Duration(at % 5);
        const std::uint32_t before = log.size();
        log.set_time(now);
        if (log.size() > before) times.push_back(now);
        log.emit(Kind::stop, at);
        times.push_back(now);
    }
    ASSERT_EQ(log.size(), times.size());
    const auto differs = [&](EventIndex at) { return log.time(at) != times[at.value]; };
    for (EventIndex at; at < log.end_index(); at = at + 997) EXPECT_FALSE(differs(at)) << at.value;
    for (std::uint32_t border = 0; border <= 3 * block_events; border += block_events) {
        for (std::uint32_t at = border < 3 ? 0 : border - 3; at < border + 3; ++at)
            EXPECT_FALSE(differs({at})) << at;
    }
}

TEST(Log, knows_the_time_when_a_clock_event_is_the_first_or_last_of_a_block) {
    for (const EventIndex at : {EventIndex{block_events - 1}, EventIndex{block_events}}) {
        Log log;
        while (log.end_index() < at) log.emit(Kind::stop);
        log.set_time(3s);
        log.emit(Kind::stop);
        EXPECT_EQ(log[at].kind(), Kind::clock);
        EXPECT_EQ(log.time(at - 1), 0s);
        EXPECT_EQ(log.time(at), 3s);
        EXPECT_EQ(log.time(at + 1), 3s);
    }
}

TEST(Log, leaves_its_events_where_they_are) {
    Log log;
    log.emit(Kind::begin, 42);
    const Event* const first = &log[EventIndex{0}];
    while (log.size() < 2 * block_events + 1) log.emit(Kind::stop, log.size());
    EXPECT_EQ(&log[EventIndex{0}], first);
    EXPECT_EQ(first->subject, 42u);
    EXPECT_EQ(log[{block_events}].subject, block_events);
    EXPECT_EQ(log[{2 * block_events}].subject, 2 * block_events);
}

/// A log in which task 1 writes and task 2 reads and prints.
class Provenance : public testing::Test {
  protected:
    Provenance() {
        log_.emit(Kind::begin);
        log_.emit(Kind::variable, 1, log_.intern("symbol").value, log_.intern(".").value);
        log_.emit(Kind::variable, 2, log_.intern("user").value, log_.intern("nobody").value);
    }
    EventIndex set(std::string_view value, std::uint32_t variable = 1) {
        return log_.emit(Kind::set, 1, log_.intern(value).value, tagged(variable));
    }
    EventIndex get(EventIndex writer, std::uint32_t variable = 1) {
        return log_.emit(Kind::get, 2, writer.value, tagged(variable));
    }
    EventIndex print(EventIndex read) { return log_.emit(Kind::print_value, 2, read.value); }
    std::string_view value_of(EventIndex read) { return log_.strings()[log_.value_of_get(read)]; }

    Log log_;
};

TEST_F(Provenance, of_a_read_is_the_write_that_it_names) {
    const EventIndex writer = set("a");
    set("b");
    EXPECT_EQ(value_of(get(writer)), "a");
}

TEST_F(Provenance, of_a_read_without_a_write_is_the_default_of_that_variable) {
    set("a");
    EXPECT_EQ(value_of(get({}, 1)), ".");
    EXPECT_EQ(value_of(get({}, 2)), "nobody");
}

TEST_F(Provenance, of_a_default_is_found_far_back) {
    while (log_.size() < block_events + 5) log_.emit(Kind::stop);
    EXPECT_EQ(value_of(get({}, 2)), "nobody");
}

TEST_F(Provenance, of_a_print_is_the_write_that_it_shows) {
    const EventIndex writer = set("a");
    const EventIndex read = get(writer);
    set("b");
    const EventIndex shown = print(read);
    EXPECT_EQ(log_.printed_text(shown), "a");
    EXPECT_EQ(log_.writer_of_print(shown), writer);
}

TEST_F(Provenance, of_a_printed_default_is_nobody) {
    const EventIndex shown = print(get({}));
    EXPECT_EQ(log_.printed_text(shown), ".");
    EXPECT_EQ(log_.writer_of_print(shown), EventIndex{});
}

TEST_F(Provenance, of_a_literal_text_is_nobody) {
    const EventIndex shown = log_.emit(Kind::print, 2, log_.intern("hello").value);
    EXPECT_EQ(log_.printed_text(shown), "hello");
    EXPECT_EQ(log_.writer_of_print(shown), EventIndex{});
}

}  // namespace
}  // namespace loopscope::trace
