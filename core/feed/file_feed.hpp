// SPDX-License-Identifier: MIT
#pragma once

#include "core/feed/branch.hpp"
#include "core/format/info.hpp"

namespace loopscope::feed {

/// A feed whose trace was read from a file: it is over from the start, and no storage can be selected. Or it
/// has the beginning of the file, and waits until another feed, which has all of it, takes its place.
class FileFeed final : public Feed {
  public:
    /// Makes a feed of a log that was read from a file. `name` is what the file is called, `switches` are the
    /// switches of storage after the start; `status` is `waiting` for a beginning. REQUIRES: trace::check
    /// accepts the log, and `status` is `ended` or `waiting`.
    FileFeed(std::shared_ptr<const trace::Log> log, format::Info info, std::string name,
             std::vector<Switch> switches = {}, Status status = Status::ended);

    [[nodiscard]] Time time() const override { return log_->time(log_->end_index() - 1); }
    [[nodiscard]] const Capabilities& can() const override { return can_; }
    /// Returns false: a beginning does not grow by itself.
    [[nodiscard]] bool has_more() const override { return false; }
    /// Leaves a beginning as all that there is of the file.
    void stop() override;
    [[nodiscard]] const trace::Log& log() const override { return *log_; }
    [[nodiscard]] About about() const override;
    [[nodiscard]] const std::vector<Switch>& switches() const override { return switches_; }
    [[nodiscard]] EventIndex first_event() const override { return first_event_; }
    [[nodiscard]] const scenario::Failures& failures() const override { return failures_; }

  protected:
    Status grow(const Budget&) override { return Status::waiting; }

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

/// Returns a branch of a log that was read from a file, with what is known of it; `status` as of FileFeed.
std::shared_ptr<Branch> branch_of_file(std::shared_ptr<const trace::Log> log, format::Info info,
                                       std::string name, Analysis known, Status status = Status::ended);

/// Returns what a feed can do whose trace was read from the file that is called `name`: nothing, and why.
Capabilities capabilities_of_recording(std::string_view name);

/// Returns what is saved of a feed besides the events.
format::Info info_of(const Feed& feed);

}  // namespace loopscope::feed
