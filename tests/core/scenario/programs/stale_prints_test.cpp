// How many prints of each program leak and are stale, under each storage. A program that is not in the table
// has none of either.

#include <gtest/gtest.h>

#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/index.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::scenario {
namespace {

using trace::Storage;

struct WrongPrints {
    const char* program;
    Storage storage;
    std::uint32_t leaks;
    std::uint32_t stales;
};

constexpr WrongPrints table[] = {
    {"indication", Storage::global, 30, 0},
    {"indication", Storage::thread_local_, 30, 0},
    {"indication-main", Storage::global, 30, 0},
    {"indication-main", Storage::thread_local_, 30, 0},
    {"indication-main", Storage::context_shared, 30, 0},
    {"threads", Storage::global, 12, 0},
    {"threads", Storage::thread_local_, 8, 0},
    {"child-set", Storage::global, 1, 0},
    {"child-set", Storage::thread_local_, 1, 0},
    {"child-set", Storage::context_shared, 1, 0},
    {"pool-worker", Storage::argument, 0, 3},
    {"pool-worker", Storage::global, 3, 0},
    {"pool-worker", Storage::thread_local_, 3, 0},
    {"pool-worker", Storage::context_shared, 3, 0},
    {"pool-worker", Storage::context_copy, 0, 3},
    {"pool-worker", Storage::context_chainmap, 0, 3},
    {"pool-worker", Storage::contextvar, 0, 3},
};

TEST(StalePrints, of_every_program_are_those_that_are_wrong) {
    for (const Program* program : catalogue()) {
        for (const Storage storage : trace::all_storages) {
            const ProgramRun run = run_program(program->name, storage);
            trace::Index index;
            index.update(run.log());
            WrongPrints expected{};
            for (const WrongPrints& each : table) {
                if (each.program == program->name && each.storage == storage) expected = each;
            }
            const EventIndex last = run.log().end_index() - 1;
            EXPECT_EQ(index.leaks_until(last), expected.leaks) << program->name << ", " << name(storage);
            EXPECT_EQ(index.stales_until(last), expected.stales) << program->name << ", " << name(storage);
        }
    }
}

}  // namespace
}  // namespace loopscope::scenario
