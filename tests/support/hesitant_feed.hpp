#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "core/feed/program_feed.hpp"
#include "tests/support/feeds.hpp"

namespace loopscope::feed {

/// A feed as a process that lives may be: it has nothing for a while, then a few handles at once, then
/// nothing again; and at last it ends, or fails. What it brings is the run of a program.
class HesitantFeed final : public Feed {
  public:
    struct Habits {
        int waits = 3;                     ///< polls without anything before each burst
        std::uint32_t handles = 5;         ///< that a burst has, if the budget allows
        std::optional<int> fails_after{};  ///< bursts; none: never
        bool can_select = false;           ///< at the head
    };

    static constexpr const char* lost = "the process is gone; start it again";
    static constexpr const char* no_fork = "a process cannot go back; select a storage at its head";

    HesitantFeed(const Setup& setup, Habits habits)
        : Feed(Status::grew), program_(setup), habits_(habits), waits_(habits.waits) {
        can_.fork = fail(no_fork);
        if (!habits.can_select) can_.select = fail("this process reads one storage only");
    }

    /// Returns how often it was asked for more.
    [[nodiscard]] int polls() const { return polls_; }
    /// Has it wait for so many polls from now on; -1: for ever.
    void wait_for(int polls) { waits_ = polls; }

    [[nodiscard]] Time time() const override { return program_.time(); }
    [[nodiscard]] const Capabilities& can() const override { return can_; }
    void select(trace::Storage storage, VariableId variable = {}) override {
        program_.select(storage, variable);
    }
    void stop() override { end(); }
    [[nodiscard]] const trace::Log& log() const override { return program_.log(); }
    [[nodiscard]] About about() const override { return program_.about(); }
    [[nodiscard]] const std::vector<Switch>& switches() const override { return program_.switches(); }
    [[nodiscard]] EventIndex first_event() const override { return program_.first_event(); }
    [[nodiscard]] const scenario::Failures& failures() const override { return program_.failures(); }

  protected:
    Status grow(const Budget& budget) override {
        ++polls_;
        if (waits_ != 0) {
            if (waits_ > 0) --waits_;
            return Status::waiting;
        }
        if (habits_.fails_after && bursts_ == *habits_.fails_after) return fail_with({lost});
        Budget some = budget;
        some.handles = std::min(budget.handles, habits_.handles - given_);
        const Status status = program_.poll(some);
        given_ += some.handles;
        if (given_ < habits_.handles) return status;
        given_ = 0;
        ++bursts_;
        waits_ = habits_.waits;
        return status;
    }

  private:
    ProgramFeed program_;
    Habits habits_;
    Capabilities can_;
    int waits_;
    int polls_ = 0;
    int bursts_ = 0;
    std::uint32_t given_ = 0;  // handles of this burst
};

}  // namespace loopscope::feed
