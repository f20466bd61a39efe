// SPDX-License-Identifier: MIT
#include "core/exchange/chrome_events.hpp"

#include <bit>
#include <cmath>

#include <fmt/format.h>

#include "core/base/excerpt.hpp"
#include "core/base/number.hpp"
#include "core/exchange/lane_layout.hpp"
#include "core/exchange/slice_pairs.hpp"
#include "core/exchange/track_order.hpp"
#include "core/exchange/track_writer.hpp"

namespace loopscope::exchange {
namespace {

/// The number of events between two calls of the progress function.
constexpr std::uint64_t writing_distance = 1U << 14;

/// Returns what records of a phase are that is known, and not shown; empty: the phase is not known.
std::string_view not_shown(char phase) {
    switch (phase) {
        case 'N':
        case 'O':
        case 'D': return "of objects' lives and states (N, O, D)";
        case 'P': return "of samples (P)";
        case 'V':
        case 'v': return "of memory dumps (V, v)";
        case 'c': return "of clock synchronisation (c)";
        case '(':
        case ')': return "of contexts (with parentheses)";
        case '=': return "of linked ids (=)";
        case 'a': return "of a clock's alignment (a)";
        default: return {};
    }
}

}  // namespace

bool ChromeEvents::full() const {
    return events_ >= trace::max_events;
}

void ChromeEvents::take(const ChromeRecord& record, std::uint64_t origin) {
    if (record.phase.empty()) return omissions_.pass_over("without a phase (ph)", origin);
    switch (record.phase.size() == 1 ? record.phase.front() : '\0') {
        case 'M': return metadata(record, origin);
        case 'X': return complete(record, origin);
        case 'B': return thread(record, Kind::begin, origin);
        case 'E': return thread(record, Kind::end, origin);
        case 'i':
        case 'I':
        case 'R': return thread(record, Kind::instant, origin);
        case 'b':
        case 'S': return operation(record, Kind::begin, origin);
        case 'e':
        case 'F': return operation(record, Kind::end, origin);
        case 'n': return operation(record, Kind::instant, origin);
        case 'T':
        case 'p': return step(record, origin);
        case 's': return flow(record, Kind::flow_start, origin);
        case 't': return flow(record, Kind::flow_step, origin);
        case 'f': return flow(record, record.binds_enclosing ? Kind::flow_end : Kind::flow_next, origin);
        case 'C': return count(record, origin);
        default: return another(record, origin);
    }
}

void ChromeEvents::another(const ChromeRecord& record, std::uint64_t origin) {
    const std::string_view known = record.phase.size() == 1 ? not_shown(record.phase.front()) : "";
    if (!known.empty()) return omissions_.pass_over(known, origin);
    omissions_.pass_over(fmt::format("of an unknown phase \"{}\"", excerpt(record.phase)), origin);
}

void ChromeEvents::metadata(const ChromeRecord& record, std::uint64_t origin) {
    if (!lanes_.describe(record))
        omissions_.pass_over(fmt::format("of metadata called \"{}\"", excerpt(record.name)), origin);
}

std::optional<std::int64_t> ChromeEvents::time_of(const ChromeRecord& record, std::uint64_t origin) {
    if (!record.time.given) {
        omissions_.pass_over("without a time (ts)", origin);
        return std::nullopt;
    }
    if (record.time.value && !origin_) origin_ = record.time.value->whole;
    const auto time = record.time.value ? nanoseconds_since(*origin_, *record.time.value) : std::nullopt;
    if (!time) omissions_.pass_over("whose time is no number, or too far from the first", origin);
    return time;
}

/// Returns when the slice of a record ends; nothing if the record is passed over.
std::optional<std::int64_t> ChromeEvents::end_of(const ChromeRecord& record, std::int64_t begin,
                                                 std::uint64_t origin) {
    if (!record.duration.given) {
        omissions_.note("slice", "without a duration, shown as unfinished", origin);
        return LaneEvent::never;
    }
    const auto& duration = record.duration.value;
    if (duration && duration->whole < 0) {
        omissions_.pass_over("with a negative duration", origin);
        return std::nullopt;
    }
    const auto last = duration ? sum(*record.time.value, *duration) : std::nullopt;
    const auto end = last ? nanoseconds_since(*origin_, *last) : std::nullopt;
    if (!end)
        omissions_.note("slice", "whose duration is no number, or too long, shown as unfinished", origin);
    return std::max(begin, end.value_or(LaneEvent::never));
}

bool ChromeEvents::has_lane(std::uint32_t lane, std::uint64_t origin) {
    if (lane == Lanes::limit) omissions_.pass_over("of more threads and ids than can be shown", origin);
    return lane != Lanes::limit;
}

void ChromeEvents::complete(const ChromeRecord& record, std::uint64_t origin) {
    const auto begin = time_of(record, origin);
    if (!begin) return;
    const auto end = end_of(record, *begin, origin);
    const std::uint32_t lane = end ? lanes_.thread(record) : Lanes::limit;
    if (!end || !has_lane(lane, origin)) return;
    lanes_.all()[lane].has_spans = true;
    LaneEvent event(Kind::span, *begin, lane, origin);
    event.end = *end;
    event.name = log_.intern(record.name).value;
    event.category = category_of(record);
    event.arguments = arguments_of(record);
    event.has_flow = binds(record, origin);
    events_ += 2;
    sorter_.add(event);
}

void ChromeEvents::thread(const ChromeRecord& record, Kind kind, std::uint64_t origin) {
    const std::uint32_t lane = lanes_.thread(record);
    if (!has_lane(lane, origin)) return;
    if (kind != Kind::instant) lanes_.all()[lane].has_begins = has_pairs_ = true;
    add(record, kind, lane, origin);
}

void ChromeEvents::operation(const ChromeRecord& record, Kind kind, std::uint64_t origin) {
    const bool by_name = record.phase == "S" || record.phase == "F";
    const std::uint32_t lane = lanes_.operation(record, by_name);
    if (!has_lane(lane, origin)) return;
    has_pairs_ = true;
    add(record, kind, lane, origin);
    if (kind != Kind::begin || lanes_.all()[lane].cause != 0 || !Lanes::is_resource(record)) return;
    const ChromeArgument* const direct = record.argument("triggerAsyncId");
    const ChromeArgument* const data = record.argument("data");
    const auto trigger = direct != nullptr ? std::optional(direct->value)
                         : data != nullptr && !data->is_string
                             ? records_.member_of(data->value, "triggerAsyncId")
                             : std::nullopt;
    if (trigger) lanes_.set_cause(lane, record, *trigger);
}

/// Takes a step of an operation (T, p), which is called as its argument says.
void ChromeEvents::step(const ChromeRecord& record, std::uint64_t origin) {
    const std::uint32_t lane = lanes_.operation(record, true);
    if (!has_lane(lane, origin)) return;
    has_pairs_ = true;
    ChromeRecord named = record;
    if (const ChromeArgument* const step = record.argument("step")) named.name = step->value;
    add(named, Kind::instant, lane, origin);
}

void ChromeEvents::add(const ChromeRecord& record, Kind kind, std::uint32_t lane, std::uint64_t origin) {
    const auto time = time_of(record, origin);
    if (!time) return;
    LaneEvent event(kind, *time, lane, origin);
    event.name = log_.intern(record.name).value;
    event.category = category_of(record);
    event.arguments = arguments_of(record);
    event.has_flow = binds(record, origin, kind == Kind::end);
    ++events_;
    sorter_.add(event);
}

/// Takes the flow that a record is bound to. Returns whether there is one.
bool ChromeEvents::binds(const ChromeRecord& record, std::uint64_t origin, bool is_end) {
    if (!record.flow_in && !record.flow_out) return false;
    if (record.bind_id.empty() || is_end) {
        omissions_.note("flow", is_end ? "that is bound to the end of a slice" : "without a bind_id", origin);
        return false;
    }
    flows_.bind(record, origin);
    events_ += 2;
    return true;
}

void ChromeEvents::flow(const ChromeRecord& record, Kind kind, std::uint64_t origin) {
    const std::uint32_t lane = lanes_.thread(record);
    const auto time = has_lane(lane, origin) ? time_of(record, origin) : std::nullopt;
    if (!time) return;
    LaneEvent event(kind, *time, lane, origin);
    event.name = flows_.number_of(record, log_.intern(record.name), StringId{category_of(record)});
    event.arguments = arguments_of(record);
    events_ += 3;
    sorter_.add(event);
}

void ChromeEvents::count(const ChromeRecord& record, std::uint64_t origin) {
    const auto time = time_of(record, origin);
    if (!time) return;
    const std::uint32_t process = lanes_.process_of(record);
    if (record.args.empty()) omissions_.pass_over("of a counter without values", origin);
    for (const ChromeArgument& each : record.args) {
        const auto value = number_of<double>(each.value);
        if (!value || !std::isfinite(*value)) {
            omissions_.note("counter value", "without a number", origin);
            continue;
        }
        const std::uint32_t series = counters_.series(record, process, each.name);
        if (series == Counters::limit)
            return omissions_.pass_over("of more counters than can be shown", origin);
        LaneEvent event(Kind::count, *time, series, origin);
        event.end = std::bit_cast<std::int64_t>(*value);
        ++events_;
        sorter_.add(event);
    }
}

std::uint32_t ChromeEvents::arguments_of(const ChromeRecord& record) {
    if (record.args.empty()) return 0;
    list_.clear();
    last_names_.resize(std::max(last_names_.size(), record.args.size()));
    for (const ChromeArgument& each : record.args) log_.strings().prefetch(each.value);
    for (const ChromeArgument& each : record.args) {
        StringId& name = last_names_[list_.size()];
        if (log_.strings()[name] != each.name) name = log_.intern(each.name);
        list_.push_back({name.value, log_.intern(each.value).value});
    }
    events_ += list_.size();
    return arguments_.add(list_);
}

std::uint32_t ChromeEvents::category_of(const ChromeRecord& record) {
    if (log_.strings()[last_category_] != record.category) last_category_ = log_.intern(record.category);
    return last_category_.value;
}

Pausing<bool> ChromeEvents::write(std::function<bool(double)> progress) {
    lanes_.finish();
    if (has_pairs_) co_await pair_slices();
    LaneLayout layout(lanes_, flows_, omissions_);
    std::int64_t start = LaneEvent::never;
    LaneEventSorter::Order to_lay_out(sorter_);
    for (auto run = to_lay_out.next(); !run.empty(); run = to_lay_out.next()) {
        for (LaneEvent& event : run) {
            start = std::min(start, event.time);
            layout.add(event);
        }
        if (to_lay_out.is_time_to_pause()) co_await Pause();
    }
    layout.finish();
    flows_.finish();
    const AnnouncedTracks tracks = announce_tracks(log_, lanes_, layout.drafts(), counters_);
    has_tracks_ = !tracks.of_draft.empty() || !tracks.of_series.empty();
    TrackWriter writer(log_, tracks, arguments_, flows_, start);
    std::uint64_t begun = 0;
    LaneEventSorter::Order to_write(sorter_, true);
    for (auto run = to_write.next(); !run.empty() && !writer.full(); run = to_write.next()) {
        for (const LaneEvent& event : run) {
            if (writer.full()) break;
            if (++begun % writing_distance == 0 &&
                !progress(static_cast<double>(begun) / static_cast<double>(sorter_.size())))
                co_return false;
            writer.add(event);
        }
        if (to_write.is_time_to_pause()) co_await Pause();
    }
    writer.finish();
    written_ = true;
    left_out_ = sorter_.size() - begun;
    co_return true;
}

/// Gives begins their ends.
Pausing<> ChromeEvents::pair_slices() {
    SlicePairs pairs(log_, lanes_, arguments_, omissions_);
    LaneEventSorter::Order order(sorter_);
    for (auto run = order.next(); !run.empty(); run = order.next()) {
        for (LaneEvent& event : run) pairs.add(event);
        if (order.is_time_to_pause()) co_await Pause();
    }
    pairs.finish(sorter_);
}

}  // namespace loopscope::exchange
