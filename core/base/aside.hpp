// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <stop_token>
#include <utility>

#include "core/base/worker.hpp"

namespace loopscope {

/// The middle stage of a pipeline: a thread that works on things, one after the other, while the owner
/// prepares the next ones and uses those that are done. Things stay in their slots and are filled again, so
/// their memory is reused. Used from the owner's thread.
///
/// The destructor waits until the work on the present thing is over.
template <class T, std::size_t Slots = 3>
class Aside {
    static_assert(Slots >= 2, "one is used while another one is worked on");

  public:
    /// Starts the thread, which calls `work` with each thing in turn; next() throws what `work` throws.
    /// Throws if no thread can be started.
    explicit Aside(std::function<void(T&)> work) : work_(std::move(work)) {
        worker_.start([this](const std::stop_token& stop) { run(stop); });
        worker_.require_started();
    }
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;
    ~Aside() {
        worker_.request_stop();
        changed_.notify_all();
    }

    /// Returns whether all slots are in use, until one is released.
    [[nodiscard]] bool full() const { return handed_ - used_ == Slots; }
    /// Returns the slot of the next thing, with its earlier contents. REQUIRES: not full().
    [[nodiscard]] T& slot() { return ring_[handed_ % Slots]; }
    /// Hands the thing in slot() to the thread. REQUIRES: not full().
    void hand_over() {
        const std::scoped_lock lock(mutex_);
        ++handed_;
        changed_.notify_all();
    }

    /// Waits until the oldest thing that is not released was worked on, and returns it; null if there is
    /// none. Throws what `work` threw.
    T* next() {
        std::unique_lock lock(mutex_);
        if (used_ == handed_) return nullptr;
        changed_.wait(lock, [this] { return used_ < done_ || error_; });
        if (used_ == done_) std::rethrow_exception(error_);
        return &ring_[used_ % Slots];
    }
    /// Returns whether next() would not wait.
    [[nodiscard]] bool ready() {
        const std::scoped_lock lock(mutex_);
        return used_ < done_ || error_;
    }
    /// Frees the slot of the thing that next() returned.
    void release() { ++used_; }

  private:
    void run(const std::stop_token& stop) {
        while (work_on_one(stop)) continue;
    }

    bool work_on_one(const std::stop_token& stop) {
        std::unique_lock lock(mutex_);
        if (!changed_.wait(lock, stop, [this] { return done_ < handed_; }) || stop.stop_requested())
            return false;
        T& slot = ring_[done_ % Slots];
        lock.unlock();
        std::exception_ptr error;
        try {
            work_(slot);
        } catch (...) {
            error = std::current_exception();
        }
        lock.lock();
        error_ = error;
        if (!error) ++done_;
        changed_.notify_all();
        return !error;
    }

    std::function<void(T&)> work_;
    std::array<T, Slots> ring_{};
    std::mutex mutex_;
    std::condition_variable_any changed_;
    // INVARIANT: used_ <= done_ <= handed_ <= used_ + Slots. The thread works on the thing at done_; the
    // owner uses the one at used_, and prepares the one at handed_. Only the owner changes used_ and handed_.
    std::size_t handed_ = 0;
    std::size_t done_ = 0;
    std::size_t used_ = 0;
    std::exception_ptr error_;
    Worker worker_;  // last: it uses the other members
};

}  // namespace loopscope
