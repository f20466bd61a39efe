// SPDX-License-Identifier: MIT
#include "core/feed/program_feed.hpp"

#include "core/feed/replay.hpp"
#include "core/scenario/programs/catalogue.hpp"

namespace loopscope::feed {
namespace {

/// The number of handles between two readings of the clock: well under a millisecond.
constexpr std::uint32_t handles_at_once = 256;

}  // namespace

ProgramFeed::ProgramFeed(const Setup& setup) : Feed(Status::grew), setup_(setup) {
    if (setup.schedule) chooser_.emplace(*setup.schedule);
    run_ = std::make_unique<scenario::Run>(*setup.program, setup.arguments, setup.storage, log_,
                                           chooser_ ? &*chooser_ : nullptr);
    first_event_ = log_.end_index() - 1;
}

ProgramFeed::ProgramFeed(const Setup& setup, const std::vector<Switch>& switches) : ProgramFeed(setup) {
    pending_.assign(switches.begin(), switches.end());
}

ProgramFeed::ProgramFeed(const Setup& setup, const std::vector<Switch>& switches, std::uint32_t length)
    : ProgramFeed(setup, switches) {
    while (!catch_up(length, UINT32_MAX)) continue;
}

bool ProgramFeed::catch_up(std::uint32_t length, std::uint32_t handles) {
    for (;; --handles) {
        // A switch between two handles is made while the loop stands between them; a switch inside a handle,
        // when the trace reaches it.
        while (!pending_.empty() && pending_.front().after < log_.end_index()) take_pending();
        if (pending_.empty() && log_.size() >= length) return true;
        if (handles == 0) return false;
        arm();
        const bool goes_on = run_->advance();
        log_.forget_action();
        if (goes_on) continue;
        pending_.clear();
        end();
        return true;
    }
}

Status ProgramFeed::grow(const Budget& budget) {
    const Slice slice(budget.time);
    for (std::uint32_t handles = 0;
         handles < budget.handles && log_.size() < budget.length && !log_.full();) {
        if (!run_->advance()) return Status::ended;
        if (budget.until && run_->loop().time() > *budget.until) break;
        if (++handles % handles_at_once == 0 && slice.over()) break;
    }
    return Status::grew;
}

void ProgramFeed::arm() {
    if (pending_.empty()) return;
    log_.on_reaching(pending_.front().after + 1, [this] {
        take_pending();
        arm();
    });
}

void ProgramFeed::take_pending() {
    const Switch next = pending_.front();
    pending_.pop_front();
    select(next.storage);
}

const Capabilities& capabilities_of_program() {
    static const Capabilities abilities{
        {},
        {},
        {},
        fail("a program of ours stands still until it is asked to go on: there is nothing to stop")};
    return abilities;
}

About about_program(const scenario::Program& program) {
    return {program.name, program.source_file, program.twin_file, &scenario::listings_of(program)};
}

void ProgramFeed::select(trace::Storage storage, VariableId /*variable*/) {
    switches_.push_back({log_.end_index() - 1, storage});
    run_->select(storage);
}

std::unique_ptr<Rerun> ProgramFeed::run_again(const std::vector<Switch>& switches,
                                              std::uint32_t length) const {
    return std::make_unique<Replay>(setup_, switches, length);
}

}  // namespace loopscope::feed
