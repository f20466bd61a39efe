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
/// their memory is reused. Used from the owner's thread. Where there are no threads, next() does the work.
///
/// The destructor waits until the work on the present thing is over.
template <class T, std::size_t Slots = 3>
class Aside {
    static_assert(Slots >= 2, "one is used while another one is worked on");

  public:
    /// Starts the thread, which calls `work` with each thing in turn; next() throws what `work` throws.
    /// Throws if no thread can be started.
    explicit Aside(std::function<void(T&)> work);
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;
    ~Aside();

    /// Returns whether all slots are in use, until one is released.
    [[nodiscard]] bool full() const { return handed_ - used_ == Slots; }
    /// Returns the slot of the next thing, with its earlier contents. REQUIRES: not full().
    [[nodiscard]] T& slot() { return ring_[handed_ % Slots]; }
    /// Hands the thing in slot() to the thread. REQUIRES: not full().
    void hand_over();

    /// Waits until the oldest thing that is not released was worked on, and returns it; null if there is
    /// none. Throws what `work` threw.
    T* next();
    /// Returns whether next() would not wait.
    [[nodiscard]] bool ready();
    /// Frees the slot of the thing that next() returned.
    void release() { ++used_; }

  private:
    std::function<void(T&)> work_;
    std::array<T, Slots> ring_{};
    // INVARIANT: used_ <= done_ <= handed_ <= used_ + Slots. The thread works on the thing at done_; the
    // owner uses the one at used_, and prepares the one at handed_. Only the owner changes used_ and handed_.
    std::size_t handed_ = 0;
    std::size_t done_ = 0;
    std::size_t used_ = 0;
    std::exception_ptr error_;

    /// Works on the thing at done_. Returns what that threw; null: nothing.
    std::exception_ptr work_on(T& thing) {
        try {
            work_(thing);
        } catch (...) {
            return std::current_exception();
        }
        return nullptr;
    }
#if LOOPSCOPE_THREADS
    bool work_on_one(const std::stop_token& stop);

    std::mutex mutex_;
    std::condition_variable_any changed_;
    Worker worker_;  // last: it uses the other members
#endif
};

#if LOOPSCOPE_THREADS

template <class T, std::size_t Slots>
Aside<T, Slots>::Aside(std::function<void(T&)> work) : work_(std::move(work)) {
    worker_.start([this](const std::stop_token& stop) { return work_on_one(stop); });
    worker_.require_started();
}

template <class T, std::size_t Slots>
Aside<T, Slots>::~Aside() {
    worker_.request_stop();
    changed_.notify_all();
}

template <class T, std::size_t Slots>
void Aside<T, Slots>::hand_over() {
    const std::scoped_lock lock(mutex_);
    ++handed_;
    changed_.notify_all();
}

template <class T, std::size_t Slots>
T* Aside<T, Slots>::next() {
    std::unique_lock lock(mutex_);
    if (used_ == handed_) return nullptr;
    changed_.wait(lock, [this] { return used_ < done_ || error_; });
    if (used_ == done_) std::rethrow_exception(error_);
    return &ring_[used_ % Slots];
}

template <class T, std::size_t Slots>
bool Aside<T, Slots>::ready() {
    const std::scoped_lock lock(mutex_);
    return used_ < done_ || error_;
}

template <class T, std::size_t Slots>
bool Aside<T, Slots>::work_on_one(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait(lock, stop, [this] { return done_ < handed_; }) || stop.stop_requested()) return false;
    T& slot = ring_[done_ % Slots];
    lock.unlock();
    std::exception_ptr error = work_on(slot);
    lock.lock();
    error_ = error;
    if (!error) ++done_;
    changed_.notify_all();
    return !error;
}

#else

template <class T, std::size_t Slots>
Aside<T, Slots>::Aside(std::function<void(T&)> work) : work_(std::move(work)) {}

template <class T, std::size_t Slots>
Aside<T, Slots>::~Aside() = default;

template <class T, std::size_t Slots>
void Aside<T, Slots>::hand_over() {
    ++handed_;
}

template <class T, std::size_t Slots>
T* Aside<T, Slots>::next() {
    if (used_ == handed_) return nullptr;
    if (used_ == done_ && !error_) {
        error_ = work_on(ring_[done_ % Slots]);
        if (!error_) ++done_;
    }
    if (used_ == done_) std::rethrow_exception(error_);
    return &ring_[used_ % Slots];
}

template <class T, std::size_t Slots>
bool Aside<T, Slots>::ready() {
    return used_ < handed_;
}

#endif

}  // namespace loopscope
