#pragma once

#include <atomic>
#include <exception>
#include <thread>
#include <utility>

namespace loopscope {

/// A thread that does one job after another for its owner. No exception leaves it: the owner asks error() for
/// what a job threw, or for why no thread could be started. The destructor requests a stop and waits for the
/// job to end. Used from the owner's thread.
class Worker {
  public:
    Worker() = default;
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Starts a job, a function of a stop token, on a thread. REQUIRES: no job is under way.
    template <class Job>
    void start(Job job) {
        error_ = nullptr;
        over_.store(false, std::memory_order_relaxed);
        try {
            thread_ = std::jthread([this, job = std::move(job)](const std::stop_token& stop) mutable {
                try {
                    job(stop);
                } catch (...) {
                    error_ = std::current_exception();
                }
                over_.store(true, std::memory_order_release);
            });
        } catch (...) {
            error_ = std::current_exception();
            over_.store(true, std::memory_order_release);
        }
    }

    /// Requests the job to stop.
    void request_stop() { thread_.request_stop(); }
    /// Returns whether the job has ended, so that what it made may be used by the owner.
    [[nodiscard]] bool over() const { return over_.load(std::memory_order_acquire); }
    /// Returns what the job threw, or why no thread could be started; null if neither. REQUIRES: over().
    [[nodiscard]] const std::exception_ptr& error() const { return error_; }

  private:
    std::exception_ptr error_;  // the thread's, until it has ended
    std::atomic<bool> over_{false};
    std::jthread thread_;  // last: it uses the others
};

}  // namespace loopscope
