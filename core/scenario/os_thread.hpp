#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>

namespace loopscope::scenario {

/// An OS thread that works only while another one waits for it: a baton goes from hand to hand, so what such
/// threads do together is the same every time, and no two of them ever touch the same thing at once.
class OsThread {
  public:
    OsThread();
    OsThread(const OsThread&) = delete;
    OsThread& operator=(const OsThread&) = delete;
    /// REQUIRES: no job is under way.
    ~OsThread();

    /// Runs the job on this thread and returns when it is done. Throws what the job throws.
    void run(const std::function<void()>& job);

  private:
    void work();

    std::mutex mutex_;
    std::condition_variable changed_;
    const std::function<void()>* job_ = nullptr;  // the baton: whose turn it is
    std::exception_ptr error_;                    // what the job threw
    bool ends_ = false;
    std::thread thread_;
};

}  // namespace loopscope::scenario
