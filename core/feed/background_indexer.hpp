#pragma once

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>

#include "core/base/worker.hpp"
#include "core/feed/analysis.hpp"

namespace loopscope::feed {

/// Learns what is in a trace, on a thread of its own, while another one appends to it. Stops, soon, when it
/// is destroyed.
class BackgroundIndexer {
  public:
    /// Throws if there is no thread to be had.
    BackgroundIndexer();
    BackgroundIndexer(const BackgroundIndexer&) = delete;
    BackgroundIndexer& operator=(const BackgroundIndexer&) = delete;

    /// The first `count` events of a log are there to be read. For the thread that appends to it; the same
    /// log at each call.
    void follow(std::shared_ptr<const trace::Log> log, std::uint32_t count);
    /// What is known once all of it was read; nothing if `progress`, told of the part that was, has it stop.
    /// Throws what it threw. REQUIRES: once.
    std::optional<Analysis> finish(const Progress& progress);

  private:
    void work(const std::stop_token& stop);
    void learn(const std::stop_token& stop);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::shared_ptr<const trace::Log> log_;
    std::uint32_t told_ = 0;
    std::uint32_t known_ = 0;
    std::exception_ptr error_;  // why no more becomes known
    Analysis analysis_;         // the thread's, until all is known
    Worker worker_;             // last: it uses the others
};

}  // namespace loopscope::feed
