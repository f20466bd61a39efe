// SPDX-License-Identifier: MIT
#include "core/trace/packed_events.hpp"

#include <algorithm>
#include <functional>
#include <random>

#include <gtest/gtest.h>

#include "core/trace/number_frame.hpp"

namespace loopscope::trace {
namespace {

/// Random numbers, the same ones each time.
class Random {
  public:
    std::uint32_t operator()() { return static_cast<std::uint32_t>(source_()); }

  private:
    std::mt19937 source_{5};
};
/// Makes the event at an index.
using Make = std::function<Event(std::uint32_t index, Random& random)>;

constexpr std::uint32_t first = 3'000'000'000;

Event event(std::uint32_t kind, std::uint32_t since, std::uint32_t subject, std::uint32_t a,
            std::uint32_t b) {
    return {kind | since << 8, subject, a, b};
}

/// Streams of events that differ in what packing them takes.
const std::vector<std::pair<const char*, Make>>& streams() {
    static const std::vector<std::pair<const char*, Make>> all{
        {"nothing but zeros", [](auto, auto&) { return Event{}; }},
        {"all of one kind", [](auto index, auto&) { return event(7, 5, index % 10, index, 3); }},
        {"two kinds in turns", [](auto index, auto&) { return event(index % 2, index % 9, 1, 2, index); }},
        {"every kind",
         [](auto index, Random& random) { return event(random() % 256, index & 0xff'ffff, 1, 2, 3); }},
        {"all bits at random",
         [](auto, Random& random) {
             return Event{random(), random(), random(), random()};
         }},
        {"events that name earlier ones, and later ones",
         [](auto index, Random& random) { return event(3, 0, 1, index - 4, index + random() % 50); }},
        {"few different numbers, far from each other",
         [](auto index, Random& random) {
             return event(4, 0, (random() % 64) * 67'108'864U, (random() % 65) * 1000, index / 40);
         }},
        {"one that differs from all others",
         [](auto index, auto&) { return event(index == first + 77, 0, index == first + 70'000, 0, 0); }},
        {"times that rise, and begin again at a clock",
         [](auto index, auto&) { return event(index % 50 == 0 ? 2 : 9, index % 50 * 1000, 1, 2, 3); }},
    };
    return all;
}

std::vector<Event> events_of(const Make& make, std::uint32_t count) {
    Random random;
    std::vector<Event> events;
    for (std::uint32_t each = 0; each < count; ++each) events.push_back(make(first + each, random));
    return events;
}

TEST(PackedEvents, are_those_that_were_packed_one_by_one) {
    for (const auto& [name, make] : streams()) {
        for (const std::uint32_t count : {PackedEvents::group_size, 128u * 17, PackedEvents::max_size}) {
            const std::vector<Event> events = events_of(make, count);
            const PackedEvents packed(events, {first});
            for (std::uint32_t each = 0; each < count; ++each) ASSERT_EQ(packed[each], events[each]) << name;
        }
    }
}

TEST(PackedEvents, are_those_that_were_packed_from_anywhere_on) {
    for (const auto& [name, make] : streams()) {
        const std::vector<Event> events = events_of(make, 128 * 5);
        const PackedEvents packed(events, {first});
        std::vector<Event> copied(events.size());
        for (std::uint32_t from = 0; from < events.size(); ++from) {
            const std::span<Event> some(copied.data(), events.size() - from);
            packed.copy(from, some);
            ASSERT_TRUE(std::ranges::equal(some, std::span(events).subspan(from))) << name << from;
        }
        packed.copy(17, {});
    }
}

TEST(PackedEvents, are_those_that_were_packed_many_at_a_time) {
    for (const auto& [name, make] : streams()) {
        const std::vector<Event> events = events_of(make, 128 * 41);
        const PackedEvents packed(events, {first});
        std::vector<Event> copied(events.size());
        for (std::uint32_t from = 0; from < 3000; from += 37) {
            for (const std::uint32_t count : {1024u, 1025u, 2000u + from % 200, 128u * 41 - from}) {
                const std::span<Event> some = std::span(copied).first(count);
                packed.copy(from, some);
                ASSERT_TRUE(std::ranges::equal(some, std::span(events).subspan(from, count)))
                    << name << from << ", " << count;
            }
        }
    }
}

TEST(PackedEvents, know_the_last_of_each_kind) {
    for (const auto& [name, make] : streams()) {
        const std::vector<Event> events = events_of(make, 128 * 9);
        const PackedEvents packed(events, {first});
        for (const Kind kind : {Kind{0}, Kind{1}, Kind{2}, Kind{3}, Kind{7}, Kind{9}, Kind{200}}) {
            std::optional<std::uint32_t> last;
            for (std::uint32_t each = 0; each < events.size(); ++each) {
                if (events[each].kind() == kind) last = each;
                ASSERT_EQ(packed.last_of(kind, each), last) << name << each;
            }
        }
    }
}

TEST(PackedEvents, take_a_fraction_of_the_memory_if_they_are_regular) {
    // A thousand tasks that step in turns, each read naming the write of the turn before.
    const auto turns = [](std::uint32_t index, Random&) {
        const std::uint32_t step = (index - first) / 4;
        const std::uint32_t since = step * 1000 % 1'000'000;
        const std::uint32_t task = step % 1000 + 1;
        switch (index % 4) {
            case 0: return event(10, since, task, 0, 0);
            case 1: return event(11, since, task, index - 4000, 1u | 12u << 8);
            case 2: return event(12, since, task, index - 1, 13u << 8);
            default: return event(13, since, task, step, 2u | 14u << 8);
        }
    };
    const PackedEvents packed(events_of(turns, PackedEvents::max_size), {first});
    EXPECT_LT(packed.bytes(), PackedEvents::max_size * sizeof(Event) / 12);
}

TEST(NumberFrame, takes_no_bits_for_numbers_on_a_line_and_few_near_it) {
    std::vector<std::uint32_t> line;
    std::vector<std::uint32_t> near;
    for (std::uint32_t each = 0; each < NumberFrame::max_size; ++each) {
        line.push_back(17 + 4 * each);
        near.push_back(17 + 4 * each + each % 3);
    }
    EXPECT_EQ(NumberFrame(line).width(), 0u);
    EXPECT_LE(NumberFrame(near).width(), 2u);
    EXPECT_EQ(NumberFrame(std::span(line).first(1)).width(), 0u);
}

TEST(NumberFrame, is_stored_and_read_again) {
    const std::vector<std::uint32_t> numbers{5, 4'000'000'000, 17, 17};
    NumberFrame frame(numbers);
    frame.set_offset(12345);
    std::vector<std::uint32_t> words(NumberFrame::stored_words + frame.words(4) + 2);
    frame.store(words.data());
    frame.write(numbers, words.data() + NumberFrame::stored_words);
    const NumberFrame again = NumberFrame::read(words.data());
    EXPECT_EQ(again.offset(), 12345u);
    EXPECT_EQ(again.width(), frame.width());
    for (std::uint32_t each = 0; each < numbers.size(); ++each)
        EXPECT_EQ(again.at(words.data() + NumberFrame::stored_words, each), numbers[each]);
}

}  // namespace
}  // namespace loopscope::trace
