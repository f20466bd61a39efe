// SPDX-License-Identifier: MIT
#include "core/feed/live_feed.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/base/result.hpp"
#include "core/feed/live_replay.hpp"

namespace loopscope::feed {
namespace {

/// How long a poll waits for the handle that it has let run: a round trip takes a tenth of that, and a handle
/// that takes longer is waited for by the next polls.
constexpr std::chrono::nanoseconds patience = std::chrono::milliseconds(1);

/// The time that a call with a limit in milliseconds may take what comes before it returns.
constexpr std::chrono::milliseconds slice_of_taking(10);

}  // namespace

Result<std::shared_ptr<LiveFeed>> LiveFeed::start(LiveProgram program,
                                                  const std::optional<std::filesystem::path>& target,
                                                  End end) {
    LOOPSCOPE_TRY(recording, Recording::create(target, program.about, Recording::Delivery::whole_handles));
    const auto input = end == End::killed ? ChildProcess::Input::none : ChildProcess::Input::inherited;
    LOOPSCOPE_TRY(child,
                  ChildProcess::start(program.command, {.input = input, .environment = program.environment}));
    return std::shared_ptr<LiveFeed>(
        new LiveFeed(std::move(program), std::move(recording), std::move(child), end));
}

LiveFeed::LiveFeed(LiveProgram program, std::shared_ptr<Recording> recording, ChildProcess child, End end)
    : Feed(Status::grew),
      program_(std::move(program)),
      recording_(std::move(recording)),
      child_(std::move(child)),
      end_(end),
      listings_{scenario::Listing(""), scenario::Listing("")} {
    list_sources();
}

LiveFeed::~LiveFeed() {
    if (end_ == End::killed)
        child_.kill();
    else if (gate_)
        gate_->set_open();
}

std::filesystem::path LiveFeed::spool() const {
    return program_.folder / fmt::format("{}.spool", child_.id());
}

Status LiveFeed::begin(int milliseconds) {
    const bool ended = child_.wait(milliseconds);
    if (auto taken = take(Slice(slice_of_taking)); !taken) return give_up(std::move(taken.error()));
    if (ended) {
        const Status status = end_of_program();
        end();
        return status;
    }
    // Where nothing can hold the program, it is shown as it runs.
    const bool stands = gate_ && (gate_->is_paused() || (gate_->is_open() && recording_->has_trace()));
    if (!stands) return Status::waiting;
    if (auto taken = take(Slice(slice_of_taking)); !taken) return give_up(std::move(taken.error()));
    first_event_ = first_event_of(log());
    list_sources();
    set_capabilities();
    return Status::grew;
}

void LiveFeed::set_capabilities() {
    if (!program_.is_virtual) {
        can_.fork = fail(
            program_.about.is_native
                ? "the program has run on from here; go to the head, with End, and select a storage there"
                : "the program has run on from here; start it with --virtual, and it is run again up to "
                  "here, "
                  "or go to the head, with End, and select a storage there",
            Error::Code::unsupported);
    }
    can_.stop =
        fail("a program of yours ends by itself, or by Ctrl C in its terminal", Error::Code::unsupported);
}

/// Takes what has come since the last call, as long as more comes within a slice.
Result<void> LiveFeed::take(const Slice& slice) {
    for (bool more = true; more && !slice.over();) {
        LOOPSCOPE_TRY(came, recording_->follow(spool()));
        more = came;
        LOOPSCOPE_CHECK(open_gate_when_there());
        if (!recording_->stopped().empty()) return fail(recording_->stopped());
    }
    return {};
}

Result<void> LiveFeed::open_gate_when_there() {
    if (gate_ || !recording_->has_begun()) return {};
    LOOPSCOPE_TRY(gate, intake::Gate::open(spool()));
    gate_.emplace(std::move(gate));
    return {};
}

/// The trace ends here, the program goes on.
Status LiveFeed::give_up(Error error) {
    if (gate_) gate_->set_open();
    return fail_with(
        {fmt::format("{}: the trace ends here, the program goes on", error.message), error.code});
}

Status LiveFeed::end_of_program() {
    auto taken = take(Slice(std::chrono::nanoseconds::max()));
    recording_->end(child_.signal());
    list_sources();
    return taken ? Status::ended : fail_with(std::move(taken.error()));
}

Status LiveFeed::grow(const Budget& budget) {
    waits_ = false;
    if (budget.handles == 1) hold();
    const std::uint32_t before = log().size();
    const Slice slice(budget.time);
    const bool ended = child_.wait(0);
    auto taken = take(slice);
    const auto nothing_came = [&] { return taken && log().size() == before; };
    if (nothing_came() && !ended) {
        const Slice wait(std::min(budget.time, patience));
        do {
            let_run(budget);
            taken = take(slice);
        } while (nothing_came() && gate_->is_paused() && !wait.over());
    }
    if (!taken) return give_up(std::move(taken.error()));
    if (log().size() > before) {
        if (recording_->files() > listed_) list_sources();
        return Status::grew;
    }
    if (ended) return end_of_program();
    waits_ = true;
    return Status::waiting;
}

/// Lets the program run what the budget allows, and waits a little for it to come back.
void LiveFeed::let_run(const Budget& budget) {
    const bool is_unlimited = budget.handles == UINT32_MAX && !budget.until;
    if (is_unlimited && !runs_freely_) {
        gate_->set_open();
        runs_freely_ = true;
    } else if (gate_->is_paused()) {
        gate_->let_run(1);
    }
    gate_->wait(std::min(budget.time, patience));
}

void LiveFeed::hold() {
    if (std::exchange(runs_freely_, false)) gate_->close();
}

void LiveFeed::rest() {
    hold();
    waits_ = false;
    if (over() || !has_more()) return;
    const bool ended = child_.wait(0);
    if (auto taken = take(Slice(slice_of_taking)); !taken || !ended) return;  // the next poll says why not
    end_of_program();
    end();
}

bool LiveFeed::has_more() const {
    const bool may_go_on = waits_ && gate_->is_paused();
    return may_go_on || gate_->published() > recording_->records() || child_.has_ended();
}

void LiveFeed::select(trace::Storage storage, VariableId variable) {
    hold();
    const Switch change{log().end_index() - 1, storage, variable};
    // What the program has done by now comes before; what it does next is answered by the storage.
    auto taken = take(Slice(slice_of_taking));
    const bool stands = !recording_->is_inside_handle();
    if (taken) taken = recording_->release();
    const std::vector<VariableId> variables =
        variable ? std::vector{variable} : recording_->variables_meant();
    if (!variable) gate_->select_later(storage);
    for (const VariableId each : variables) {
        gate_->select(each, storage);
        // Within a handle the program itself says from which read on.
        if (taken && stands) taken = recording_->select(each, storage);
    }
    switches_.push_back(change);
    if (!taken) give_up(std::move(taken.error()));
}

bool LiveFeed::run_to_the_end(int milliseconds) {
    runs_freely_ = false;
    if (gate_ && !gate_->is_open()) gate_->set_open();
    const bool ended = child_.wait(milliseconds);
    const auto taken = over() ? Result<void>() : take(Slice(slice_of_taking));
    if (!taken) fail_with(taken.error());
    if (ended && !over()) {
        end_of_program();
        end();
    }
    return ended;
}

std::unique_ptr<Rerun> LiveFeed::run_again(const std::vector<Switch>& switches, std::uint32_t length) const {
    return std::make_unique<LiveReplay>(program_, recording_, switches, length);
}

Result<std::shared_ptr<const ExploredProgram>> LiveFeed::explored() const {
    if (program_.explored) return program_.explored;
    return fail(fmt::format("nobody has said how to run {} under other schedules", program_.about.name),
                Error::Code::unsupported);
}

/// Takes over the texts of the files that lines are of, once there are others.
void LiveFeed::list_sources() {
    const std::size_t files = recording_->files();
    if (std::exchange(listed_, files) == files && !listings_.native.text().empty()) return;
    recording_->list_files();
    const format::Info& info = recording_->info();
    if (listings_.native.text().empty()) listings_.native = scenario::Listing(info.source);
    for (const format::Listing& each : info.listings) others_.try_emplace(each.file, each.text);
}

About LiveFeed::about() const {
    return {program_.about.name, recording_->info().source_file, {}, &listings_, &others_};
}

}  // namespace loopscope::feed
