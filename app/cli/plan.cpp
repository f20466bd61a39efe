// SPDX-License-Identifier: MIT
#include "app/cli/plan.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "app/cli/setup.hpp"
#include "app/session/drive.hpp"
#include "core/base/result.hpp"

namespace loopscope::cli {
namespace {

Result<Plan::TimedSwitch> parse_switch(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
        return fail(
            fmt::format("--switch cannot be '{}': it has to be TIME=STORAGE, such as 0.5=contextvar", text),
            Error::Code::invalid_argument);
    LOOPSCOPE_TRY(time, parse_time("--switch", text.substr(0, equals)));
    LOOPSCOPE_TRY(storage, trace::parse_storage(text.substr(equals + 1)));
    return Plan::TimedSwitch{time, storage};
}

Result<void> run(session::Session& session, std::optional<Time> until, const Plan::Watcher& watcher) {
    if (!watcher) return session::run(session, until), Result<void>();
    Result<void> watched;
    session::run(session, until, [&] {
        watched = watcher(session.log());
        return watched.has_value();
    });
    return watched;
}

}  // namespace

Result<Plan> Plan::create(const std::vector<std::string>& switches, const std::optional<std::string>& until,
                          std::optional<EventIndex> at) {
    Plan plan;
    plan.at = at;
    for (const std::string& text : switches) {
        LOOPSCOPE_TRY(parsed, parse_switch(text));
        plan.switches.push_back(parsed);
    }
    std::ranges::stable_sort(plan.switches, {}, &TimedSwitch::time);
    if (until) {
        LOOPSCOPE_TRY(time, parse_time("--until", *until));
        plan.until = time;
    }
    return plan;
}

Result<void> Plan::carry_out(session::Session& session, const Watcher& watcher) const {
    for (const TimedSwitch& change : switches) {
        if (until && change.time > *until) break;
        if (auto done = run(session, change.time, watcher); !done) return done;
        if (session.over()) break;  // no read can follow
        session.select(change.storage);
    }
    if (auto done = run(session, until, watcher); !done) return done;
    if (!at) return {};
    if (*at > session.head())
        return fail(fmt::format("--at cannot be {}: the last event is {}", at->value, session.head().value),
                    Error::Code::invalid_argument);
    session.seek(*at);
    return {};
}

}  // namespace loopscope::cli
