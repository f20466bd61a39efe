// SPDX-License-Identifier: MIT
#pragma once

#include "core/feed/feed.hpp"
#include "core/format/info.hpp"

namespace loopscope::feed {

/// A feed whose trace was read from a file: it is over from the start, and no storage can be selected.
class FileFeed final : public Feed {
  public:
    /// Makes a feed of a log that was read from a file. `name` is what the file is called, `switches` are the
    /// switches of storage after the start. REQUIRES: trace::check accepts the log.
    FileFeed(std::shared_ptr<const trace::Log> log, format::Info info, std::string name,
             std::vector<Switch> switches = {});

    [[nodiscard]] Time time() const override { return log_->time(log_->end_index() - 1); }
    [[nodiscard]] const Capabilities& can() const override { return can_; }
    [[nodiscard]] const trace::Log& log() const override { return *log_; }
    [[nodiscard]] About about() const override;
    [[nodiscard]] const std::vector<Switch>& switches() const override { return switches_; }
    [[nodiscard]] EventIndex first_event() const override { return first_event_; }
    [[nodiscard]] const scenario::Failures& failures() const override { return failures_; }

  protected:
    Status grow(const Budget&) override { return Status::ended; }

  private:
    std::shared_ptr<const trace::Log> log_;
    format::Info info_;
    std::string name_;
    scenario::Listings listings_;
    std::map<std::uint32_t, scenario::Listing> others_;
    std::vector<Switch> switches_;
    EventIndex first_event_;
    Capabilities can_;
    scenario::Failures failures_;  // none
};

/// Returns what a feed can do whose trace was read from the file that is called `name`: nothing, and why.
Capabilities capabilities_of_recording(std::string_view name);

/// Returns what is saved of a feed besides the events.
format::Info info_of(const Feed& feed);

}  // namespace loopscope::feed
