// SPDX-License-Identifier: MIT
#include "core/exchange/lanes.hpp"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "core/base/number.hpp"

namespace loopscope::exchange {
namespace {

using trace::TrackKind;

/// Where the trace says no process and no thread, it is the one with this id.
constexpr std::string_view untold_id = "0";

/// Returns whether an argument says a place in an order, and puts it into `place`.
bool says_place(const ChromeArgument* argument, std::int64_t& place) {
    const auto value = argument != nullptr ? number_of<double>(argument->value) : std::nullopt;
    constexpr double bound = 1e15;
    if (!value || !(std::abs(*value) < bound)) return false;
    place = static_cast<std::int64_t>(*value);
    return true;
}

/// Returns whether an argument says a name.
bool says_name(const ChromeArgument* argument) {
    return argument != nullptr && argument->is_string && !argument->value.empty();
}

}  // namespace

std::string_view comparable_id(std::string_view id, std::string& room) {
    if (id.starts_with("0x") || id.starts_with("0X")) {
        std::uint64_t value = 0;
        const char* const end = id.data() + id.size();
        const auto [stop, error] = std::from_chars(id.data() + 2, end, value, 16);
        if (error != std::errc() || stop != end) return id;
        return room = fmt::format("{}", value);
    }
    if (id.ends_with(".0")) {
        const std::string_view whole = id.substr(0, id.size() - 2);
        return number_of<std::int64_t>(whole) ? whole : id;
    }
    return id;
}

bool Lanes::is_resource(const ChromeRecord& record) {
    return record.category.find("node.async_hooks") != std::string_view::npos;
}

std::uint32_t Lanes::process(std::string_view id, bool told) {
    if (last_process_ == no_process || last_process_id_ != id) {
        std::string room;
        const auto [known, added] = process_numbers_.emplace(std::string(comparable_id(id, room)),
                                                             static_cast<std::uint32_t>(processes_.size()));
        if (added) processes_.push_back({std::string(id), false, {}, {}, 0});
        last_process_id_ = id;
        last_process_ = known->second;
    }
    processes_[last_process_].told = processes_[last_process_].told || told;
    return last_process_;
}

std::uint32_t Lanes::process_of(const ChromeRecord& record) {
    return process(record.process.value_or(untold_id), record.process.has_value());
}

void Lanes::make_key(char kind, const ChromeRecord& record, std::string_view id) {
    std::string room;
    key_.assign(1, kind);
    key_ += comparable_id(record.process.value_or(untold_id), room);
    key_ += '\0';
    if (kind != 'i') {
        key_ += comparable_id(record.thread.value_or(untold_id), room);
        key_ += '\0';
    }
    key_ += comparable_id(id, room);
}

std::uint32_t Lanes::thread(const ChromeRecord& record) {
    make_key('t', record, {});
    return find(record, TrackKind::thread, record.thread.value_or(std::string_view()));
}

std::uint32_t Lanes::operation(const ChromeRecord& record, bool named) {
    if (is_resource(record)) {
        // Each environment of Node's, and so each thread, numbers its resources for itself.
        make_key('r', record, record.id);
        return find(record, TrackKind::resource, record.id);
    }
    if (record.id_scope == ChromeRecord::IdScope::trace) {
        std::string room;
        key_.assign("g\0", 2);
        key_ += comparable_id(record.id, room);
    } else {
        make_key('i', record, record.id);
    }
    key_ += '\0';
    key_ += record.category;
    key_ += '\0';
    key_ += record.scope;
    if (named) {
        key_ += '\1';
        key_ += record.name;
    }
    return find(record, TrackKind::operation, record.id);
}

std::uint32_t Lanes::find(const ChromeRecord& record, TrackKind kind, std::string_view id) {
    if (last_ == limit || key_ != last_key_) {
        const auto known = lane_numbers_.find(key_);
        if (known == lane_numbers_.end() && lanes_.size() >= limit) return limit;
        if (known != lane_numbers_.end()) {
            last_ = known->second;
        } else {
            Lane lane;
            lane.kind = kind;
            lane.process = process_of(record);
            std::string room;
            lane.identity = log_.intern(id.ends_with(".0") ? comparable_id(id, room) : id);
            last_ = make(lane);
            lane_numbers_.emplace(key_, last_);
        }
        last_key_ = key_;
    }
    Lane& lane = lanes_[last_];
    if (kind == TrackKind::operation && lane.process != no_process && record.process &&
        process_of(record) != lane.process)
        lane.process = no_process;
    return last_;
}

std::uint32_t Lanes::make(Lane lane) {
    const auto number = static_cast<std::uint32_t>(lanes_.size());
    lane.group = number;
    lanes_.push_back(lane);
    return number;
}

std::uint32_t Lanes::add_named(std::uint32_t lane, StringId name, TrackKind kind) {
    if (lanes_.size() >= limit) return lane;
    Lane made = lanes_[lane];
    made.name = name;
    made.kind = kind;
    if (kind != TrackKind::resource) made.cause = 0;
    const std::uint32_t number = make(made);
    lanes_[number].group = lane;
    return number;
}

void Lanes::set_cause(std::uint32_t lane, const ChromeRecord& record, std::string_view id) {
    make_key('r', record, id);
    if (const auto known = lane_numbers_.find(key_); known != lane_numbers_.end())
        lanes_[lane].cause = known->second + 1;
    else
        open_causes_.emplace_back(lane, key_);
}

void Lanes::finish() {
    for (const auto& [lane, key] : open_causes_) {
        if (const auto known = lane_numbers_.find(key); known != lane_numbers_.end())
            lanes_[lane].cause = known->second + 1;
    }
    open_causes_ = {};
}

bool Lanes::describe(const ChromeRecord& record) {
    if (record.name.starts_with("thread_")) return describe_thread(record);
    const ChromeArgument* const name = record.argument("name");
    const ChromeArgument* const labels = record.argument("labels");
    std::int64_t place = 0;
    const bool names = record.name == "process_name" && says_name(name);
    const bool sorts =
        record.name == "process_sort_index" && says_place(record.argument("sort_index"), place);
    const bool labelled = record.name == "process_labels" && says_name(labels);
    if (!names && !sorts && !labelled) return false;
    Process& process = processes_[process_of(record)];
    process.told = true;
    if (names) process.name = log_.intern(name->value);
    if (sorts) process.sort_index = place;
    if (labelled) process.labels = log_.intern(labels->value);
    return true;
}

bool Lanes::describe_thread(const ChromeRecord& record) {
    const ChromeArgument* const name = record.argument("name");
    std::int64_t place = 0;
    const bool names = record.name == "thread_name" && says_name(name);
    const bool sorts = record.name == "thread_sort_index" && says_place(record.argument("sort_index"), place);
    const std::uint32_t number = names || sorts ? thread(record) : limit;
    if (number == limit) return false;
    if (names) lanes_[number].name = log_.intern(name->value);
    if (sorts) lanes_[number].sort_index = place;
    return true;
}

}  // namespace loopscope::exchange
