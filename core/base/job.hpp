// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <thread>

namespace loopscope {

/// The result of one poll of a job or a feed.
enum class Status : std::uint8_t {
    grew,     ///< work was done, and more can be done at once
    waiting,  ///< nothing can be done yet: poll again later
    ended,    ///< all is done
    failed,   ///< nothing more can be done; `error()` says why
};

/// Returns whether a status is final: no further poll changes anything.
[[nodiscard]] constexpr bool is_over(Status status) {
    return status == Status::ended || status == Status::failed;
}

/// Long work that is done a slice at a time, so that no thread has to wait for it.
///
/// - `poll(context…, time)` works for about `time` of the wall clock, at least a little, and never blocks.
///   What the job works on is passed to each poll, so that the job refers to nothing that may be destroyed by
///   then.
/// - `progress()` returns how much of the work is done, from 0 to 1.
/// - `cancel()` ends the job soon: the next polls lead to `ended` or `failed`, as the job documents.
///
/// A job is used from one thread, which calls all of these; it may use other threads inside.
template <class T, class... Context>
concept Job = requires(T& job, const T& view, std::chrono::nanoseconds time, Context... context) {
    { job.poll(context..., time) } -> std::same_as<Status>;
    { view.progress() } -> std::same_as<double>;
    job.cancel();
};

/// A slice of wall-clock time that begins when the object is made.
class Slice {
  public:
    explicit Slice(std::chrono::nanoseconds time) : time_(time) {
        if (ends()) start_ = std::chrono::steady_clock::now();
    }
    /// Returns whether the slice has passed. A slice of the maximum time never passes, and reads no clock.
    [[nodiscard]] bool over() const { return ends() && std::chrono::steady_clock::now() - start_ >= time_; }

  private:
    [[nodiscard]] bool ends() const { return time_ != std::chrono::nanoseconds::max(); }

    std::chrono::nanoseconds time_;
    std::chrono::steady_clock::time_point start_;
};

/// A pause between two polls, for a thread that has nothing else to do: none if there is more to do; else a
/// sleep, which is longer the longer nothing comes. For the command line and tests; a window polls again with
/// its next frame.
class Rest {
  public:
    /// Sleeps until it is time for the next poll after one that returned this status.
    void operator()(Status status) {
        if (status != Status::waiting) {
            pause_ = shortest;
            return;
        }
        std::this_thread::sleep_for(pause_);
        pause_ = std::min(2 * pause_, maximum);
    }

  private:
    static constexpr std::chrono::milliseconds shortest{1};
    static constexpr std::chrono::milliseconds maximum{16};
    std::chrono::milliseconds pause_ = shortest;
};

/// Calls `poll` until it returns a final status, and `between` with the status after each poll before that.
/// Returns the final status.
template <class Poll, class Between = Rest>
Status poll_until_over(const Poll& poll, Between between = {}) {
    for (;;) {
        const Status status = poll();
        if (is_over(status)) return status;
        between(status);
    }
}

/// Polls a job until it is over, and sleeps while it waits. Returns `ended` or `failed`.
template <class T, class... Context>
requires Job<T, Context&...> Status complete(T& job, Context&... context) {
    constexpr std::chrono::milliseconds slice(10);
    return poll_until_over([&] { return job.poll(context..., slice); });
}

}  // namespace loopscope
