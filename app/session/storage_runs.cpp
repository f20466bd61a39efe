// SPDX-License-Identifier: MIT
#include "app/session/storage_runs.hpp"

#include <algorithm>

namespace loopscope::session {

void StorageRuns::restart(const feed::Setup& setup) {
    program_ = setup.program;
    settings_ = setup.arguments.settings();
    trace_ = 0;
    for (const trace::Storage storage : trace::all_storages) {
        feed::Setup own = setup;
        own.storage = storage;
        runs_[static_cast<std::size_t>(storage)] = std::make_unique<Rerun>(own);
    }
}

bool StorageRuns::update(const Session& session, std::uint32_t events) {
    if (!session.setup()) {  // a recording: nothing to compare it with
        runs_ = {};
        program_ = nullptr;
        return false;
    }
    const feed::Setup& setup = *session.setup();
    if (program_ != setup.program || settings_ != setup.arguments.settings()) restart(setup);
    // Each run gets a part of the events, so that all rows fill at the same time.
    const auto part = static_cast<std::uint32_t>(events / runs_.size());
    bool goes_on = false;
    for (const std::unique_ptr<Rerun>& run : runs_) {
        if (run && !run->done()) goes_on = run->extend(part) || goes_on;
    }
    if (trace_ != session.index().serial()) differences_ = {};
    trace_ = session.index().serial();
    for (std::size_t each = 0; each < runs_.size(); ++each) {
        const bool compares = differences_.at(each).advance(side_of(session), runs_.at(each)->side());
        goes_on = goes_on || compares;
    }
    return goes_on;
}

bool StorageRuns::any_differs(const Session& session, PrintIndex print) const {
    return std::ranges::any_of(runs_, [&](const std::unique_ptr<Rerun>& run) {
        return run && differ_at(side_of(session), run->side(), print);
    });
}

}  // namespace loopscope::session
