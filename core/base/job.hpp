#pragma once

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <thread>

namespace loopscope {

/// What one poll of something that goes on over time came to.
enum class Status : std::uint8_t {
    grew,     ///< it went on, and can go on at once
    waiting,  ///< it cannot go on yet: poll again later
    ended,    ///< all is done
    failed,   ///< no more can be done; its `error()` says why
};

/// Returns whether no further poll changes anything.
[[nodiscard]] constexpr bool is_over(Status status) {
    return status == Status::ended || status == Status::failed;
}

/// Something that takes long and goes on a slice at a time, so that nobody who watches has to wait.
///
/// - `poll(context…, time)` goes on for about `time` of the wall clock, at least a little, and never blocks.
///   What it works on is handed to each poll, so that it refers to nothing that may be gone by then.
/// - `progress()` returns how much of it is behind it, from 0 to 1.
/// - `cancel()` has it end soon: the next polls lead to `ended` or `failed`, whichever it documents.
///
/// A job belongs to one thread, which calls all of these; threads that it has work for it are its own affair.
template <class T, class... Context>
concept Job = requires(T& job, const T& view, std::chrono::nanoseconds time, Context... context) {
    { job.poll(context..., time) } -> std::same_as<Status>;
    { view.progress() } -> std::same_as<double>;
    job.cancel();
};

/// The end of a slice of time, measured on the wall clock from when this is made.
class Slice {
  public:
    explicit Slice(std::chrono::nanoseconds time) : time_(time) {
        if (ends()) start_ = std::chrono::steady_clock::now();
    }
    /// Returns whether the time has passed. The longest time there is never passes, and reads no clock.
    [[nodiscard]] bool over() const { return ends() && std::chrono::steady_clock::now() - start_ >= time_; }

  private:
    [[nodiscard]] bool ends() const { return time_ != std::chrono::nanoseconds::max(); }

    std::chrono::nanoseconds time_;
    std::chrono::steady_clock::time_point start_;
};

/// How a thread that has nothing else to do spends the time between two polls: none if there is more to do,
/// asleep if there is nothing yet, the longer the longer that lasts. For the command line and tests; who
/// draws frames looks again with the next one.
class Rest {
  public:
    /// Returns when it is time for the next poll after one with this status.
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

/// Polls until that leads to no more, and calls `between` with the status after each poll that does not end
/// it. Returns the last status.
template <class Poll, class Between = Rest>
Status poll_until_over(const Poll& poll, Between between = {}) {
    for (;;) {
        const Status status = poll();
        if (is_over(status)) return status;
        between(status);
    }
}

/// Has a job go on until it is over, and rests where it waits. Returns `ended` or `failed`.
template <class T, class... Context>
requires Job<T, Context&...> Status complete(T& job, Context&... context) {
    constexpr std::chrono::milliseconds slice(10);
    return poll_until_over([&] { return job.poll(context..., slice); });
}

}  // namespace loopscope
