#include "app/session/storage_runs.hpp"

#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::session {
namespace {

using trace::Storage;

constexpr std::uint32_t enough = 1'000'000;

TEST(StorageRuns, print_what_the_program_prints_under_each_storage) {
    for (const scenario::Program* program : scenario::catalogue()) {
        const Session session(setup_of(program->name, Storage::global));
        StorageRuns runs;
        runs.update(session, enough);
        for (const Storage storage : trace::all_storages) {
            EXPECT_EQ(trace::output_of(runs.run(storage).log()), outcome_of(*program, storage).output)
                << program->name << ", " << name(storage);
        }
    }
}

TEST(StorageRuns, grow_a_little_at_a_time) {
    const Session session = seed();
    StorageRuns runs;
    EXPECT_TRUE(runs.update(session, 700));
    EXPECT_LT(runs.run(Storage::global).log().size(), 200);
    while (runs.update(session, 700)) {
    }
    EXPECT_TRUE(runs.run(Storage::contextvar).done());
    EXPECT_FALSE(runs.run(Storage::contextvar).cut());
}

TEST(StorageRuns, tell_where_each_differs_first_from_what_is_looked_at_now) {
    Session session = finished_seed();
    StorageRuns runs;
    while (runs.update(session, enough)) {
    }
    const auto walked = [&](Storage storage) -> std::optional<PrintIndex> {
        const Side other = runs.run(storage).side();
        const PrintIndex end = session.index().prints().end_index();
        for (PrintIndex print; print < end; ++print) {
            if (differ_at(side_of(session), other, print)) return print;
        }
        return std::nullopt;
    };
    for (const Storage storage : trace::all_storages)
        EXPECT_EQ(runs.first_difference(storage), walked(storage)) << name(storage);
    EXPECT_FALSE(runs.first_difference(Storage::global));
    EXPECT_TRUE(runs.first_difference(Storage::contextvar));
    session.restart(setup_of("indication", Storage::contextvar));
    run(session);
    while (runs.update(session, enough)) {
    }
    EXPECT_FALSE(runs.first_difference(Storage::contextvar));
    EXPECT_EQ(runs.first_difference(Storage::global), walked(Storage::global));
}

TEST(StorageRuns, begin_anew_when_the_program_or_a_parameter_changes_and_only_then) {
    Session session = seed();
    StorageRuns runs;
    runs.update(session, enough);
    const std::uint64_t before = runs.run(Storage::global).index().serial();
    run(session);
    session.select(Storage::contextvar);
    runs.update(session, enough);
    EXPECT_EQ(runs.run(Storage::global).index().serial(), before);
    session.restart(setup_of("indication", Storage::global, {{"symbols", "xy"}}));
    runs.update(session, enough);
    EXPECT_EQ(trace::output_of(runs.run(Storage::contextvar).log()).substr(0, 4), "xyxy");
    session.restart(setup_of("threads", Storage::global));
    runs.update(session, enough);
    EXPECT_EQ(trace::output_of(runs.run(Storage::thread_local_).log()).substr(0, 4), "11bb");
}

TEST(StorageRuns, lead_from_difference_to_difference) {
    Session session = seed();
    StorageRuns runs;
    runs.update(session, enough);
    std::size_t steps = 0;
    const auto differs = [&](PrintIndex print) { return runs.any_differs(session, print); };
    while (drive(session, {.what = What::difference, .differs = differs})) ++steps;
    EXPECT_EQ(steps, 30) << "each task but the c ones prints something else under a context";
    const EventIndex end = session.cursor();
    EXPECT_TRUE(session.at_end());
    while (drive(session, {.what = What::difference, .differs = differs, .direction = Direction::back}))
        --steps;
    EXPECT_EQ(steps, 0);
    EXPECT_LT(session.cursor(), end);
}

}  // namespace
}  // namespace loopscope::session
