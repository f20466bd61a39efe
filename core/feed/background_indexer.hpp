// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>

#include "core/base/worker.hpp"
#include "core/feed/analysis.hpp"

namespace loopscope::feed {

/// Indexes a trace on a thread of its own, while another thread appends to the trace. The destructor stops
/// the thread soon.
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
    /// Waits until all events were indexed, and returns the analysis; nothing if `progress`, which is called
    /// with the fraction that is done, stopped it. Throws what the indexing threw. REQUIRES: called once.
    std::optional<Analysis> finish(const Progress& progress);

  private:
    void work(const std::stop_token& stop);
    void learn(const std::stop_token& stop);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::shared_ptr<const trace::Log> log_;
    std::uint32_t told_ = 0;
    std::uint32_t known_ = 0;
    std::exception_ptr error_;  // why no more events are indexed
    Analysis analysis_;         // used by the thread until all events are indexed
    Worker worker_;             // last: it uses the other members
};

}  // namespace loopscope::feed
