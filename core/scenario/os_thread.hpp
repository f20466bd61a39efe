// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>

#include "core/base/threads.hpp"
#include "core/base/worker.hpp"

namespace loopscope::scenario {

/// An OS thread that works only while another one waits for it: the turn is passed like a baton, so what such
/// threads do together is the same in every run, and no two of them ever access the same data at once. Where
/// there are no threads it is a number, which tells the contents of a `threading.local()` apart.
class OsThread {
  public:
    /// Throws if there is no thread to be had.
    OsThread();
    OsThread(const OsThread&) = delete;
    OsThread& operator=(const OsThread&) = delete;
    /// Ends the thread and waits for it. REQUIRES: no job is under way.
    ~OsThread();

    /// Runs a job on the OS thread and returns when it is done. Throws what the job throws.
    void run(const std::function<void()>& job);

  private:
#if LOOPSCOPE_THREADS
    void work();

    std::mutex mutex_;
    std::condition_variable changed_;
    const std::function<void()>* job_ = nullptr;  // the baton: not null while it is the OS thread's turn
    std::exception_ptr error_;                    // what the job threw
    bool ends_ = false;
    Worker worker_;  // last: it uses the others
#else
    unsigned number_;
#endif
};

}  // namespace loopscope::scenario
