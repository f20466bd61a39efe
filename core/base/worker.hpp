// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <thread>
#include <type_traits>
#include <utility>

#include "core/base/job.hpp"
#include "core/base/pausing.hpp"
#include "core/base/pool.hpp"
#include "core/base/threads.hpp"

namespace loopscope {

/// Does one job after another for its owner, beside it: on a thread, and this is the one place where threads
/// are made; or, where there are none, a slice at a time in the owner's polls. No exception leaves it: the
/// owner asks error() for what a job threw, or for why no thread could be started. The destructor requests a
/// stop and waits for the job to end. Used from the owner's thread.
class Worker {
  public:
    Worker() = default;
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    ~Worker();

    /// Starts a job, a function of a stop token. One that is a Pausing coroutine may be done a slice at a
    /// time, and so may one that returns a bool, which is called again as long as that is true. REQUIRES: no
    /// job is under way.
    template <class Function>
    void start(Function job);

    /// Works for about `time`, at least a little, where there are no threads. Returns `ended` once the job
    /// has ended; until then `grew` if this did something, and `waiting` if a thread does.
    Status poll(std::chrono::nanoseconds time);

    /// Requests the job to stop.
    void request_stop();
    /// Returns whether the last job could be started.
    [[nodiscard]] bool started() const { return started_; }
    /// Throws why no thread could be started for the last job, if none could.
    void require_started() const {
        if (!started_) std::rethrow_exception(error_);
    }
    /// Returns whether the job has ended, so that the owner may use what the job made. Where there are no
    /// threads it ends in poll() and finish().
    [[nodiscard]] bool over() const { return over_.load(std::memory_order_acquire); }
    /// Returns what the job threw, or why no thread could be started; null if neither. REQUIRES: over().
    [[nodiscard]] const std::exception_ptr& error() const { return error_; }
    /// Waits until the job has ended. Throws what the job threw, or why no thread could be started. REQUIRES:
    /// start() was called.
    void finish();

  private:
    /// A job that is done part by part.
    template <class Function>
    class Parts {
      public:
        explicit Parts(Function job) : job_(std::move(job)) {}
        /// Does the job, or its next part. Returns whether there is more of it.
        bool go_on(const std::stop_token& stop) {
            using Made = std::invoke_result_t<Function&, const std::stop_token&>;
            if constexpr (std::is_same_v<Made, bool>) {
                return job_(stop);
            } else if constexpr (std::is_same_v<Made, Pausing<>>) {
                if (!work_) work_.emplace(job_(stop));
                if (work_->advance()) return true;
                work_->take();
                return false;
            } else {
                job_(stop);
                return false;
            }
        }

      private:
        Function job_;
        std::optional<Pausing<>> work_;  // after what it refers to
    };
    template <class Function>
    void run(Function&& job, const std::stop_token& stop);

    std::exception_ptr error_;  // used by the thread until it has ended
    bool started_ = false;
    std::atomic<bool> over_{false};
#if LOOPSCOPE_THREADS
    std::jthread thread_;  // last: it uses the other members
#else
    std::stop_source stop_;
    std::function<bool(const std::stop_token&)> job_;  // null: none is under way
#endif
};

#if LOOPSCOPE_THREADS

inline Worker::~Worker() = default;

template <class Function>
void Worker::start(Function job) {
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

template <class Function>
void Worker::run(Function&& job, const std::stop_token& stop) {
    // Declared first to be destroyed last: what the job holds may be memory of the pool as well.
    struct PoolLeft {
        PoolLeft() = default;
        PoolLeft(const PoolLeft&) = delete;
        PoolLeft& operator=(const PoolLeft&) = delete;
        ~PoolLeft() { pool_leave(); }
    };
    const PoolLeft left;
    Parts own(std::forward<Function>(job));
    try {
        while (own.go_on(stop)) continue;
    } catch (...) {
        error_ = std::current_exception();
    }
}

inline Status Worker::poll(std::chrono::nanoseconds) {
    return over() ? Status::ended : Status::waiting;
}

inline void Worker::request_stop() {
    thread_.request_stop();
}

inline void Worker::finish() {
    if (thread_.joinable()) thread_.join();
    if (error_) std::rethrow_exception(error_);
}

#else

inline Worker::~Worker() {
    request_stop();
    poll(std::chrono::nanoseconds::max());
}

template <class Function>
void Worker::start(Function job) {
    error_ = nullptr;
    started_ = true;
    over_ = false;
    stop_ = {};
    // A function that can be copied, whatever the job holds.
    job_ = [kept = std::make_shared<Parts<Function>>(std::move(job))](const std::stop_token& stop) {
        return kept->go_on(stop);
    };
}

inline Status Worker::poll(std::chrono::nanoseconds time) {
    if (!job_) return over() ? Status::ended : Status::waiting;
    const Slice slice(time);
    try {
        while (job_(stop_.get_token())) {
            if (slice.over()) return Status::grew;
        }
    } catch (...) {
        error_ = std::current_exception();
    }
    job_ = nullptr;
    over_ = true;
    return Status::ended;
}

inline void Worker::request_stop() {
    stop_.request_stop();
}

inline void Worker::finish() {
    poll(std::chrono::nanoseconds::max());
    if (error_) std::rethrow_exception(error_);
}

#endif

}  // namespace loopscope
