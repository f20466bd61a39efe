#pragma once

#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "core/feed/branch.hpp"
#include "core/feed/program_feed.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "tests/support/describe.hpp"

namespace loopscope::feed {

/// Returns the setup of a program. REQUIRES: it exists and takes the settings.
inline Setup setup_of(std::string_view program, trace::Storage storage,
                      const std::vector<scenario::Setting>& settings = {}) {
    const scenario::Program* found = scenario::find_program(program).value();
    return {found, scenario::Arguments::create(scenario::all_parameters(*found), settings).value(), storage};
}

/// Runs one handle. Returns whether more may come.
inline bool advance(Feed& feed) {
    return !is_over(feed.poll({.handles = 1}));
}

/// Runs to the end of the trace. REQUIRES: it never waits.
inline void finish(Feed& feed) {
    while (!is_over(feed.poll({}))) continue;
}

/// Returns a program's run, over, with all that is known of it.
inline std::shared_ptr<Branch> finished(const Setup& setup) {
    auto branch = std::make_shared<Branch>(std::make_shared<ProgramFeed>(setup));
    finish(*branch->feed);
    branch->update();
    return branch;
}

/// Returns the run of the seed's program, over.
inline std::shared_ptr<Branch> finished_seed(trace::Storage storage = trace::Storage::global) {
    return finished(setup_of("indication", storage));
}

}  // namespace loopscope::feed
