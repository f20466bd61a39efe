// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace loopscope::loop {

/// The version of asyncio whose order a loop follows. What differs between versions is asked for by name, and
/// each name says in which file of CPython's Lib/asyncio it changed, and when.
///
/// The orders are those of CPython 3.11.7, 3.12.1, 3.13.0 and 3.14.2; bug-fix releases took some of them
/// over.
class AsyncioVersion {
  public:
    /// Makes the version that is followed unless another one is chosen: 3.13.
    constexpr AsyncioVersion() = default;

    /// The names of all versions, the oldest first.
    static constexpr std::array<std::string_view, 4> names = {"3.11", "3.12", "3.13", "3.14"};
    /// The name of the version that is followed unless another one is chosen.
    static constexpr std::string_view usual = "3.13";

    /// Returns the version of a name; none if there is no such version.
    static constexpr std::optional<AsyncioVersion> named(std::string_view name) {
        const auto* const found = std::ranges::find(names, name);
        if (found == names.end()) return std::nullopt;
        return AsyncioVersion(static_cast<std::uint8_t>(oldest + (found - names.begin())));
    }
    [[nodiscard]] constexpr std::string_view name() const { return names[minor_ - oldest]; }

    /// Returns whether a coroutine in `wait_for` runs in the caller's task, under a timeout; before, in a
    /// task of its own (tasks.py, 3.12).
    [[nodiscard]] constexpr bool wait_for_runs_in_place() const { return minor_ >= 12; }
    /// Returns whether `gather` counts futures that are done at the call without a callback, so that it takes
    /// no iteration (tasks.py, 3.12).
    [[nodiscard]] constexpr bool gather_counts_done_at_once() const { return minor_ >= 12; }
    /// Returns whether tasks can run their first step inside create_task (tasks.py, `eager_task_factory`,
    /// 3.12).
    [[nodiscard]] constexpr bool has_eager_tasks() const { return minor_ >= 12; }
    /// Returns whether an uncancel() that takes the last request back also takes back the CancelledError that
    /// has not been thrown (tasks.py, 3.13).
    [[nodiscard]] constexpr bool uncancel_clears_must_cancel() const { return minor_ >= 13; }
    /// Returns whether a task has the name that it is given from the start; before, create_task and TaskGroup
    /// gave it afterwards, so that it also used up a number of those without one (tasks.py, taskgroups.py,
    /// 3.13).
    [[nodiscard]] constexpr bool names_tasks_at_once() const { return minor_ >= 13; }
    /// Returns whether a semaphore's waiter that resumes, or is cancelled, wakes as many others as there are
    /// permits; before, at most one, and none where it was cancelled without having one (locks.py, 3.13).
    [[nodiscard]] constexpr bool semaphore_wakes_all_it_can() const { return minor_ >= 13; }
    /// Returns whether a condition's waiter that is cancelled passes a notification on, and throws the
    /// CancelledError that came last; before, a new one (locks.py, 3.13).
    [[nodiscard]] constexpr bool condition_passes_on() const { return minor_ >= 13; }
    /// Returns whether a TaskGroup takes its own request to cancel the parent back after the children have
    /// ended, and renews those of others where it throws its group; before, it took back what there was
    /// before it waited for them (taskgroups.py, 3.13).
    [[nodiscard]] constexpr bool task_group_settles_requests_last() const { return minor_ >= 13; }
    /// Returns whether an asynchronous generator is free again after an aclose() that was cancelled; before,
    /// it was taken to be running for ever (Objects/genobject.c, 3.13).
    [[nodiscard]] constexpr bool cancelled_aclose_frees_generator() const { return minor_ >= 13; }
    /// Returns whether asyncio.run leaves its executor's threads some time to end, by a timer; before, it
    /// waited for as long as they took, or blocked (base_events.py, 3.13).
    [[nodiscard]] constexpr bool run_limits_the_end_of_threads() const { return minor_ >= 13; }
    /// Returns whether a TaskGroup hears of each child by a callback, also of one that was done as
    /// create_task returned (taskgroups.py, 3.14).
    [[nodiscard]] constexpr bool task_group_hears_by_callback() const { return minor_ >= 14; }
    /// Returns whether `shield` keeps track of who awaits: the inner future has one callback more, and
    /// another one, which reports its exception, once the outer one was cancelled (tasks.py, 3.14).
    [[nodiscard]] constexpr bool shield_tracks_awaiters() const { return minor_ >= 14; }

    friend constexpr bool operator==(const AsyncioVersion&, const AsyncioVersion&) = default;

  private:
    static constexpr std::uint8_t oldest = 11;

    explicit constexpr AsyncioVersion(std::uint8_t minor) : minor_(minor) {}

    std::uint8_t minor_ = 13;
};

static_assert(AsyncioVersion().name() == AsyncioVersion::usual);

}  // namespace loopscope::loop
