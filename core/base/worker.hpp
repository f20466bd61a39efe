// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <exception>
#include <thread>
#include <utility>

#include "core/base/pool.hpp"

namespace loopscope {

/// A thread that does one job after another for its owner: the one place where threads are made. No exception
/// leaves it: the owner asks error() for what a job threw, or for why no thread could be started. The
/// destructor requests a stop and waits for the job to end. Used from the owner's thread.
class Worker {
  public:
    Worker() = default;
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    /// Starts a job, a function of a stop token, on a thread. REQUIRES: no job is under way.
    template <class Function>
    void start(Function job) {
        error_ = nullptr;
        started_ = true;
        over_.store(false, std::memory_order_relaxed);
        try {
            thread_ = std::jthread([this, job = std::move(job)](const std::stop_token& stop) mutable {
                run(std::move(job), stop);
                over_.store(true, std::memory_order_release);
            });
        } catch (...) {
            started_ = false;
            error_ = std::current_exception();
            over_.store(true, std::memory_order_release);
        }
    }

    /// Requests the job to stop.
    void request_stop() { thread_.request_stop(); }
    /// Returns whether a thread could be started for the last job.
    [[nodiscard]] bool started() const { return started_; }
    /// Throws why no thread could be started for the last job, if none could.
    void require_started() const {
        if (!started_) std::rethrow_exception(error_);
    }
    /// Returns whether the job has ended, so that the owner may use what the job made.
    [[nodiscard]] bool over() const { return over_.load(std::memory_order_acquire); }
    /// Returns what the job threw, or why no thread could be started; null if neither. REQUIRES: over().
    [[nodiscard]] const std::exception_ptr& error() const { return error_; }
    /// Waits until the job has ended. Throws what the job threw, or why no thread could be started. REQUIRES:
    /// start() was called.
    void finish() {
        if (thread_.joinable()) thread_.join();
        if (error_) std::rethrow_exception(error_);
    }

  private:
    template <class Function>
    void run(Function&& job, const std::stop_token& stop) {
        // Declared first to be destroyed last: what the job holds may be memory of the pool as well.
        struct PoolLeft {
            PoolLeft() = default;
            PoolLeft(const PoolLeft&) = delete;
            PoolLeft& operator=(const PoolLeft&) = delete;
            ~PoolLeft() { pool_leave(); }
        };
        const PoolLeft left;
        Function own = std::forward<Function>(job);
        try {
            own(stop);
        } catch (...) {
            error_ = std::current_exception();
        }
    }

    std::exception_ptr error_;  // used by the thread until it has ended
    bool started_ = false;
    std::atomic<bool> over_{false};
    std::jthread thread_;  // last: it uses the other members
};

}  // namespace loopscope
