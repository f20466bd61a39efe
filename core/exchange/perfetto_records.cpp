// SPDX-License-Identifier: MIT
// The part of PerfettoEvents that makes records of events.

#include <cmath>

#include <fmt/format.h>

#include "core/exchange/perfetto_event.hpp"
#include "core/exchange/perfetto_fields.hpp"

namespace loopscope::exchange {

namespace {

// Each track has two places: one for what happens on it, one for its values.
std::uint32_t place_of(std::uint32_t track) {
    return 2 * track;
}
std::uint32_t counter_of(std::uint32_t track) {
    return 2 * track + 1;
}

}  // namespace

/// Returns the track of an event; PerfettoTracks::limit if there are too many.
std::uint32_t PerfettoEvents::track_of(const Event& event, const Sequence& sequence) {
    if (event.track) return tracks_.find(*event.track);
    if (event.has_legacy && event.legacy.tid != 0)
        return tracks_.find_thread(event.legacy.pid != 0 ? event.legacy.pid : sequence.pid, event.legacy.tid);
    if (sequence.track) return tracks_.find(*sequence.track);
    if (sequence.tid != 0) return tracks_.find_thread(sequence.pid, sequence.tid);
    return tracks_.find(PerfettoTracks::default_uuid);
}

/// Makes records of an event that says its type.
void PerfettoEvents::emit(Event& event, Sequence& sequence) {
    using Type = Event::Type;
    const std::uint32_t track = track_of(event, sequence);
    if (track == PerfettoTracks::limit)
        return omissions_.pass_over(fmt::format("of more than {} tracks", PerfettoTracks::limit),
                                    event.origin);
    switch (event.type) {
        case static_cast<std::uint64_t>(Type::begin): show(event, track, Type::begin); break;
        case static_cast<std::uint64_t>(Type::end): show(event, track, Type::end); break;
        case static_cast<std::uint64_t>(Type::instant): show(event, track, Type::instant); break;
        case static_cast<std::uint64_t>(Type::counter):
            if (event.value)
                count(sequence, track, event, *event.value);
            else
                omissions_.pass_over("of counters without a value", event.origin);
            break;
        default: return omissions_.pass_over(fmt::format("of events of type {}", event.type), event.origin);
    }
    extra_counts(event, sequence);
}

/// Makes records of what happens on a track.
void PerfettoEvents::show(const Event& event, std::uint32_t track, EventType type) {
    const TrackRecords::When when{event.time, place_of(track), event.origin};
    PerfettoTrack& info = tracks_[track];
    if (!info.has_records && !info.has_counts) info.first_time = event.time;
    if (event.only_flow) return touch(event, when);
    if (type != Event::Type::end) {
        if (!info.has_records) info.first_name = event.name;
        info.has_records = true;
    }
    // What touches a slice where it ends has to stand before its end.
    if (type == Event::Type::end) touch(event, when);
    if (type == Event::Type::begin) records_.begin(when, event.name, event.category, event.arguments);
    if (type == Event::Type::end) records_.end(when, event.arguments);
    if (type == Event::Type::instant) records_.instant(when, event.name, event.category, event.arguments);
    if (type != Event::Type::end) touch(event, when);
}

void PerfettoEvents::touch(const Event& event, const TrackRecords::When& when) {
    using Touch = TrackRecords::Touch;
    for (const Event::Flow& each : event.flows) {
        records_.touch(when, each.id, each.ends ? Touch::ends : Touch::leaves, each.arguments);
        records_.name_flow(each.id, each.name, each.category);
    }
    if (!event.has_legacy || event.legacy.direction == 0) return;
    const bool comes = event.legacy.direction == perfetto::legacy::flow_in;
    records_.touch(when, event.legacy.bind_id, comes ? Touch::comes : Touch::leaves);
}

/// Makes a record of a counter's value.
void PerfettoEvents::count(Sequence& sequence, std::uint32_t track, const Event& event, double value) {
    PerfettoTrack& info = tracks_[track];
    if (info.incremental) value = sequence.sums[track] += value;
    value *= static_cast<double>(info.multiplier);
    if (!std::isfinite(value))
        return omissions_.pass_over("of counters whose value is no number", event.origin);
    if (!info.has_records && !info.has_counts) info.first_time = event.time;
    info.has_counts = true;
    records_.count({event.time, counter_of(track), event.origin}, value);
}

/// Makes records of the values that an event has beside its own.
void PerfettoEvents::extra_counts(const Event& event, Sequence& sequence) {
    const auto take = [&](const std::vector<std::uint64_t>& tracks, const std::vector<double>& values) {
        for (std::size_t at = 0; at < values.size(); ++at) {
            if (at >= tracks.size()) {
                omissions_.note("value", "of counters that no track is said of", event.origin);
                continue;
            }
            const std::uint32_t track = tracks_.find(tracks[at]);
            if (track != PerfettoTracks::limit) count(sequence, track, event, values[at]);
        }
    };
    take(event.counters.empty() ? sequence.counters : event.counters, event.extra);
    take(event.double_counters.empty() ? sequence.double_counters : event.double_counters,
         event.double_extra);
}

/// Makes records of an event that says a phase of the Trace Event Format (LegacyEvent).
void PerfettoEvents::legacy(Event& event, Sequence& sequence) {
    using Type = Event::Type;
    if (event.name.value == 0) event.name = event.legacy.name;
    switch (event.legacy.phase) {
        case 0: return emit(event, sequence);
        case 'B': event.type = static_cast<std::uint64_t>(Type::begin); return emit(event, sequence);
        case 'E': event.type = static_cast<std::uint64_t>(Type::end); return emit(event, sequence);
        case 'i':
        case 'I':
        case 'R': event.type = static_cast<std::uint64_t>(Type::instant); return emit(event, sequence);
        case 'b':
        case 'S': return operation(event, sequence, Type::begin);
        case 'e':
        case 'F': return operation(event, sequence, Type::end);
        case 'n':
        case 'T':
        case 'p': return operation(event, sequence, Type::instant);
        default: break;
    }
    const bool is_letter = event.legacy.phase > ' ' && event.legacy.phase < 127;
    omissions_.pass_over(is_letter
                             ? fmt::format("of old events of phase {}", static_cast<char>(event.legacy.phase))
                             : "of old events of no phase",
                         event.origin);
}

/// Makes a record of an asynchronous operation, which its category, scope and id tell from others.
void PerfettoEvents::operation(const Event& event, const Sequence& sequence, EventType type) {
    const Event::Legacy& legacy = event.legacy;
    const std::int64_t pid = legacy.pid != 0 ? legacy.pid : sequence.pid;
    const std::int64_t scope = legacy.scope == Event::Scope::process ? pid : 0;
    const std::string id = fmt::format("{:#x}{}{} {}", legacy.id, legacy.id_scope.empty() ? "" : " ",
                                       legacy.id_scope, log_.strings()[event.category]);
    const std::uint32_t track =
        tracks_.find_operation(scope, legacy.scope == Event::Scope::global ? 0 : pid, id);
    if (track == PerfettoTracks::limit)
        return omissions_.pass_over(fmt::format("of more than {} tracks", PerfettoTracks::limit),
                                    event.origin);
    show(event, track, type);
}

}  // namespace loopscope::exchange
