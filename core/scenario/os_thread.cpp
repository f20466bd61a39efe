// SPDX-License-Identifier: MIT
#include "core/scenario/os_thread.hpp"

#include <utility>

namespace loopscope::scenario {

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
    changed_.notify_all();
    changed_.wait(lock, [this] { return !job_; });
    if (error_) std::rethrow_exception(std::exchange(error_, nullptr));
}

void OsThread::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return job_ || ends_; });
        if (!job_) return;
        try {
            (*job_)();
        } catch (...) {
            error_ = std::current_exception();
        }
        job_ = nullptr;
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

#endif

}  // namespace loopscope::scenario
