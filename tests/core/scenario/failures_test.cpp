// What a run knows of that its output does not tell.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/scenario/programs/catalogue.hpp"
#include "core/scenario/run.hpp"
#include "core/task/gather.hpp"
#include "core/task/sleep.hpp"
#include "tests/support/failing_programs.hpp"
#include "tests/support/program_run.hpp"

namespace loopscope::scenario {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using trace::Ending;
using Kind = Failure::Kind;

/// A run of a program that is in no catalogue, to its end.
class FailingRun {
  public:
    explicit FailingRun(const Program& program)
        : run_(program, Arguments::create(all_parameters(program), {}).value(), trace::Storage::global,
               log_) {
        while (run_.advance()) continue;
    }

    [[nodiscard]] const std::vector<Failure>& noted() const { return run_.failures().noted; }
    [[nodiscard]] std::uint64_t more() const { return run_.failures().more; }
    [[nodiscard]] Ending ending() const { return log_[log_.end_index() - 1].tag<Ending>(); }

  private:
    trace::Log log_;
    Run run_;
};

TEST(Failures, of_programs_of_the_catalogue_are_none) {
    for (const Program* program : catalogue()) {
        for (const trace::Storage storage : trace::all_storages) {
            const ProgramRun run = run_program(program->name, storage);
            EXPECT_THAT(run.run().failures().noted, IsEmpty()) << program->name;
        }
    }
}

TEST(Failures, of_a_program_that_raises_are_what_it_raised) {
    const FailingRun run(failing::raises);
    EXPECT_THAT(run.noted(), ElementsAre(Failure{Kind::main, TaskId{1}, {}, "ValueError: no luck"}));
    EXPECT_EQ(run.ending(), Ending::exception);
}

TEST(Failures, of_a_program_that_waits_for_ever_are_none_for_nothing_was_raised) {
    const FailingRun run(failing::deadlocks);
    EXPECT_THAT(run.noted(), IsEmpty());
    EXPECT_EQ(run.ending(), Ending::deadlock);
}

TEST(Failures, of_a_program_that_is_cancelled_or_stopped_are_what_python_raises) {
    EXPECT_THAT(FailingRun(failing::is_cancelled).noted(),
                ElementsAre(Failure{Kind::main, TaskId{1}, {}, "CancelledError"}));
    EXPECT_THAT(FailingRun(failing::stops).noted(),
                ElementsAre(Failure{
                    Kind::main, TaskId{1}, {}, "RuntimeError: Event loop stopped before Future completed."}));
}

TEST(Failures, of_callbacks_and_forgotten_tasks_come_in_order_and_do_not_fail_the_program) {
    const FailingRun run(failing::forgets);
    EXPECT_THAT(run.noted(), ElementsAre(Failure{Kind::callback, {}, "late", "RuntimeError: too late"},
                                         Failure{Kind::never_retrieved, TaskId{2}, {}, "ValueError: dropped"},
                                         Failure{Kind::never_retrieved, TaskId{3}, {}, "ValueError: kept"}));
    EXPECT_EQ(run.ending(), Ending::ok);
}

TEST(Failures, of_each_thread_are_told) {
    const FailingRun run(failing::raises_on_two_threads);
    EXPECT_THAT(run.noted(), ElementsAre(Failure{Kind::main, TaskId{1}, {}, "ValueError: no luck"},
                                         Failure{Kind::main, TaskId{2}, {}, "ValueError: no luck"}));
}

TEST(Failures, without_end_are_counted_but_not_kept) {
    const FailingRun run(failing::raises_often);
    EXPECT_EQ(run.noted().size(), Failures::max_noted);
    EXPECT_EQ(run.more(), failing::often - Failures::max_noted);
}

}  // namespace
}  // namespace loopscope::scenario
