// SPDX-License-Identifier: MIT
#include "core/base/os_thread.hpp"

#include <cassert>
#include <utility>

namespace loopscope {

#if LOOPSCOPE_THREADS

OsThread::OsThread() {
    worker_.start([this](const std::stop_token&) { work(); });
    worker_.require_started();
}

OsThread::~OsThread() {
    {
        const std::scoped_lock lock(mutex_);
        ends_ = true;
    }
    changed_.notify_all();
}

void OsThread::run(const std::function<void()>& job) {
    std::unique_lock lock(mutex_);
    job_ = &job;
    pass_and_wait(lock);
}

void OsThread::resume() {
    std::unique_lock lock(mutex_);
    pass_and_wait(lock);
}

/// Passes the turn to the thread, and waits until it is given back.
void OsThread::pass_and_wait(std::unique_lock<std::mutex>& lock) {
    turn_ = Turn::thread;
    changed_.notify_all();
    changed_.wait(lock, [this] { return turn_ == Turn::owner; });
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void OsThread::pause() {
    std::unique_lock lock(mutex_);
    turn_ = Turn::owner;
    changed_.notify_all();
    changed_.wait(lock, [this] { return turn_ == Turn::thread; });
}

void OsThread::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return turn_ == Turn::thread || ends_; });
        if (turn_ != Turn::thread) return;
        lock.unlock();  // the job may pause, which locks
        std::exception_ptr error;
        try {
            (*job_)();
        } catch (...) {
            error = std::current_exception();
        }
        lock.lock();
        error_ = std::move(error);
        job_ = nullptr;
        turn_ = Turn::owner;
        changed_.notify_all();
    }
}

#else

OsThread::OsThread() {
    static unsigned last = 0;
    number_ = ++last;
}

OsThread::~OsThread() = default;

void OsThread::run(const std::function<void()>& job) {
    struct Turn {
        unsigned before;
        ~Turn() { thread_at_turn = before; }
    };
    const Turn turn{std::exchange(thread_at_turn, number_)};
    job();
}

void OsThread::resume() {
    assert(false && "no job pauses here");
}

void OsThread::pause() {
    assert(false && "there is nothing to wait on");
}

#endif

}  // namespace loopscope
