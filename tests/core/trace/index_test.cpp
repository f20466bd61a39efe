#include "core/trace/index.hpp"

#include <map>

#include <gtest/gtest.h>

#include "tests/support/program_run.hpp"

namespace loopscope::trace {
namespace {

/// Everything that an index says, against what can be read off the log event by event.
class IndexTest : public testing::TestWithParam<Storage> {
  protected:
    IndexTest() {
        // More than fits into the blocks that it packs numbers in.
        index_.update(log_, log_.size() / 3);
        index_.update(log_);
    }

    scenario::ProgramRun run_ = scenario::run_program("indication", GetParam(), {{"duration", "60"}});
    const Log& log_ = run_.log();
    Index index_;
};

TEST_P(IndexTest, knows_the_time_of_every_event_and_the_first_event_of_every_time) {
    Time last{-1};
    each_event(log_, [&](EventIndex at, Time time) {
        ASSERT_EQ(index_.time(log_, at), time);
        if (time == last) return;
        ASSERT_EQ(index_.first_at(log_, time), at);
        ASSERT_EQ(index_.first_at(log_, last + Duration(1)), at);
        last = time;
    });
    EXPECT_EQ(index_.first_at(log_, last + Duration(1)), log_.end_index());
}

TEST_P(IndexTest, knows_where_each_handle_begins_and_ends_and_what_made_it_ready) {
    HandleIndex handle;
    AxisPosition position;
    std::map<TaskId, std::size_t> steps;
    std::map<TaskId, EventIndex> ready;
    for (EventIndex at; at < log_.end_index(); ++at) {
        const Event& event = log_[at];
        if (event.kind() == Kind::spawn || event.kind() == Kind::wake) ready[event.task()] = at;
        const bool step = event.kind() == Kind::step;
        if (step || event.kind() == Kind::callback) {
            ASSERT_LT(handle, index_.handles().end_index());
            const HandleInfo info = index_.handles()[handle];
            ASSERT_EQ(info.first, at);
            ASSERT_EQ(info.position, position);
            ASSERT_EQ(index_.handle_from(position), handle);
            ASSERT_GE(index_.last_event(handle), at);
            ASSERT_LT(info.ready, at);
            if (step) {
                ASSERT_EQ(info.ready, ready[event.task()]);
                ASSERT_EQ(index_.task(event.task()).steps[steps[event.task()]++], handle);
            } else {
                const Kind cause = log_[info.ready].kind();
                ASSERT_TRUE(cause == Kind::timer_due || cause == Kind::ready);
            }
            position = position + (step ? Index::step_width : 1);
            ++handle;
        }
        const auto last = handle == HandleIndex{} ? std::nullopt : std::optional(handle - 1);
        ASSERT_EQ(index_.handle_at(at), last);
        ASSERT_EQ(index_.handle_after(at), handle);
    }
    EXPECT_EQ(handle, index_.handles().end_index());
    EXPECT_EQ(index_.width(), position);
}

TEST_P(IndexTest, knows_every_print_and_how_many_leak) {
    PrintIndex print;
    std::uint32_t leaks = 0;
    std::map<TaskId, std::vector<PrintIndex>> own;
    for (EventIndex at; at < log_.end_index(); ++at) {
        if (log_[at].kind() == Kind::print_value) {
            const PrintInfo info = index_.prints()[print];
            ASSERT_EQ(info.event, at);
            ASSERT_EQ(info.task, log_[at].task());
            ASSERT_EQ(info.writer, log_.writer_of_print(at));
            ASSERT_EQ(info.writer_task, log_[info.writer].task());
            // A printing task is the child of the task that set what it is to print.
            const TaskId parent = index_.task(info.task).parent;
            ASSERT_EQ(info.leak, info.writer_task != parent);
            if (info.leak) ++leaks;
            ASSERT_EQ(info.leaks, leaks);
            own[info.task].push_back(print);
            ++print;
        }
        ASSERT_EQ(index_.print_after(at), print);
        ASSERT_EQ(index_.prints_until(at), print.value);
        ASSERT_EQ(index_.leaks_until(at), leaks);
    }
    EXPECT_EQ(index_.prints().end_index(), print);
    EXPECT_EQ(leaks > 0, GetParam() == Storage::global || GetParam() == Storage::thread_local_);
    for (const auto& [task, prints] : own) EXPECT_TRUE(std::ranges::equal(index_.task(task).prints, prints));
}

INSTANTIATE_TEST_SUITE_P(Storages, IndexTest, testing::Values(Storage::global, Storage::contextvar));

}  // namespace
}  // namespace loopscope::trace
