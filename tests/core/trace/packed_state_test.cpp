// SPDX-License-Identifier: MIT
#include "core/trace/packed_state.hpp"

#include <gtest/gtest.h>

#include "tests/support/state_text.hpp"

namespace loopscope::trace {
namespace {

/// A state of many tasks: some are ready, some sleep, and all have written a variable.
State crowd(std::uint32_t tasks) {
    Log log;
    log.emit(Kind::begin);
    log.emit(Kind::variable, 1, log.intern("symbol").value, log.intern(".").value);
    for (std::uint32_t task = 1; task <= tasks; ++task) log.emit(Kind::spawn, task, 0, tagged(Start::soon));
    log.emit(Kind::iteration, 1, tasks);
    for (std::uint32_t task = 1; task <= tasks; ++task) {
        log.emit(Kind::step, task);
        log.emit(Kind::set, task, log.intern("a").value, about_variable(VariableId{1}, 12));
        if (task % 3 == 0) {
            log.emit(Kind::suspend, task, 0, tagged(Wait::yield, 13));
            continue;
        }
        log.emit(Kind::timer, task, 5 + task % 2, tagged(Callback::sleep));
        log.emit(Kind::suspend, task, task - task / 3, tagged(Wait::sleep, 14));
    }
    State state;
    while (state.size() < log.size()) state.apply(log[{state.size()}]);
    return state;
}

TEST(PackedState, is_unpacked_as_it_was) {
    for (const std::uint32_t tasks : {0u, 1u, 127u, 128u, 129u, 1000u}) {
        const State state = crowd(tasks);
        Spill spill;
        const PackedState packed(state, spill);
        EXPECT_EQ(packed.size(), state.size());
        EXPECT_EQ(loopscope::text_of(packed.unpacked()), loopscope::text_of(state)) << tasks;
    }
    Spill spill;
    EXPECT_EQ(loopscope::text_of(PackedState(State(), spill).unpacked()), loopscope::text_of(State()));
}

TEST(PackedState, takes_a_fraction_of_the_memory_where_tasks_are_alike) {
    const State state = crowd(5000);
    Spill spill;
    EXPECT_LT(PackedState(state, spill).bytes() * 6, state.bytes());
}

}  // namespace
}  // namespace loopscope::trace
