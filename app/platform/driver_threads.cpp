// SPDX-License-Identifier: MIT
#include "app/platform/driver_threads.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <deque>
#include <mutex>
#include <stop_token>
#include <thread>

#include "core/base/worker.hpp"

namespace loopscope::platform {
namespace {

/// The maximum number of threads that the renderer starts, one for each processor.
constexpr unsigned max_driver_threads = 32;

/// Returns whether `count` threads can run at the same time.
bool can_start(unsigned count) {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::deque<Worker> threads;  // last: the threads are joined before the rest is destroyed
    for (; count > 0; --count) {
        threads.emplace_back().start([&](const std::stop_token& stop) {
            std::unique_lock lock(mutex);
            changed.wait(lock, stop, [] { return false; });
        });
        if (!threads.back().started()) return false;
    }
    return true;
}

}  // namespace

void spare_driver_threads() {
    const unsigned processors = std::max(std::thread::hardware_concurrency(), 1U);
    if (!can_start(std::min(processors, max_driver_threads))) ::setenv("LP_NUM_THREADS", "0", 0);
}

}  // namespace loopscope::platform
