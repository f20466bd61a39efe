#include "core/base/worker.hpp"

#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

void wait_for(Worker& worker) {
    while (worker.poll({}) != Status::ended) std::this_thread::yield();
}

TEST(Worker, has_done_its_job_when_it_is_over) {
    int made = 0;
    Worker worker;
    EXPECT_FALSE(worker.over());
    worker.start([&](const std::stop_token&) { made = 42; });
    wait_for(worker);
    EXPECT_EQ(made, 42);
    EXPECT_FALSE(worker.error());
}

TEST(Worker, keeps_what_its_job_throws_for_its_owner) {
    Worker worker;
    worker.start([](const std::stop_token&) { throw std::runtime_error("no luck"); });
    wait_for(worker);
    ASSERT_TRUE(worker.error());
    EXPECT_THROW(std::rethrow_exception(worker.error()), std::runtime_error);
}

TEST(Worker, does_one_job_after_another) {
    int jobs = 0;
    Worker worker;
    worker.start([](const std::stop_token&) { throw std::bad_alloc(); });
    wait_for(worker);
    worker.start([&](const std::stop_token&) { ++jobs; });
    wait_for(worker);
    EXPECT_EQ(jobs, 1);
    EXPECT_FALSE(worker.error()) << "that was of the job before";
}

TEST(Worker, is_waited_for_and_throws_what_its_job_threw) {
    int made = 0;
    Worker worker;
    worker.start([&](const std::stop_token&) { made = 42; });
    EXPECT_TRUE(worker.started());
    worker.finish();
    EXPECT_EQ(made, 42);
    worker.start([](const std::stop_token&) { throw std::runtime_error("no luck"); });
    EXPECT_THROW(worker.finish(), std::runtime_error);
    EXPECT_NO_THROW(worker.require_started());
}

TEST(Worker, asks_its_job_to_stop_when_it_is_destroyed) {
    bool stopped = false;
    {
        Worker worker;
        worker.start([&](const std::stop_token& stop) {
            while (!stop.stop_requested()) std::this_thread::yield();
            stopped = true;
        });
    }
    EXPECT_TRUE(stopped);
}

TEST(Worker, calls_a_job_again_as_long_as_there_is_more) {
    int calls = 0;
    Worker worker;
    worker.start([&](const std::stop_token&) { return ++calls < 3; });
    worker.finish();
    EXPECT_EQ(calls, 3);
}

TEST(Worker, does_a_job_that_pauses_to_its_end) {
    std::string said;
    Worker worker;
    worker.start([&](std::stop_token stop) -> Pausing<> {
        for (int each = 1; each <= 3 && !stop.stop_requested(); ++each) {
            said += std::to_string(each);
            co_await Pause();
        }
    });
    wait_for(worker);
    EXPECT_EQ(said, "123");
    worker.start([](const std::stop_token&) -> Pausing<> {
        co_await Pause();
        throw std::runtime_error("no luck");
    });
    EXPECT_THROW(worker.finish(), std::runtime_error);
}

}  // namespace
}  // namespace loopscope
