// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>

#include "core/base/worker.hpp"
#include "core/feed/analysis.hpp"

namespace loopscope::feed {

/// Indexes a trace on a thread of its own, while another thread appends to the trace; where there are no
/// threads, in advance(). The destructor stops the thread soon.
class BackgroundIndexer {
  public:
    /// Starts the thread. Throws if no thread can be started.
    BackgroundIndexer();
    BackgroundIndexer(const BackgroundIndexer&) = delete;
    BackgroundIndexer& operator=(const BackgroundIndexer&) = delete;

    /// Has the thread index the first `count` events of a log. Called by the thread that appends to the log,
    /// which waits here where it is far ahead: events that are not indexed are not packed either.
    /// REQUIRES: the same log at each call whose `count` is not 0.
    void follow(std::shared_ptr<const trace::Log> log, std::uint32_t count);
    /// Waits until more events are indexed, or indexes some itself. Returns whether there are more to come.
    /// Throws what the indexing threw. Called by the thread that calls follow().
    bool advance();
    /// Returns how many of the events are indexed, from 0 to 1.
    [[nodiscard]] double done();
    /// Moves out the analysis. REQUIRES: advance() has returned false; called once.
    [[nodiscard]] Analysis take() { return std::move(analysis_); }

  private:
    std::shared_ptr<const trace::Log> log_;
    std::uint32_t told_ = 0;
    std::uint32_t known_ = 0;
    Analysis analysis_;  // used by the thread until all events are indexed
#if LOOPSCOPE_THREADS
    void work(const std::stop_token& stop);
    void learn(const std::stop_token& stop);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::exception_ptr error_;  // why no more events are indexed
    Worker worker_;             // last: it uses the other members
#endif
};

}  // namespace loopscope::feed
