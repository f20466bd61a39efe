#pragma once

#include <atomic>
#include <exception>
#include <thread>
#include <utility>

namespace loopscope {

/// A thread that does one job after the other for its owner. No exception leaves it: what a job throws, and
/// that no thread could be started, is the owner's to ask for. Destroying it asks the job to stop, and waits.
class Worker {
  public:
    Worker() = default;
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Begins a job, a function of a stop token. REQUIRES: none is under way.
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

    /// Asks the job to end soon.
    void request_stop() { thread_.request_stop(); }
    /// Whether the job has ended, so that what it made is the owner's.
    [[nodiscard]] bool over() const { return over_.load(std::memory_order_acquire); }
    /// What it threw, or why it was never begun; null: nothing. REQUIRES: over().
    [[nodiscard]] const std::exception_ptr& error() const { return error_; }

  private:
    std::exception_ptr error_;  // the thread's, until it has ended
    std::atomic<bool> over_{false};
    std::jthread thread_;  // last: it uses the others
};

}  // namespace loopscope
