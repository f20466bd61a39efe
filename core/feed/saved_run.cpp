// SPDX-License-Identifier: MIT
#include "core/feed/saved_run.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/feed/file_feed.hpp"
#include "core/trace/first_difference.hpp"

namespace loopscope::feed {
namespace {

/// Returns how many events two runs of one program share, of which one has `length` events: up to the first
/// switch that they do not have in common.
std::uint32_t shared_length(const std::vector<Switch>& one, const std::vector<Switch>& other,
                            std::uint32_t length) {
    const auto [of_one, of_other] = std::mismatch(one.begin(), one.end(), other.begin(), other.end());
    if (of_one != one.end()) length = std::min(length, of_one->after.value + 1);
    if (of_other != other.end()) length = std::min(length, of_other->after.value + 1);
    return length;
}

/// Runs a program again as Replay does, and compares it with what was saved of it as far as both are to be
/// the same.
class Resumption final : public Rerun {
  public:
    Resumption(std::shared_ptr<const trace::Log> saved, std::shared_ptr<bool> refuted, const Setup& setup,
               const std::vector<Switch>& switches, std::uint32_t length, std::uint32_t shared,
               std::string name)
        : saved_(std::move(saved)),
          refuted_(std::move(refuted)),
          replay_(setup, switches, length),
          shared_(shared),
          name_(std::move(name)) {}

    Status poll(std::chrono::nanoseconds time) override {
        if (cancelled()) return Status::ended;
        const Status status = replay_.poll(time);
        const EventIndex until{std::min(shared_, replay_.log().size())};
        const EventIndex same = difference_.look(until);
        const bool too_short = status == Status::ended && until.value < shared_;
        if (same < until || too_short) {
            *refuted_ = true;
            return fail_with(
                {fmt::format("this version of '{}' does not make what '{}' has: it differs from event {} on, "
                             "so the file can be looked at, but does not go on",
                             setup()->program->name, name_, same.value),
                 Error::Code::unsupported});
        }
        return status;
    }
    [[nodiscard]] double progress() const override { return replay_.progress(); }
    [[nodiscard]] const Setup* setup() const override { return replay_.setup(); }
    [[nodiscard]] std::shared_ptr<Branch> take() override { return cancelled() ? nullptr : replay_.take(); }

  private:
    std::shared_ptr<const trace::Log> saved_;
    std::shared_ptr<bool> refuted_;
    Replay replay_;
    std::uint32_t shared_;  // how many events both have
    trace::FirstDifference difference_{*saved_, replay_.log()};
    std::string name_;
};

}  // namespace

SavedRun::SavedRun(std::shared_ptr<const trace::Log> log, Recipe recipe, std::string name, bool ended)
    : Feed(ended ? Status::ended : Status::grew),
      log_(std::move(log)),
      recipe_(std::move(recipe)),
      name_(std::move(name)),
      first_event_(first_event_of(*log_)),
      cannot_(capabilities_of_recording(name_)),
      refuted_(std::make_shared<bool>(false)) {}

const Capabilities& SavedRun::can() const {
    return *refuted_ ? cannot_ : capabilities_of_program();
}

const Setup* SavedRun::setup() const {
    return *refuted_ ? nullptr : &recipe_.setup;
}

About SavedRun::about() const {
    return about_program(*recipe_.setup.program);
}

std::unique_ptr<Rerun> SavedRun::run_again(const std::vector<Switch>& switches, std::uint32_t length) const {
    const std::uint32_t shared = shared_length(recipe_.switches, switches, std::min(length, log_->size()));
    return std::make_unique<Resumption>(log_, refuted_, recipe_.setup, switches, length, shared, name_);
}

Status SavedRun::grow(const Budget& /*budget*/) {
    return *refuted_ ? Status::ended : Status::waiting;
}

}  // namespace loopscope::feed
