#include "core/trace/keyframes.hpp"

#include <gtest/gtest.h>

#include "tests/support/program_run.hpp"
#include "tests/support/state_text.hpp"

namespace loopscope::trace {
namespace {

scenario::ProgramRun long_run() {
    return scenario::run_program("indication", Storage::contextvar,
                                 {{"interval", "0.01"}, {"duration", "10"}, {"symbols", "0123456789abcdef"}});
}

TEST(Keyframes, lead_to_the_state_that_folding_from_the_start_gives) {
    const auto run = long_run();
    Keyframes keyframes;
    (void)keyframes.seek(run.log(), run.log().size());
    ASSERT_GT(keyframes.indices().size(), 3U);
    State folded;
    for (EventIndex index; index < run.log().end_index(); ++index) {
        folded.apply(run.log()[index]);
        if (index.value % 1511 != 0) continue;
        (void)keyframes.seek(run.log(),
                             (index.value * 7919) % run.log().size());  // from behind, and from before
        ASSERT_EQ(loopscope::text_of(keyframes.seek(run.log(), index.value + 1)), loopscope::text_of(folded))
            << index.value;
    }
}

TEST(Keyframes, are_a_fifth_of_the_trace_at_most_whichever_way_it_was_read) {
    const auto run = long_run();
    Keyframes at_once;
    (void)at_once.seek(run.log(), run.log().size());
    EXPECT_GT(at_once.bytes(), 0U);
    EXPECT_LE(at_once.bytes() * 5, run.log().size() * sizeof(Event));
    Keyframes by_and_by;
    for (std::uint32_t count = 0; count < run.log().size(); count += 13)
        (void)by_and_by.seek(run.log(), count);
    (void)by_and_by.seek(run.log(), run.log().size());
    EXPECT_LE(by_and_by.bytes() * 5, run.log().size() * sizeof(Event));
    EXPECT_GT(by_and_by.indices().size(), 3U);
}

TEST(Keyframes, are_near_to_each_other_however_many_tasks_there_are) {
    constexpr std::uint32_t tasks = 60'000;
    Log log;
    log.emit(Kind::begin);
    log.emit(Kind::variable, 1, log.intern("symbol").value, log.intern(".").value);
    for (std::uint32_t task = 1; task <= tasks; ++task) log.emit(Kind::spawn, task, 0, tagged(Start::soon));
    for (std::uint32_t round = 1; round <= 5; ++round) {
        log.emit(Kind::iteration, round, tasks);
        for (std::uint32_t task = 1; task <= tasks; ++task) {
            log.emit(Kind::step, task);
            log.emit(Kind::suspend, task, 0, tagged(Wait::yield));
        }
    }
    Keyframes keyframes;
    ASSERT_GT(keyframes.seek(log, log.size()).bytes(), std::size_t{4} << 20) << "more than a cache has";
    std::vector<std::uint32_t> places = keyframes.indices();
    places.push_back(log.size());
    for (std::uint32_t last = 0; const std::uint32_t place : places) {
        EXPECT_LE(place - last, 200'000U) << "folding from " << last << " takes long";
        last = place;
    }
    State folded;
    while (folded.size() < 300'000) folded.apply(log[{folded.size()}]);
    EXPECT_EQ(loopscope::text_of(keyframes.seek(log, 300'000)), loopscope::text_of(folded));
}

}  // namespace
}  // namespace loopscope::trace
