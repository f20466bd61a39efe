#include "core/base/job.hpp"

#include <vector>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

/// A job that comes to what it is told, poll by poll.
class Told {
  public:
    explicit Told(std::vector<Status> statuses) : statuses_(std::move(statuses)) {}

    Status poll(std::chrono::nanoseconds) { return statuses_.at(polls_++); }
    [[nodiscard]] double progress() const {
        return static_cast<double>(polls_) / static_cast<double>(statuses_.size());
    }
    void cancel() { statuses_.resize(polls_, Status::ended); }
    [[nodiscard]] std::size_t polls() const { return polls_; }

  private:
    std::vector<Status> statuses_;
    std::size_t polls_ = 0;
};
static_assert(Job<Told>);
static_assert(!Job<Told, int>);

TEST(Job, is_polled_until_it_has_ended_and_not_once_more) {
    Told job({Status::grew, Status::waiting, Status::grew, Status::ended, Status::grew});
    EXPECT_EQ(complete(job), Status::ended);
    EXPECT_EQ(job.polls(), 4u);
}

TEST(Job, is_polled_until_it_has_failed) {
    Told job({Status::waiting, Status::failed, Status::ended});
    EXPECT_EQ(complete(job), Status::failed);
    EXPECT_EQ(job.polls(), 2u);
}

TEST(Job, has_whoever_waits_told_of_each_poll_that_did_not_end_it) {
    Told job({Status::grew, Status::waiting, Status::waiting, Status::ended});
    std::vector<Status> between;
    poll_until_over([&] { return job.poll({}); }, [&](Status status) { between.push_back(status); });
    EXPECT_EQ(between, (std::vector<Status>{Status::grew, Status::waiting, Status::waiting}));
}

TEST(Job, is_given_a_slice_of_time_that_is_over_once_that_has_passed) {
    EXPECT_TRUE(Slice(std::chrono::nanoseconds(0)).over());
    EXPECT_FALSE(Slice(std::chrono::hours(1)).over());
    EXPECT_FALSE(Slice(std::chrono::nanoseconds::max()).over());
}

TEST(Rest, sleeps_only_where_there_is_nothing_yet) {
    using Clock = std::chrono::steady_clock;
    Rest rest;
    const auto start = Clock::now();
    rest(Status::waiting);
    rest(Status::waiting);
    EXPECT_GE(Clock::now() - start, std::chrono::milliseconds(3)) << "one millisecond, then two";
}

}  // namespace
}  // namespace loopscope
