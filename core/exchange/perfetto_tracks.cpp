// SPDX-License-Identifier: MIT
#include "core/exchange/perfetto_tracks.hpp"

#include <fmt/format.h>

#include "core/exchange/perfetto_fields.hpp"
#include "core/exchange/wire_fields.hpp"

namespace loopscope::exchange {
namespace {

void describe_process(PerfettoTrack& track, std::string_view message, trace::Log& log) {
    StringId command;
    StringId name;
    track.kind = PerfettoTrack::Kind::process;
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == perfetto::process::pid) track.pid = field.integer();
        if (field.number == perfetto::process::command_line && command.value == 0)
            command = log.intern(field.bytes);
        if (field.number == perfetto::process::sort_index) track.sort_index = field.integer();
        if (field.number == perfetto::process::name) name = log.intern(field.bytes);
    }
    if (name.value == 0) name = command;
    if (name.value != 0) track.name = name;
}

void describe_thread(PerfettoTrack& track, std::string_view message, trace::Log& log) {
    track.kind = PerfettoTrack::Kind::thread;
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == perfetto::thread::pid) track.pid = field.integer();
        if (field.number == perfetto::thread::tid) track.tid = field.integer();
        if (field.number == perfetto::thread::sort_index) track.sort_index = field.integer();
        if (field.number == perfetto::thread::name && !field.bytes.empty())
            track.name = log.intern(field.bytes);
    }
}

void describe_counter(PerfettoTrack& track, std::string_view message, trace::Log& log) {
    constexpr std::string_view builtin[] = {"", "thread time", "thread instructions"};
    constexpr std::string_view units[] = {"", "ns", "", "bytes"};
    track.kind = PerfettoTrack::Kind::counter;
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == perfetto::counter::type && field.value < std::size(builtin) &&
            track.name.value == 0)
            track.name = log.intern(builtin[field.value]);
        if (field.number == perfetto::counter::unit && field.value < std::size(units) &&
            track.unit.value == 0)
            track.unit = log.intern(units[field.value]);
        if (field.number == perfetto::counter::multiplier && field.value != 0)
            track.multiplier = field.integer();
        if (field.number == perfetto::counter::is_incremental) track.incremental = field.value != 0;
        if (field.number == perfetto::counter::unit_name) track.unit = log.intern(field.bytes);
    }
}

void describe_field(PerfettoTrack& track, const WireField& field, trace::Log& log) {
    switch (field.number) {
        case perfetto::descriptor::name:
        case perfetto::descriptor::static_name:
        case perfetto::descriptor::atrace_name:
            // What the process or the thread is called counts, whatever comes first.
            if (track.name.value == 0 || track.kind == PerfettoTrack::Kind::custom)
                track.name = log.intern(field.bytes);
            break;
        case perfetto::descriptor::parent:
            track.parent = field.value;
            track.has_parent = true;
            break;
        case perfetto::descriptor::process: describe_process(track, field.bytes, log); break;
        case perfetto::descriptor::thread: describe_thread(track, field.bytes, log); break;
        case perfetto::descriptor::counter: describe_counter(track, field.bytes, log); break;
        case perfetto::descriptor::child_ordering:
            if (field.value <= 3) track.order = static_cast<PerfettoTrack::Order>(field.value);
            break;
        case perfetto::descriptor::rank: track.rank = static_cast<std::int32_t>(field.value); break;
        case perfetto::descriptor::sibling_merge:
            if (field.value <= 3) track.merge = static_cast<PerfettoTrack::Merge>(field.value);
            break;
        case perfetto::descriptor::merge_key: track.merge_key = log.intern(field.bytes); break;
        case perfetto::descriptor::merge_key_number:
            track.merge_key = log.intern(fmt::format("{}", field.value));
            break;
        default: break;
    }
}

}  // namespace

std::uint32_t PerfettoTracks::add(PerfettoTrack track) {
    if (tracks_.size() >= limit) return limit;
    tracks_.push_back(track);
    return static_cast<std::uint32_t>(tracks_.size() - 1);
}

std::uint32_t PerfettoTracks::find(std::uint64_t uuid) {
    const auto found = by_uuid_.find(uuid);
    if (found != by_uuid_.end()) return found->second;
    PerfettoTrack track;
    track.uuid = uuid;
    const std::uint32_t number = add(track);
    if (number != limit) by_uuid_[uuid] = number;
    return number;
}

std::uint32_t PerfettoTracks::own(PerfettoTrack::Kind kind, Ids ids) {
    const auto found = by_ids_.find({kind, ids});
    if (found != by_ids_.end()) return found->second;
    PerfettoTrack track;
    track.made_up = true;
    track.kind = kind;
    track.pid = ids.first;
    track.tid = ids.second;
    const std::uint32_t number = add(track);
    if (number != limit) by_ids_[{kind, ids}] = number;
    return number;
}

std::uint32_t PerfettoTracks::find_thread(std::int64_t pid, std::int64_t tid) {
    return tid == 0 ? own(PerfettoTrack::Kind::process, {pid, 0})
                    : own(PerfettoTrack::Kind::thread, {pid, tid});
}

std::uint32_t PerfettoTracks::find_operation(std::int64_t scope, std::int64_t pid, std::string_view id) {
    const auto [found, added] = operations_.try_emplace({scope, log_.intern(id)}, limit);
    if (!added) return found->second;
    const std::uint32_t process = pid == 0 ? limit : find_thread(pid, 0);
    PerfettoTrack track;
    track.made_up = true;
    track.merge_key = found->first.second;
    track.made_up_parent = process == limit ? 0 : process + 1;
    return found->second = add(track);
}

std::pair<std::int64_t, std::int64_t> PerfettoTracks::describe_old(std::string_view descriptor, bool thread) {
    PerfettoTrack said;
    if (thread)
        describe_thread(said, descriptor, log_);
    else
        describe_process(said, descriptor, log_);
    const std::uint32_t track = find_thread(said.pid, said.tid);
    if (track != limit && said.name.value != 0) tracks_[track].name = said.name;
    return {said.pid, said.tid};
}

std::uint32_t PerfettoTracks::describe(std::string_view descriptor) {
    std::uint64_t uuid = 0;
    PerfettoTrack said;
    WireFields fields(descriptor);
    for (WireField field; fields.next(field);) {
        if (field.number == perfetto::descriptor::uuid) uuid = field.value;
        if (field.number == perfetto::descriptor::process) describe_process(said, field.bytes, log_);
        if (field.number == perfetto::descriptor::thread) describe_thread(said, field.bytes, log_);
    }
    std::uint32_t track = limit;
    const bool has_ids =
        said.kind == PerfettoTrack::Kind::process || said.kind == PerfettoTrack::Kind::thread;
    const auto known = by_uuid_.find(uuid);
    if (has_ids && known == by_uuid_.end()) {
        track = own(said.kind, {said.pid, said.kind == PerfettoTrack::Kind::thread ? said.tid : 0});
        if (track == limit) return limit;
        by_uuid_[uuid] = track;
        tracks_[track].uuid = uuid;
        tracks_[track].made_up = false;
    } else {
        track = find(uuid);
        if (has_ids && track != limit) by_ids_.try_emplace({said.kind, {said.pid, said.tid}}, track);
    }
    if (track == limit) return limit;
    fields = WireFields(descriptor);
    for (WireField field; fields.next(field);) describe_field(tracks_[track], field, log_);
    return track;
}

}  // namespace loopscope::exchange
