#pragma once

#include <string>

#include "core/base/worker.hpp"
#include "core/explore/explore.hpp"

namespace loopscope::feed {

/// What else could happen: an exploration under way on a thread of its own. Ends early when it is destroyed.
class Exploration {
  public:
    Exploration(explore::Subject subject, const explore::Options& options);
    Exploration(const Exploration&) = delete;
    Exploration& operator=(const Exploration&) = delete;

    [[nodiscard]] const explore::Subject& subject() const { return subject_; }
    [[nodiscard]] const explore::Options& options() const { return options_; }
    /// How many schedules have been run.
    [[nodiscard]] std::uint32_t done() const { return done_.load(std::memory_order_relaxed); }
    [[nodiscard]] bool over() const { return worker_.over(); }
    /// Ends it soon, with what is known by then.
    void cancel() { worker_.request_stop(); }
    /// Returns what came of it, or that there was no memory or no thread for it. REQUIRES: over().
    [[nodiscard]] Result<const explore::Report*> report() const;

  private:
    explore::Subject subject_;
    explore::Options options_;
    std::atomic<std::uint32_t> done_{0};
    explore::Report report_;
    Worker worker_;  // last: it uses the others
};

/// What was free, and which of that real asyncio could do too, in sentences of a line each.
std::string freedoms_text(const loop::Freedoms& freedoms);

/// A schedule as the command line takes it; "asyncio's own order" for none.
std::string schedule_phrase(const explore::Schedule& schedule);

/// How a run ended that did not end well: "deadlock".
std::string_view ending_phrase(trace::Ending ending);

}  // namespace loopscope::feed
