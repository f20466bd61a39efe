// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/explore/runner.hpp"
#include "core/feed/recording.hpp"
#include "core/feed/schedule_server.hpp"

namespace loopscope::feed {

/// A Python program that is explored: what its traces say of it, and how its server is started.
struct ExploredProgram {
    RecordedProgram about;
    ServerCommand command;
    ScheduleServer::Patience patience = {};
};

/// Runs a Python program. Running it again and again in one interpreter is fast, and trusted only as far as
/// it has been seen to do what it does in a copy that has run nothing before: at first, at every 64th run,
/// and for what is confirmed. Where it does not, each run gets a copy of its own from then on, or, where the
/// interpreter cannot be copied, a process of its own.
class PythonRunner final : public explore::Runner {
  public:
    explicit PythonRunner(ExploredProgram program) : program_(std::move(program)) {}

    /// Fails with a sentence if the program cannot be explored: it does not do the same each time, does not
    /// end, or does what cannot be repeated.
    Result<explore::Ran> run(const explore::Order& order, const std::stop_token& stop) override;
    [[nodiscard]] Result<void> confirm(const explore::Schedule& schedule, const explore::Observed& observed,
                                       const std::stop_token& stop) override;
    bool begins_anew() override;
    [[nodiscard]] std::string notice() const override;

    /// Runs a schedule in a copy of its own, and returns the whole recording of it, with the texts of its
    /// files.
    Result<std::shared_ptr<const Recording>> record(const explore::Schedule& schedule,
                                                    const std::stop_token& stop);

    /// How many runs in one interpreter there are to each that checks it.
    static constexpr std::uint32_t runs_to_a_check = 64;

  private:
    using Server = std::unique_ptr<ScheduleServer>;
    using Way = ScheduleServer::Way;

    Result<void> begin(const std::stop_token& stop);
    Result<explore::Ran> run_here(const explore::Order& order, const std::stop_token& stop);
    Result<explore::Ran> run_apart(const explore::Order& order, const std::stop_token& stop);
    Result<ScheduleServer::Answer> ask_apart(const explore::Order& order, const std::stop_token& stop);
    Result<ScheduleServer::Answer> ask(Server& server, Way way, const explore::Order& order,
                                       const std::stop_token& stop);
    Result<void> check_here(const std::stop_token& stop);
    tl::unexpected<Error> distrust();

    ExploredProgram program_;
    Server apart_;  // runs nothing itself, so that its copies have seen nothing; or the process of one run
    Server here_;   // a copy too, where there can be copies
    bool trusts_here_ = true;
    bool begins_anew_ = false;
    std::string cannot_fork_;  // why the interpreter cannot be copied, as a sentence; empty: it can
    explore::Order own_;       // asyncio's own, which every check runs
    std::optional<explore::Ran> expected_;  // what that comes to; none: nothing was run yet
    std::uint32_t since_check_ = 0;
};

}  // namespace loopscope::feed
