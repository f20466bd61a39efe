#include "app/timeline/tiles.hpp"

#include <gtest/gtest.h>

#include "tests/support/sessions.hpp"

namespace loopscope::timeline {
namespace {

using session::Session;
using trace::Storage;

class TilesTest : public testing::TestWithParam<AxisKind> {
  protected:
    TilesTest() { run(session_); }

    /// All that a row merges, from the start of the axis to its end.
    Cell sum(TaskId task, int level) {
        const Axis axis(GetParam(), session_.log(), session_.index());
        Cell sum;
        for (std::int64_t number = 0; (number << level) * Tiles::columns <= axis.end(); ++number) {
            for (const Cell& cell : tiles_.cells(axis, task, level, number)) {
                sum.steps += cell.steps;
                sum.prints += cell.prints;
                sum.leaks += cell.leaks;
                sum.stales += cell.stales;
            }
        }
        return sum;
    }

    Session session_{
        session::setup_of("indication", Storage::global, {{"duration", "20"}, {"interval", "0.01"}})};
    Tiles tiles_;
};

TEST_P(TilesTest, count_each_step_print_and_leak_once_at_every_level) {
    const trace::Index& index = session_.index();
    const Axis axis(GetParam(), session_.log(), index);
    tiles_.begin_frame(session_.log(), index);
    const int top = Tiles::level_at(100 / static_cast<double>(axis.end()));
    for (int level = top - 7; level <= top; ++level) {
        for (std::uint32_t number = 1; number <= index.tasks().size(); ++number) {
            const trace::TaskInfo& task = index.task(TaskId{number});
            const Cell all = sum(TaskId{number}, level);
            ASSERT_EQ(all.steps, task.steps.size());
            ASSERT_EQ(all.prints, task.prints.size());
            const auto leaks = std::ranges::count_if(
                task.prints, [&](PrintIndex print) { return index.prints()[print].leak; });
            ASSERT_EQ(all.leaks, static_cast<std::uint32_t>(leaks));
        }
        const Cell output = sum(Tiles::output, level);
        ASSERT_EQ(output.prints, index.prints().size());
        ASSERT_EQ(output.leaks, index.prints().back().leaks);
    }
}

TEST_P(TilesTest, say_who_wrote_what_leaks) {
    tiles_.begin_frame(session_.log(), session_.index());
    const Axis axis(GetParam(), session_.log(), session_.index());
    const int level = Tiles::level_at(100 / static_cast<double>(axis.end()));
    int leaking = 0;
    for (const Cell& cell : tiles_.cells(axis, TaskId{6}, level, 0)) {
        if (cell.leaks == 0) continue;
        EXPECT_EQ(cell.writer, session_.index().task(TaskId{4}).chain_order);
        ++leaking;
    }
    EXPECT_GT(leaking, 20);
}

TEST_P(TilesTest, count_stale_prints_apart_from_leaks) {
    session_ = Session(
        session::setup_of("pool-worker", Storage::contextvar, {{"symbols", "abcdefghijklmnopqrstuvwxyz"}}));
    run(session_);
    const trace::Index& index = session_.index();
    tiles_.begin_frame(session_.log(), index);
    const TaskId worker = index.prints()[PrintIndex{0}].task;
    const Axis axis(GetParam(), session_.log(), index);
    const int top = Tiles::level_at(100 / static_cast<double>(axis.end()));
    for (int level = top - 7; level <= top; ++level) {
        for (const TaskId row : {worker, Tiles::output}) {
            EXPECT_EQ(sum(row, level).stales, 25U);
            EXPECT_EQ(sum(row, level).leaks, 0U);
        }
    }
}

TEST_P(TilesTest, grow_with_the_trace) {
    Session session(session::setup_of("indication", Storage::global));
    const auto steps = [&] {
        tiles_.begin_frame(session.log(), session.index());
        const Axis axis(GetParam(), session.log(), session.index());
        std::size_t sum = 0;
        for (const Cell& cell : tiles_.cells(axis, TaskId{1}, 40, 0)) sum += cell.steps;
        return sum;
    };
    do {
        const auto& tasks = session.index().tasks();
        if (!tasks.empty()) {
            ASSERT_EQ(steps(), tasks[0].steps.size());
        }
    } while (step(session, session::What::handle));
}

INSTANTIATE_TEST_SUITE_P(Kinds, TilesTest, testing::Values(AxisKind::sequence, AxisKind::time),
                         [](const auto& kind) { return kind.param == AxisKind::time ? "time" : "sequence"; });

}  // namespace
}  // namespace loopscope::timeline
