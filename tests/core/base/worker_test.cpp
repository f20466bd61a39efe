#include "core/base/worker.hpp"

#include <stdexcept>

#include <gtest/gtest.h>

namespace loopscope {
namespace {

void wait_for(const Worker& worker) {
    while (!worker.over()) std::this_thread::yield();
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

}  // namespace
}  // namespace loopscope
