#pragma once

#include <atomic>
#include <string>

#include "core/base/job.hpp"
#include "core/base/result.hpp"
#include "core/base/worker.hpp"
#include "core/explore/explore.hpp"

namespace loopscope::feed {

/// A job: what else could happen, explored on a thread of its own. Ends early when it is destroyed.
class Exploration {
  public:
    Exploration(explore::Subject subject, const explore::Options& options);
    Exploration(const Exploration&) = delete;
    Exploration& operator=(const Exploration&) = delete;

    [[nodiscard]] const explore::Subject& subject() const { return subject_; }
    [[nodiscard]] const explore::Options& options() const { return options_; }
    /// Looks how it is; its thread does the work. Returns `waiting` until that is over, `failed` if there was
    /// no memory or no thread for it.
    Status poll(std::chrono::nanoseconds time = {});
    /// Returns how many of the schedules wanted have been run, from 0 to 1.
    [[nodiscard]] double progress() const;
    /// Returns how many schedules have been run.
    [[nodiscard]] std::uint32_t schedules_run() const { return run_.load(std::memory_order_relaxed); }
    /// Ends it soon, with what is known by then.
    void cancel() { worker_.request_stop(); }
    /// Returns what came of it. REQUIRES: poll() gave `ended`.
    [[nodiscard]] const explore::Report& report() const { return report_; }
    /// Returns why nothing did, as a sentence. REQUIRES: poll() gave `failed`.
    [[nodiscard]] Error error() const;

  private:
    explore::Subject subject_;
    explore::Options options_;
    std::atomic<std::uint32_t> run_{0};
    explore::Report report_;
    Worker worker_;  // last: it uses the others
};

static_assert(Job<Exploration>);

/// What was free, and which of that real asyncio could do too, in sentences of a line each.
std::string freedoms_text(const loop::Freedoms& freedoms);

/// A schedule as the command line takes it; "asyncio's own order" for none.
std::string schedule_phrase(const explore::Schedule& schedule);

/// How a run ended that did not end well: "deadlock".
std::string_view ending_phrase(trace::Ending ending);

}  // namespace loopscope::feed
