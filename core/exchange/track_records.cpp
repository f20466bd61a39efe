// SPDX-License-Identifier: MIT
#include "core/exchange/track_records.hpp"

#include <algorithm>
#include <bit>
#include <optional>

#include <fmt/format.h>

namespace loopscope::exchange {
namespace {

/// The number of records between two calls of a progress function.
constexpr std::uint64_t track_records_between = std::uint64_t{1} << 14;

}  // namespace

void TrackRecords::add(Kind kind, const When& when, StringId name, StringId category,
                       std::span<const Argument> arguments) {
    LaneEvent event(kind, when.time, when.place, when.origin);
    event.name = name.value;
    event.category = category.value;
    event.arguments = arguments_.add(arguments);
    sorter_.add(event);
    events_ += 1 + arguments.size();
    if (when.place >= places_.size()) places_.resize(when.place + 1);
}

void TrackRecords::begin(const When& when, StringId name, StringId category,
                         std::span<const Argument> arguments) {
    add(Kind::begin, when, name, category, arguments);
}

void TrackRecords::end(const When& when, std::span<const Argument> arguments) {
    add(Kind::end, when, {}, {}, arguments);
}

void TrackRecords::instant(const When& when, StringId name, StringId category,
                           std::span<const Argument> arguments) {
    add(Kind::instant, when, name, category, arguments);
}

void TrackRecords::count(const When& when, double value) {
    const auto bits = std::bit_cast<std::uint64_t>(value);
    add(Kind::count, when, StringId{static_cast<std::uint32_t>(bits)},
        StringId{static_cast<std::uint32_t>(bits >> 32)}, {});
}

void TrackRecords::touch(const When& when, std::uint64_t flow, Touch touch,
                         std::span<const Argument> arguments) {
    const auto number = flows_.try_emplace(flow, static_cast<std::uint32_t>(flows_.size())).first->second;
    const Kind kind = touch == Touch::leaves ? Kind::flow_start
                                             : (touch == Touch::comes ? Kind::flow_step : Kind::flow_end);
    add(kind, when, StringId{number}, {}, arguments);
}

void TrackRecords::name_flow(std::uint64_t flow, StringId name, StringId category) {
    const auto number = flows_.find(flow);
    if (number == flows_.end() || !name) return;
    if (flow_names_.try_emplace(number->second, name, category).second) ++events_;
}

Pausing<> TrackRecords::match(Omissions& omissions) {
    flow_numbers_.assign(flows_.size(), 0);
    LaneEventSorter::Order order(sorter_);
    for (auto run = order.next(); !run.empty(); run = order.next()) {
        for (LaneEvent& event : run) match_one(event, omissions);
        if (order.is_time_to_pause()) co_await Pause();
    }
}

void TrackRecords::match_one(LaneEvent& event, Omissions& omissions) {
    Place& place = places_[event.lane];
    if (event.kind == Kind::begin) match_begin(event, place, omissions);
    if (event.kind == Kind::end) match_end(event, place, omissions);
    if (event.kind == Kind::instant) place.begun = true;
    if (event.is_flow()) match_flow(event, place, omissions);
}

void TrackRecords::match_begin(LaneEvent& event, Place& place, Omissions& omissions) {
    // Deeper slices are followed too, so that each end finds its own.
    if (place.depth >= max_depth) {
        omissions.pass_over(fmt::format("of slices inside more than {} others", max_depth), event.origin);
        event.kind = Kind::nothing;
    } else {
        place.begun = true;
    }
    open_.push(place.open, &event);
    ++place.depth;
}

void TrackRecords::match_end(LaneEvent& event, Place& place, Omissions& omissions) {
    if (place.open.empty()) {
        omissions.pass_over("of ends without a begin", event.origin);
        event.kind = Kind::nothing;
        return;
    }
    LaneEvent& begin = *open_.of(place.open);
    open_.pop(place.open);
    --place.depth;
    if (begin.kind == Kind::nothing) event.kind = Kind::nothing;
    begin.arguments = arguments_.merge(begin.arguments, event.arguments);
}

void TrackRecords::match_flow(LaneEvent& event, const Place& place, Omissions& omissions) {
    std::uint32_t& under_way = flow_numbers_[event.name];
    const bool ends = event.kind == Kind::flow_end;
    if (place.begun && (under_way != 0 || event.kind == Kind::flow_start)) {
        under_way = ends ? 0 : 1;
        return;
    }
    const std::string_view wrong = ends ? "that ends without a begin" : "that goes on without a begin";
    omissions.note("flow", place.begun ? wrong : "where no slice is", event.origin);
    event.kind = Kind::nothing;
}

Pausing<bool> TrackRecords::write(trace::Log& log, std::span<const std::uint32_t> numbers,
                                  std::function<bool(double)> progress) {
    flow_numbers_.assign(flows_.size(), 0);
    std::optional<std::int64_t> start;
    std::uint64_t written = 0;
    LaneEventSorter::Order order(sorter_, true);
    for (auto run = order.next(); !run.empty(); run = order.next()) {
        for (const LaneEvent& event : run) {
            if (!start) start = event.time;
            if (event.kind != Kind::nothing) {
                log.set_time(Time(event.time - *start));
                write_one(log, event, numbers[event.lane]);
            }
            if (++written % track_records_between == 0 && progress &&
                !progress(static_cast<double>(written) / static_cast<double>(sorter_.size())))
                co_return false;
        }
        if (order.is_time_to_pause()) co_await Pause();
    }
    co_return true;
}

void TrackRecords::write_one(trace::Log& log, const LaneEvent& event, std::uint32_t number) {
    if (event.is_flow()) return write_flow(log, event, number);
    if (event.kind == Kind::count) log.emit(trace::Kind::count, number, event.name, event.category);
    if (event.kind == Kind::end) log.emit(trace::Kind::slice_end, number);
    if (event.kind == Kind::begin) log.emit(trace::Kind::slice, number, event.name, event.category);
    if (event.kind == Kind::instant) log.emit(trace::Kind::instant, number, event.name, event.category);
    if (event.kind == Kind::begin || event.kind == Kind::instant)
        write_arguments(log, event, number, trace::Kind::argument);
}

void TrackRecords::write_arguments(trace::Log& log, const LaneEvent& event, std::uint32_t number,
                                   trace::Kind kind) {
    arguments_.each(event.arguments,
                    [&](const Argument& argument) { log.emit(kind, number, argument.name, argument.value); });
}

void TrackRecords::write_flow(trace::Log& log, const LaneEvent& event, std::uint32_t number) {
    using trace::FlowPoint;
    std::uint32_t& flow = flow_numbers_[event.name];
    if (flow == 0) {
        flow = ++last_flow_;
        log.emit(trace::Kind::flow, number, flow, trace::tagged(FlowPoint::start));
        const auto named = flow_names_.find(event.name);
        if (named != flow_names_.end())
            log.emit(trace::Kind::flow_name, flow, named->second.first.value, named->second.second.value);
        return write_arguments(log, event, number, trace::Kind::flow_argument);
    }
    const bool ends = event.kind == Kind::flow_end;
    log.emit(trace::Kind::flow, number, flow, trace::tagged(ends ? FlowPoint::end : FlowPoint::step));
    if (ends) flow = 0;
    write_arguments(log, event, number, trace::Kind::flow_argument);
}

std::uint32_t announce_track(trace::Log& log, std::uint32_t& last, StringId name, std::uint32_t parent,
                             trace::TrackKind kind, StringId identity) {
    log.emit(trace::Kind::track, ++last, name.value, parent);
    log.emit(trace::Kind::identity, last, identity.value, trace::tagged(kind));
    return last;
}

}  // namespace loopscope::exchange
