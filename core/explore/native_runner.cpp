// SPDX-License-Identifier: MIT
#include "core/explore/native_runner.hpp"

#include <string>

#include "core/base/result.hpp"
#include "core/explore/chooser.hpp"
#include "core/explore/observing.hpp"
#include "core/scenario/run.hpp"

namespace loopscope::explore {
namespace {

/// Returns the exceptions of a run that nobody asked for.
std::string unretrieved_of(const scenario::Failures& failures) {
    std::string text;
    for (const scenario::Failure& each : failures.noted) {
        if (each.kind != scenario::Failure::Kind::never_retrieved) continue;
        if (!text.empty()) text += "; ";
        text += each.what;
    }
    return text;
}

Chooser chooser_of(const Order& order) {
    return order.seed ? Chooser(order.schedule.freedoms, *order.seed) : Chooser(order.schedule);
}

}  // namespace

Result<Ran> NativeRunner::run(const Order& order, const std::stop_token& stop) {
    trace::Log log;
    Chooser chooser = chooser_of(order);
    std::string unretrieved;
    {
        scenario::Run run(*subject_.program, subject_.arguments, subject_.storage, log, &chooser);
        for (std::uint32_t handles = 0; handles < max_run_events && run.advance(); ++handles) {
            if (handles % 1024 == 1023 && stop.stop_requested())
                return fail("the exploration was stopped", Error::Code::cancelled);
        }
        unretrieved = unretrieved_of(run.failures());
    }
    trace::Index index;
    index.update(log);
    Ran ran{chooser.points(), observed_in(log, index)};
    ran.observed.unretrieved = std::move(unretrieved);
    return ran;
}

Report explore(const Subject& subject, const Options& options, const std::stop_token& stop,
               std::atomic<std::uint32_t>* done) {
    NativeRunner runner(subject);
    return explore(runner, options, stop, done).value_or(Report{});
}

}  // namespace loopscope::explore
