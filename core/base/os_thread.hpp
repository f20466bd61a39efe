// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>

#include "core/base/threads.hpp"
#include "core/base/worker.hpp"

namespace loopscope {

/// An OS thread that works only while another one waits for it: the turn is passed like a baton, so what such
/// threads do together is the same in every run, and no two of them ever access the same data at once. Where
/// there are no threads it is a number, which tells the contents of a `threading.local()` apart, and a job
/// cannot pause.
class OsThread {
  public:
    /// Throws if there is no thread to be had.
    OsThread();
    OsThread(const OsThread&) = delete;
    OsThread& operator=(const OsThread&) = delete;
    /// Ends the thread and waits for it. REQUIRES: no job is under way.
    ~OsThread();

    /// Runs a job on the OS thread and returns when it is done, or has called pause(). Throws what the job
    /// throws. REQUIRES: no job is under way, and the job lives until it is done.
    void run(const std::function<void()>& job);
    /// Has the job that has called pause() go on, and returns when it is done or calls that again. Throws
    /// what the job throws. REQUIRES: paused().
    void resume();
    /// Returns whether a job is under way that waits for resume().
    [[nodiscard]] bool paused() const { return job_ != nullptr; }

    /// Gives the turn back to whoever waits for this job, and returns when it is to go on. To be called by
    /// the job, on the OS thread.
    void pause();

  private:
    const std::function<void()>* job_ = nullptr;  // that is under way
#if LOOPSCOPE_THREADS
    enum class Turn : std::uint8_t { owner, thread };

    void work();
    void pass_and_wait(std::unique_lock<std::mutex>& lock);

    std::mutex mutex_;
    std::condition_variable changed_;
    Turn turn_ = Turn::owner;   // the baton
    std::exception_ptr error_;  // what the job threw
    bool ends_ = false;
    Worker worker_;  // last: it uses the others
#else
    unsigned number_;
#endif
};

}  // namespace loopscope
