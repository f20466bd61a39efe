// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/feed/live_feed.hpp"
#include "core/feed/rerun.hpp"

namespace loopscope::feed {

/// Runs a live program a second time, up to where its user is to go on with other storages, and compares its
/// trace with that of the first run. Fails if the program does not do the same again.
class LiveReplay final : public Rerun {
  public:
    /// Makes a replay of the run that `first` records. The switches are made where they were, in order, and
    /// the replay ends once they are made and the trace has `length` events. REQUIRES: each switch is after
    /// the end of a handle.
    LiveReplay(LiveProgram program, std::shared_ptr<const Recording> first,
               const std::vector<Switch>& switches, std::uint32_t length);
    ~LiveReplay() override;

    Status poll(std::chrono::nanoseconds time) override;
    [[nodiscard]] double progress() const override;
    [[nodiscard]] std::shared_ptr<Branch> take() override;

  private:
    Status start();
    Status step();
    Status go_on_with_switches();
    [[nodiscard]] bool is_same_up_to(EventIndex event);
    Status not_the_same(EventIndex event);

    LiveProgram program_;
    std::shared_ptr<const Recording> first_;
    std::vector<Switch> switches_;
    std::size_t made_ = 0;  // of the switches
    std::uint32_t length_;
    EventIndex compared_;             // the first event that was not compared
    std::uint32_t strings_ = 0;       // texts that were compared
    std::shared_ptr<LiveFeed> feed_;  // null until it is started
    bool begun_ = false;
};

}  // namespace loopscope::feed
