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
    each_event(log_, [&](std::uint32_t at, Time time) {
        ASSERT_EQ(index_.time(log_, at), time);
        if (time == last) return;
        ASSERT_EQ(index_.first_at(log_, time), at);
        ASSERT_EQ(index_.first_at(log_, last + Duration(1)), at);
        last = time;
    });
    EXPECT_EQ(index_.first_at(log_, last + Duration(1)), log_.size());
}

TEST_P(IndexTest, knows_where_each_handle_begins_and_ends_and_what_made_it_ready) {
    std::size_t handle = 0;
    std::uint32_t position = 0;
    std::map<TaskId, std::size_t> steps;
    std::map<TaskId, std::uint32_t> ready;
    for (std::uint32_t at = 0; at < log_.size(); ++at) {
        const Event& event = log_[at];
        if (event.kind() == Kind::spawn || event.kind() == Kind::wake) ready[event.task()] = at;
        const bool step = event.kind() == Kind::step;
        if (step || event.kind() == Kind::callback) {
            ASSERT_LT(handle, index_.handles().size());
            const HandleInfo info = index_.handles()[handle];
            ASSERT_EQ(info.first, at);
            ASSERT_EQ(info.position, position);
            ASSERT_EQ(index_.handles_before(position), handle);
            ASSERT_GE(index_.last_event(handle), at);
            ASSERT_LT(info.ready.value, at);
            if (step) {
                ASSERT_EQ(info.ready.value, ready[event.task()]);
                ASSERT_EQ(index_.task(event.task()).steps[steps[event.task()]++], handle);
            } else {
                const Kind cause = log_[info.ready].kind();
                ASSERT_TRUE(cause == Kind::timer_due || cause == Kind::ready);
            }
            position += step ? Index::step_width : 1;
            ++handle;
        }
        ASSERT_EQ(index_.handle_at(at), static_cast<std::ptrdiff_t>(handle) - 1);
    }
    EXPECT_EQ(handle, index_.handles().size());
    EXPECT_EQ(index_.width(), position);
}

TEST_P(IndexTest, knows_every_print_and_how_many_leak) {
    std::size_t prints = 0;
    std::uint32_t leaks = 0;
    std::map<TaskId, std::vector<std::uint32_t>> own;
    for (std::uint32_t at = 0; at < log_.size(); ++at) {
        if (log_[at].kind() == Kind::print_value) {
            const PrintInfo info = index_.prints()[prints];
            ASSERT_EQ(info.event, at);
            ASSERT_EQ(info.task, log_[at].task());
            ASSERT_EQ(info.writer, log_.writer_of_print(at));
            ASSERT_EQ(info.writer_task, log_[info.writer].task());
            // A printing task is the child of the task that set what it is to print.
            const TaskId parent = index_.task(info.task).parent;
            ASSERT_EQ(info.leak, info.writer_task != parent);
            if (info.leak) ++leaks;
            ASSERT_EQ(info.leaks, leaks);
            own[info.task].push_back(static_cast<std::uint32_t>(prints));
            ++prints;
        }
        ASSERT_EQ(index_.prints_until(at), prints);
        ASSERT_EQ(index_.leaks_until(at), leaks);
    }
    EXPECT_EQ(index_.prints().size(), prints);
    EXPECT_EQ(leaks > 0, GetParam() == Storage::global || GetParam() == Storage::thread_local_);
    for (const auto& [task, positions] : own)
        EXPECT_TRUE(std::ranges::equal(index_.task(task).prints, positions));
}

INSTANTIATE_TEST_SUITE_P(Storages, IndexTest, testing::Values(Storage::global, Storage::contextvar));

}  // namespace
}  // namespace loopscope::trace
