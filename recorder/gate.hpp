// SPDX-License-Identifier: MIT
// The gate of a program of C++, at which its threads stand while it is stepped, and the clock of the records, which stands with them.
#pragma once

#include <atomic>
#include <cstdint>
#include <ctime>
#include <mutex>

#include "here.hpp"
#include "spool_gate.h"

namespace loopscope::recorder {

class Gate {
  public:
    explicit Gate(Spool& spool) : spool_(spool) { now() = this; }

    /// Lets the calling thread run a handle, or has it stand until it may. Every handle that was let through is ended by `leave`.
    void pass() {
        if (!spool_gate_is_closed(&spool_)) return;
        if (is_open_for_good_.load(std::memory_order_relaxed)) return spool_open_gate(spool_.head);
        watch_signals();
        if (!spool_take_permit(spool_.head)) stand();
        const std::lock_guard lock(mutex_);
        if (here.let_through++ == 0) ++stepping_;
        say_whether_paused();
    }

    /// Ends the calling thread's handle.
    void leave() {
        if (here.let_through == 0) return;
        const std::lock_guard lock(mutex_);
        if (--here.let_through == 0) --stepping_;
        say_whether_paused();
    }

    /// Has the signals that end programs open the gate.
    static void watch_signals() { spool_watch_signals(open_for_good); }

    /// Returns the nanoseconds of CLOCK_MONOTONIC less those for which the program has stood.
    [[nodiscard]] std::uint64_t clock() const {
        const std::uint64_t since = stands_since_.load(std::memory_order_relaxed);
        return (since != 0 ? since : nanoseconds()) - stood_.load(std::memory_order_relaxed);
    }

    /// Nobody stands, and nobody was let through: for a forked child.
    void forget() {
        here.let_through = 0;
        stepping_ = standing_ = 0;
    }

  private:
    static Gate*& now() {
        static Gate* gate = nullptr;
        return gate;
    }

    static std::uint64_t nanoseconds() {
        timespec time{};
        clock_gettime(CLOCK_MONOTONIC, &time);
        return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(time.tv_nsec);
    }

    /// Called by handlers of signals.
    static void open_for_good() {
        Gate* const gate = now();
        Spool_head* const head = gate->spool_.head;
        if (head == nullptr || __atomic_load_n(&head->gate, __ATOMIC_RELAXED) == 0) return;
        const int error = errno;
        gate->is_open_for_good_ = true;
        spool_open_gate(head);
        errno = error;
    }

    /// The program is paused while threads stand and none runs a handle. REQUIRES: the lock is held.
    void say_whether_paused() {
        const bool is_paused = standing_ != 0 && stepping_ == 0;
        const std::uint64_t since = stands_since_;
        if (is_paused && since == 0) stands_since_ = nanoseconds();
        if (!is_paused && since != 0) {
            stood_ += nanoseconds() - since;
            stands_since_ = 0;
        }
        if (spool_.head != nullptr) spool_say_paused(spool_.head, is_paused ? 1 : 0);
    }

    void stand() {
        {
            const std::lock_guard lock(mutex_);
            if (here.let_through != 0) --stepping_;
            ++standing_;
            say_whether_paused();
        }
        constexpr int waits_a_look = 5;
        for (int waits = 1; spool_gate_is_closed(&spool_) && !spool_take_permit(spool_.head); ++waits) {
            spool_wait_for_permit(spool_.head);
            if (waits % waits_a_look == 0 && spool_is_unread(&spool_)) open_for_good();
        }
        const std::lock_guard lock(mutex_);
        --standing_;
        if (here.let_through != 0) ++stepping_;
    }

    Spool& spool_;
    std::atomic<bool> is_open_for_good_{false};
    std::mutex mutex_;
    std::uint32_t standing_ = 0;  // threads that stand before a handle
    std::uint32_t stepping_ = 0;  // threads that run one that was let through, and stand before none inside of it
    std::atomic<std::uint64_t> stood_{0}, stands_since_{0};  // ns; 0: the clock runs
};

}  // namespace loopscope::recorder
