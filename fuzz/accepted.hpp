#pragma once

#include <cstdlib>

#include "core/exchange/activity.hpp"
#include "core/trace/index.hpp"
#include "core/trace/state.hpp"
#include "core/trace/text.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::fuzz {

/// A visitor that checks slices and keeps nothing.
class Blind final : public exchange::Visitor {
  public:
    void track(exchange::Track, const std::string&) override {}
    void slice(const exchange::Slice& slice) override {
        if (slice.end < slice.begin) std::abort();
    }
    void beginning(const exchange::Slice&) override {}
    void instant(exchange::Track, const exchange::Instant&) override {}
    void begin_slice(exchange::Track, Time, const std::string&, std::string_view) override {}
    void end_slice(exchange::Track, Time) override {}
    void count(const std::string&, Time, double) override {}
};

/// Folds, indexes, writes and exports a log, and aborts if the checker does not accept it or anything is
/// inconsistent.
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
    Blind blind;
    exchange::visit(log, blind);
}

}  // namespace loopscope::fuzz
