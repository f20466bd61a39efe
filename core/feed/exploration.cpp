// SPDX-License-Identifier: MIT
#include "core/feed/exploration.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/unexpected.hpp"

namespace loopscope::feed {

Exploration::Exploration(explore::Subject subject, const explore::Options& options)
    : Exploration(
          [subject]() -> Result<std::shared_ptr<explore::Runner>> {
              return std::make_shared<explore::NativeRunner>(subject);
          },
          options) {
    subject_ = std::move(subject);
}

Exploration::Exploration(MakeRunner make_runner, const explore::Options& options) : options_(options) {
    worker_.start(
        [this, make = std::move(make_runner)](const std::stop_token& stop) { return explore(make, stop); });
}

Pausing<> Exploration::explore(MakeRunner make_runner, std::stop_token stop) {
    const auto runner = make_runner();
    if (runner)
        report_ = co_await explore::explore_in_parts(**runner, options_, stop, &run_);
    else
        report_ = tl::unexpected(runner.error());
}

Status Exploration::poll(std::chrono::nanoseconds time) {
    if (const Status status = worker_.poll(time); !is_over(status)) return status;
    return worker_.error() || !report_ ? Status::failed : Status::ended;
}

double Exploration::progress() const {
    if (worker_.over()) return 1;
    return std::min(1.0, static_cast<double>(schedules_run()) / std::max(options_.schedules, 1U));
}

Error Exploration::error() const {
    return worker_.error() ? unexpected_error(worker_.error()) : report_.error();
}

std::string freedoms_text(const loop::Freedoms& freedoms) {
    std::string text;
    if (freedoms.ties)
        text +=
            "Free: the order of timers with equal deadlines. asyncio could do that: its heap keeps no order "
            "among equals.\n";
    if (freedoms.jitter > Duration::zero()) {
        text += fmt::format(
            "Free: each iteration may begin {0} s or {1} s late. asyncio could do that: a step, or the rest "
            "of "
            "the machine, takes longer.\n",
            std::chrono::duration<double>(freedoms.jitter).count() / loop::jitter_parts,
            std::chrono::duration<double>(freedoms.jitter).count());
    }
    if (freedoms.io)
        text +=
            "Free: the order of descriptors that are ready at once, and whether one is seen an iteration "
            "later. asyncio could do that: what comes from outside comes when it comes.\n";
    if (freedoms.sets)
        text +=
            "Free: the order in which asyncio walks through sets of tasks, as in wait() and TaskGroup. "
            "asyncio "
            "could do that: its sets are ordered by addresses.\n";
    if (freedoms.threads)
        text +=
            "Free: the order in which executors' jobs are done, and whether an iteration later. asyncio "
            "could "
            "do that: threads run when the system lets them.\n";
    if (freedoms.ready)
        text +=
            "Free: the order of the ready queue. asyncio could not do that: it is first in, first out; "
            "other schedulers can.\n";
    return text;
}

std::string schedule_phrase(const explore::Schedule& schedule) {
    return explore::deviations(schedule.choices) == 0 ? "asyncio's own order" : explore::text_of(schedule);
}

std::string_view ending_phrase(trace::Ending ending) {
    switch (ending) {
        case trace::Ending::ok: return "ok";
        case trace::Ending::exception: return "an exception";
        case trace::Ending::cancelled: return "cancelled";
        case trace::Ending::deadlock: return "deadlock";
        case trace::Ending::stopped: return "stopped";
        case trace::Ending::exited: return "an exit";
        case trace::Ending::signalled: return "a signal";
    }
    return "";
}

std::string ending_text(const explore::Observed& observed) {
    std::string text =
        observed.failure.empty() ? std::string(ending_phrase(observed.ending)) : observed.failure;
    if (!observed.unretrieved.empty()) text += ", never retrieved: " + observed.unretrieved;
    return text;
}

}  // namespace loopscope::feed
