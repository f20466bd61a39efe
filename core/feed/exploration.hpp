// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "core/base/job.hpp"
#include "core/base/pausing.hpp"
#include "core/base/result.hpp"
#include "core/base/worker.hpp"
#include "core/explore/native_runner.hpp"

namespace loopscope::feed {

/// A job: explores other schedules of a program on a thread of its own, or, where there are no threads, some
/// in each poll. The destructor stops the exploration soon.
class Exploration {
  public:
    /// Makes what runs the program. It is made and used on the thread of the exploration, and nobody else
    /// uses it before that is over.
    using MakeRunner = std::function<Result<std::shared_ptr<explore::Runner>>()>;

    /// Explores a program of Loopscope's.
    Exploration(explore::Subject subject, const explore::Options& options);
    /// Explores whatever the runner runs.
    Exploration(MakeRunner make_runner, const explore::Options& options);
    Exploration(const Exploration&) = delete;
    Exploration& operator=(const Exploration&) = delete;

    /// Returns the program of Loopscope's that is explored; one without a program: it is another's.
    [[nodiscard]] const explore::Subject& subject() const { return subject_; }
    [[nodiscard]] const explore::Options& options() const { return options_; }
    /// Returns `waiting` while the thread explores, `ended` once it is done, `failed` if the program cannot
    /// be explored, or if there was no memory or no thread for it. Where there are no threads, explores for
    /// about `time`, and returns `grew`.
    Status poll(std::chrono::nanoseconds time = {});
    /// Returns the fraction of the wanted schedules that have been run, from 0 to 1.
    [[nodiscard]] double progress() const;
    /// Returns how many schedules have been run.
    [[nodiscard]] std::uint32_t schedules_run() const { return run_.load(std::memory_order_relaxed); }
    /// Ends the exploration soon, with a report of what is known by then.
    void cancel() { worker_.request_stop(); }
    /// Returns the report of the exploration. REQUIRES: poll() returned `ended`.
    [[nodiscard]] const explore::Report& report() const { return *report_; }
    /// Returns why the exploration failed, as a sentence. REQUIRES: poll() returned `failed`.
    [[nodiscard]] Error error() const;

  private:
    Pausing<> explore(MakeRunner make_runner, std::stop_token stop);

    explore::Subject subject_;
    explore::Options options_;
    std::atomic<std::uint32_t> run_{0};
    Result<explore::Report> report_;
    Worker worker_;  // last: it uses the other members
};

static_assert(Job<Exploration>);

/// Returns which orders were free, and which of them real asyncio could choose too, in sentences of one line
/// each.
std::string freedoms_text(const loop::Freedoms& freedoms);

/// Returns a schedule as the command line takes it; "asyncio's own order" if it does not deviate from that.
std::string schedule_phrase(const explore::Schedule& schedule);

/// Returns how a run ended, in words: "deadlock".
std::string_view ending_phrase(trace::Ending ending);

/// Returns how a program ended, and what nobody heard of: "ok", "deadlock", "KeyError at app.py:12", "ok,
/// never retrieved: KeyError at app.py:12".
std::string ending_text(const explore::Observed& observed);

}  // namespace loopscope::feed
