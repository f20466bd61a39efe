// SPDX-License-Identifier: MIT
#pragma once

#include <cstdlib>
#include <string>
#include <vector>

#include "core/exchange/activity.hpp"
#include "core/exchange/imported.hpp"
#include "core/exchange/own_trace.hpp"
#include "core/trace/index.hpp"
#include "core/trace/state.hpp"
#include "core/trace/text.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::fuzz {

/// A visitor that checks slices, and keeps what Loopscope needs to read the trace again.
class Reading final : public exchange::Visitor {
  public:
    explicit Reading(const trace::Log& log) : log_(log) {
        for (const auto& [name, text] : exchange::own_arguments(log, {})) own_.take(name, text);
        exchange::visit(log, *this);
    }
    void track(exchange::Track, const std::string&) override {}
    void slice(const exchange::Slice& slice) override {
        if (slice.end <= slice.begin) std::abort();
        beginning(slice);
    }
    void beginning(const exchange::Slice& slice) override {
        take(slice.events);
        for (const exchange::Instant& each : slice.instants) take(each.events);
    }
    void instant(exchange::Track, const exchange::Instant& instant) override { take(instant.events); }

    /// Aborts if what was kept does not make the same trace.
    void read_again() {
        trace::Log again;
        format::Info info;
        if (!own_.restore(again, info).empty() || again.size() != log_.size()) std::abort();
        for (EventIndex at; at < log_.end_index(); ++at) {
            if (!(again[at] == log_[at])) std::abort();
        }
    }

  private:
    void take(const std::vector<exchange::EventRun>& events) {
        text_.clear();
        exchange::append_in_words(text_, log_, events);
        own_.take(exchange::own_events_argument, text_);
    }

    const trace::Log& log_;
    exchange::OwnTrace own_;
    std::string text_;
};

/// A visitor of imported tracks that checks that slices end after they begin.
class Tracks final : public exchange::ImportedVisitor {
  public:
    void tracks(const trace::Tracks&) override {}
    void record(const exchange::ImportedRecord& record) override {
        if (record.end && *record.end < record.begin) std::abort();
    }
    void end(std::uint32_t, Time) override {}
    void flow(std::uint32_t, Time, const exchange::ImportedFlow&) override {}
    void count(std::uint32_t, Time, double) override {}
};

/// Folds, indexes, writes and exports a log, and aborts if the checker does not accept it, if anything is
/// inconsistent, or if what is exported does not make the same log again.
inline void use(const trace::Log& log) {
    if (!trace::check(log)) std::abort();
    trace::State state;
    trace::Index index;
    for (EventIndex at; at < log.end_index(); ++at) state.apply(log[at]);
    index.update(log);
    for (std::uint32_t task = 0; task <= state.tasks().size(); ++task) {
        for (std::uint32_t variable = 1; variable <= state.variables(); ++variable) {
            for (const trace::Storage storage : trace::all_storages)
                static_cast<void>(state.cell(storage, TaskId{task}, VariableId{variable}));
        }
    }
    static_cast<void>(state.timers());
    for (EventIndex at; at < log.end_index(); ++at) {
        static_cast<void>(trace::line_of(log, at));
        if (index.time(log, at) != log.time(at)) std::abort();
        const auto handle = index.handle_at(at);
        if (handle && index.last_event(*handle) >= log.end_index()) std::abort();
    }
    Reading(log).read_again();
    Tracks tracks;
    exchange::visit(log, tracks);
}

}  // namespace loopscope::fuzz
