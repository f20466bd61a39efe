// SPDX-License-Identifier: MIT
#include "core/exchange/flows.hpp"

#include "core/exchange/lanes.hpp"

namespace loopscope::exchange {

using trace::FlowPoint;

std::uint32_t Flows::find() {
    const auto [known, added] = numbers_.emplace(key_, static_cast<std::uint32_t>(states_.size()));
    if (added) {
        states_.emplace_back();
        names_.emplace_back();
    }
    return known->second;
}

std::uint32_t Flows::number_of(const ChromeRecord& record, StringId name, StringId category) {
    std::string room;
    key_.assign(1, 'f');
    if (record.id_scope == ChromeRecord::IdScope::process)
        key_ += comparable_id(record.process.value_or(std::string_view()), room);
    key_ += '\0';
    key_ += comparable_id(record.id, room);
    for (const std::string_view part : {record.scope, record.category, record.name}) {
        key_ += '\0';
        key_ += part;
    }
    const std::uint32_t flow = find();
    if (name) names_[flow] = {name, category};
    return flow;
}

void Flows::bind(const ChromeRecord& record, std::uint64_t origin) {
    std::string room;
    key_.assign(1, 'b');
    key_ += comparable_id(record.bind_id, room);
    bound_.push_back({origin, find(), record.flow_in, record.flow_out});
}

void Flows::touch(LaneEvent& carrier, FlowPoint point, std::uint32_t flow, std::uint32_t arguments) {
    touches_.push_back({carrier.origin, flow, point, arguments});
    carrier.has_flow = true;
}

/// Adds a flow to the log. Returns its number there.
std::uint32_t Flows::add(std::uint32_t flow) {
    of_.push_back(flow);
    return count();
}

void Flows::start(std::uint32_t flow, LaneEvent& carrier, std::uint32_t arguments) {
    states_[flow] = {add(flow), false, carrier.origin};
    touch(carrier, FlowPoint::start, count() - 1, arguments);
}

/// Makes another flow that begins where this one came by last.
void Flows::begin_again(std::uint32_t flow) {
    State& state = states_[flow];
    state.flow = add(flow);
    state.ended = false;
    touches_.push_back({state.last, count() - 1, FlowPoint::start, 0});
}

void Flows::step(std::uint32_t flow, LaneEvent& carrier, std::uint32_t arguments) {
    State& state = states_[flow];
    if (state.flow == 0) return start(flow, carrier, arguments);
    if (state.ended) begin_again(flow);
    touch(carrier, FlowPoint::step, state.flow - 1, arguments);
    state.last = carrier.origin;
}

void Flows::end(std::uint32_t flow, LaneEvent& carrier, std::uint64_t origin, std::uint32_t arguments) {
    State& state = states_[flow];
    if (state.flow == 0) return omissions_.note("flow end", "without a beginning", origin);
    if (state.ended) begin_again(flow);
    touch(carrier, FlowPoint::end, state.flow - 1, arguments);
    state.ended = true;
}

void Flows::touch_bound(LaneEvent& carrier) {
    auto bound = std::ranges::lower_bound(bound_, std::uint64_t{carrier.origin}, {}, &Bound::origin);
    for (; bound != bound_.end() && bound->origin == carrier.origin; ++bound) {
        if (bound->in && bound->out)
            step(bound->flow, carrier);
        else if (bound->out)
            start(bound->flow, carrier);
        else
            end(bound->flow, carrier, carrier.origin);
    }
}

void Flows::finish() {
    std::ranges::stable_sort(touches_, {}, &Touch::origin);
}

}  // namespace loopscope::exchange
