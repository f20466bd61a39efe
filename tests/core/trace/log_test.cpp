#include "core/trace/log.hpp"

#include <algorithm>
#include <atomic>
#include <span>
#include <thread>

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

TEST(Log, has_its_events_across_the_borders_of_its_blocks) {
    Log log;
    log.emit(Kind::begin, 42);
    while (log.size() < 2 * block_events + 1) log.emit(Kind::stop, log.size());
    EXPECT_EQ(log[EventIndex{0}].subject, 42u);
    EXPECT_EQ(log[{block_events}].subject, block_events);
    EXPECT_EQ(log[{2 * block_events}].subject, 2 * block_events);
}

/// A long log, with a clock now and then.
class LongLog : public testing::Test {
  protected:
    static constexpr std::uint32_t length = 9 * block_events + 1000;

    static void extend(Log& log) {
        const std::uint32_t size = log.size();
        log.set_time(Time(size * std::int64_t{size % 70'000 == 0 ? 1000 : 3}));
        log.emit(size % 3 == 0 ? Kind::wake : Kind::stop, size % 1000, size - size % 7, size * size);
    }
    static std::unique_ptr<Log> made() {
        auto log = std::make_unique<Log>();
        log->emit(Kind::begin);
        while (log->size() < length) extend(*log);
        return log;
    }
    static std::vector<Event> events_of(const Log& log) {
        std::vector<Event> events;
        for (EventIndex at; at < log.end_index(); ++at) events.push_back(log[at]);
        return events;
    }
};

TEST_F(LongLog, is_the_same_when_it_is_packed) {
    const auto log = made();
    const std::vector<Event> events = events_of(*log);
    std::vector<Time> times;
    for (EventIndex at; at < log->end_index(); at = at + 991) times.push_back(log->time(at));
    const std::size_t bytes = log->bytes();
    log->pack(log->end_index());
    log->free_packed();
    EXPECT_LT(log->bytes(), bytes * 3 / 4) << "the last blocks stay as they are";
    EXPECT_TRUE(events_of(*log) == events);
    for (EventIndex at; at < log->end_index(); at = at + 991)
        EXPECT_EQ(log->time(at), times[at.value / 991]) << at.value;
    while (log->size() < length + block_events) extend(*log);
    const std::vector<Event> longer = events_of(*log);
    EXPECT_TRUE(std::ranges::equal(events, std::span(longer).first(events.size())));
}

TEST_F(LongLog, gives_its_events_in_pieces_packed_or_not) {
    const auto log = made();
    const std::vector<Event> events = events_of(*log);
    log->pack(log->end_index());
    log->free_packed();
    for (const std::uint32_t from : {0u, 65'535u, 131'000u, length - 3, 5 * block_events - 1}) {
        for (const std::uint32_t to : {from, from + 1, from + 300, length}) {
            std::uint32_t at = from;
            log->each_piece(
                {from}, {std::min(to, length)}, [&](EventIndex first, std::span<const Event> piece) {
                    ASSERT_EQ(first.value, at);
                    ASSERT_TRUE(std::ranges::equal(piece, std::span(events).subspan(at, piece.size())));
                    at += static_cast<std::uint32_t>(piece.size());
                });
            EXPECT_EQ(at, std::min(to, length));
        }
    }
    int pieces = 0;
    log->each_piece({}, log->end_index(), [&](EventIndex, std::span<const Event>) { return ++pieces < 3; });
    EXPECT_EQ(pieces, 3);
}

TEST_F(LongLog, can_be_packed_by_one_thread_while_another_one_appends) {
    const auto log = std::make_unique<Log>();
    log->emit(Kind::begin);
    std::atomic<std::uint32_t> told = 0;
    std::uint64_t seen = 0;
    std::jthread reader([&] {
        for (EventIndex at; at.value < length;) {
            const EventIndex end{std::min(told.load(std::memory_order_acquire), length)};
            for (; at < end; ++at) seen += (*log)[at].a + (*log)[EventIndex{at.value / 2}].b;
            log->pack(at);
        }
    });
    while (log->size() < length) {
        extend(*log);
        if (log->size() % 5000 == 0) told.store(log->size(), std::memory_order_release);
    }
    told.store(log->size(), std::memory_order_release);
    reader.join();
    std::uint64_t expected = 0;
    for (EventIndex at; at.value < length; ++at)
        expected += (*log)[at].a + (*log)[EventIndex{at.value / 2}].b;
    EXPECT_EQ(seen, expected);
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

#ifdef __linux__
TEST(Log, is_full_once_its_process_has_all_the_memory_that_it_may) {
    Log roomy;
    Log log;
    log.set_memory_limit(1);
    constexpr std::uint32_t looked_at_by_then = 17 * block_events;
    for (std::uint32_t each = 0; each < looked_at_by_then; ++each) {
        roomy.emit(Kind::stop);
        if (log.full()) continue;
        log.emit(Kind::stop);
    }
    EXPECT_FALSE(roomy.full());
    ASSERT_TRUE(log.full());
    EXPECT_EQ(log.why_full(), "it takes all memory that it may take with 1 million events");
    const std::uint32_t size = log.size();
    log.emit(Kind::stop);
    EXPECT_EQ(log.size(), size + 1) << "what is under way can be ended";
}
#endif

}  // namespace
}  // namespace loopscope::trace
