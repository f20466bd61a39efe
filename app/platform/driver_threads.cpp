#include "app/platform/driver_threads.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdlib>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace loopscope::platform {
namespace {

/// The maximum number of threads that the renderer starts, one for each processor.
constexpr unsigned max_driver_threads = 32;

/// Returns whether `count` threads can run at the same time.
bool can_start(unsigned count) {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::vector<std::jthread> threads;  // last: the threads are joined before the rest is destroyed
    try {
        for (; count > 0; --count) {
            threads.emplace_back([&](const std::stop_token& stop) {
                std::unique_lock lock(mutex);
                changed.wait(lock, stop, [] { return false; });
            });
        }
    } catch (const std::system_error&) {
        return false;
    }
    return true;
}

}  // namespace

void spare_driver_threads() {
    const unsigned processors = std::max(std::thread::hardware_concurrency(), 1U);
    if (!can_start(std::min(processors, max_driver_threads))) ::setenv("LP_NUM_THREADS", "0", 0);
}

}  // namespace loopscope::platform
