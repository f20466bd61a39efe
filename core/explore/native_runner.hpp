// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

#include "core/explore/explore.hpp"
#include "core/scenario/program.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::explore {

/// A program of the library's with its arguments and storage, to be run under many schedules.
struct Subject {
    const scenario::Program* program = nullptr;
    scenario::Arguments arguments;
    trace::Storage storage = trace::Storage::global;
};

/// Runs a program of the library's. A run is ended after `max_run_events` handles, and counts as stopped.
class NativeRunner final : public Runner {
  public:
    explicit NativeRunner(Subject subject) : subject_(std::move(subject)) {}

    Result<Ran> run(const Order& order, const std::stop_token& stop) override;

    /// The maximum length of a run, in handles.
    static constexpr std::uint32_t max_run_events = 1'000'000;

  private:
    Subject subject_;
};

/// Explores a program of the library's, as explore() of a runner does; nothing can fail there.
Report explore(const Subject& subject, const Options& options, const std::stop_token& stop = {},
               std::atomic<std::uint32_t>* done = nullptr);

}  // namespace loopscope::explore
