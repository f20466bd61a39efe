// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "app/settings/store.hpp"
#include "core/base/worker.hpp"

namespace loopscope::settings {

/// Keeps the settings of a window while it is open: writes what has changed on a thread of its own, so that
/// the window never waits for a disk. Used from the window's thread.
class Keeper {
  public:
    /// Keeps settings in a store; without one, nothing is read or written.
    explicit Keeper(std::optional<Store> store) : store_(std::move(store)) {}

    /// Reads the settings that the window begins with. `notice` becomes a sentence for the user, if something
    /// could not be understood.
    [[nodiscard]] Settings begin(std::string& notice);
    /// Has what has changed since the last call be written, unless that is still under way. Returns true if
    /// `now.opened` was taken, which the caller then forgets.
    bool keep(const Settings& now);
    /// Returns and forgets why settings could not be written, as a sentence; empty: they could, or the user
    /// was told before.
    [[nodiscard]] std::string take_failure();
    /// Writes what has changed, and waits until that is done.
    void finish(const Settings& now);

  private:
    std::optional<Store> store_;
    Settings before_;      // what is written, or being written
    Settings now_;         // used by the thread until it has ended
    Settings its_before_;  // used by the thread until it has ended
    Result<void> outcome_;
    bool told_ = false;
    Worker worker_;  // last: it uses the other members
};

}  // namespace loopscope::settings
