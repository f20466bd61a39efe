// SPDX-License-Identifier: MIT
#include "core/exchange/perfetto_events.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "core/exchange/packet_scanner.hpp"
#include "core/exchange/perfetto_event.hpp"
#include "core/exchange/perfetto_fields.hpp"
#include "core/exchange/unpacking_reader.hpp"

namespace loopscope::exchange {
namespace {

/// What a kind of packet is called where it is passed over (trace_packet.proto); those that only say
/// something of the packet itself or of the recording have no name.
struct PacketKind {
    std::uint32_t field = 0;
    std::string_view name;
};
constexpr std::array packet_kinds = {
    PacketKind{1, "ftrace"},
    PacketKind{2, "process tree"},
    PacketKind{4, "inodes"},
    PacketKind{5, "Chrome's old events"},
    PacketKind{7, "system statistics"},
    PacketKind{9, "process statistics"},
    PacketKind{37, "heap profiles"},
    PacketKind{38, "battery"},
    PacketKind{39, "Android's log"},
    PacketKind{40, "power rails"},
    PacketKind{46, "triggers"},
    PacketKind{47, "package lists"},
    PacketKind{48, "Chrome's metadata"},
    PacketKind{51, "Chrome's metadata"},
    PacketKind{49, "Perfetto's own trace"},
    PacketKind{52, "GPU counters"},
    PacketKind{53, "GPU stages"},
    PacketKind{54, "streaming profiles"},
    PacketKind{57, "graphics frames"},
    PacketKind{61, "symbols"},
    PacketKind{66, "perf samples"},
    PacketKind{68, "memory maps"},
    PacketKind{73, "memory trackers"},
    PacketKind{74, "allocations"},
    PacketKind{84, "statsd"},
    PacketKind{95, "ETW"},
    PacketKind{99, "V8's code"},
    PacketKind{100, "V8's code"},
    PacketKind{133, "zstd"},
    PacketKind{135, "stack samples"},
};

/// Returns whether a field of a packet says something of the packet, or of how the trace was recorded: the
/// configuration, statistics, markers.
bool is_about_recording(std::uint32_t field) {
    constexpr std::array fields = {3,  33, 34, 35, 36,  45,  67,  69,  72,
                                   79, 87, 89, 98, 107, 123, 124, 126, 138};
    return std::ranges::find(fields, static_cast<int>(field)) != fields.end();
}

std::string name_of_packet(std::uint32_t field) {
    const auto* const known = std::ranges::find(packet_kinds, field, &PacketKind::field);
    if (known != packet_kinds.end()) return fmt::format("of {}", known->name);
    return fmt::format("of field {} of trace_packet.proto", field);
}

}  // namespace

/// The fields of a packet that have a meaning here.
struct PerfettoEvents::Packet {
    std::uint64_t origin = 0;
    std::uint64_t timestamp = 0;
    std::uint32_t clock = 0;
    std::uint32_t sequence = 0;
    bool has_timestamp = false;
    bool cleared = false;
    bool needs_state = false;
    bool dropped = false;
    bool has_event = false;
    bool has_descriptor = false;
    bool has_defaults = false;
    std::string_view event;
    std::string_view descriptor;
    std::string_view defaults;
    std::string_view interned;
    std::string_view snapshot;
    std::string_view thread;
    std::string_view process;
    std::string_view compressed;
    Packing packing = Packing::zlib;
    std::uint32_t other = 0;  // a field without a meaning
};

namespace {

template <class Packet>
void read_field(Packet& packet, const WireField& field) {
    namespace fields = perfetto::packet;
    switch (field.number) {
        case fields::clock_snapshot: packet.snapshot = field.bytes; break;
        case fields::timestamp:
            packet.timestamp = field.value;
            packet.has_timestamp = true;
            break;
        case fields::sequence: packet.sequence = static_cast<std::uint32_t>(field.value); break;
        case fields::track_event:
            packet.event = field.bytes;
            packet.has_event = true;
            break;
        case fields::interned_data: packet.interned = field.bytes; break;
        case fields::sequence_flags:
            packet.cleared = packet.cleared || (field.value & perfetto::state_cleared) != 0;
            packet.needs_state = (field.value & perfetto::needs_state) != 0;
            break;
        case fields::state_was_cleared: packet.cleared = packet.cleared || field.value != 0; break;
        case fields::previous_dropped: packet.dropped = field.value != 0; break;
        case fields::process_descriptor: packet.process = field.bytes; break;
        case fields::thread_descriptor: packet.thread = field.bytes; break;
        case fields::compressed:
        case fields::compressed_zstd:
            packet.compressed = field.bytes;
            packet.packing = field.number == fields::compressed ? Packing::zlib : Packing::zstd;
            break;
        case fields::timestamp_clock: packet.clock = static_cast<std::uint32_t>(field.value); break;
        case fields::defaults:
            packet.defaults = field.bytes;
            packet.has_defaults = true;
            break;
        case fields::track_descriptor:
            packet.descriptor = field.bytes;
            packet.has_descriptor = true;
            break;
        default:
            if (!is_about_recording(field.number)) packet.other = field.number;
    }
}

}  // namespace

PerfettoEvents::PerfettoEvents(trace::Log& log, Omissions& omissions)
    : log_(log), omissions_(omissions), tracks_(log), annotations_(log), event_(std::make_unique<Event>()) {}

PerfettoEvents::~PerfettoEvents() = default;

void PerfettoEvents::take(std::string_view packet, std::uint64_t origin) {
    annotations_.allow(origin + packet.size() + unpacked_);
    take_packet(packet, origin, false);
}

void PerfettoEvents::take_packet(std::string_view bytes, std::uint64_t origin, bool unpacked) {
    ++packets_;
    Packet packet;
    packet.origin = origin;
    WireFields fields(bytes);
    for (WireField field; fields.next(field);) read_field(packet, field);
    if (fields.damaged()) return omissions_.pass_over("whose bytes are no message", origin);
    if (packet.other != 0) omissions_.pass_over(name_of_packet(packet.other), origin);
    if (!packet.compressed.empty()) {
        if (unpacked)
            omissions_.pass_over("that are compressed twice", origin);
        else
            take_unpacked(packet.packing, packet.compressed, origin);
        return;
    }
    if (Sequence* const sequence = find_sequence(packet)) take_parts(*sequence, packet);
}

/// Takes the packets that are inside of a compressed one.
void PerfettoEvents::take_unpacked(Packing packing, std::string_view packed, std::uint64_t origin) {
    std::unique_ptr<Unpacker>& unpacker = unpackers_[static_cast<std::size_t>(packing)];
    if (unpacker == nullptr) unpacker = std::make_unique<Unpacker>(packing);
    unpacker->restart();
    const std::uint64_t allowed = UnpackingReader::max_unpacked(origin + packed.size());
    std::vector<std::byte> bytes;
    unpacker->unpack(std::as_bytes(std::span<const char>(packed)), bytes,
                     allowed - std::min(allowed, unpacked_));
    unpacked_ += bytes.size();
    if (unpacker->state() == Unpacker::State::full)
        omissions_.pass_over("that unpack to more than is read of a file of this size", origin);
    else if (unpacker->state() != Unpacker::State::between)
        omissions_.pass_over("whose compressed part is damaged", origin);
    PacketScanner scanner;
    scanner.push(bytes);
    while (const auto packet = scanner.next()) take_packet(packet->bytes, origin, true);
    const bool whole = unpacker->state() == Unpacker::State::between;
    if (whole && (scanner.damaged() || scanner.inside()))
        omissions_.note("compressed packet", "that ends inside of another one", origin);
}

PerfettoEvents::Sequence* PerfettoEvents::find_sequence(const Packet& packet) {
    if (last_sequence_ != nullptr && last_number_ == packet.sequence) return last_sequence_;
    auto found = sequences_.find(packet.sequence);
    if (found == sequences_.end()) {
        if (sequences_.size() >= max_sequences) {
            omissions_.pass_over(fmt::format("of more than {} sequences", max_sequences), packet.origin);
            return nullptr;
        }
        found = sequences_.try_emplace(packet.sequence).first;
    }
    last_number_ = packet.sequence;
    return last_sequence_ = &found->second;
}

void PerfettoEvents::take_parts(Sequence& sequence, const Packet& packet) {
    if (packet.dropped) sequence.complete = false;
    if (packet.cleared) {
        sequence.texts.clear();
        sequence.sums.clear();
        sequence.clock = 0;
        sequence.track.reset();
        sequence.counters.clear();
        sequence.double_counters.clear();
        sequence.complete = true;
    }
    if (packet.has_defaults) set_defaults(sequence, packet.defaults);
    if (!packet.interned.empty()) sequence.texts.take(packet.interned, log_);
    if (!packet.snapshot.empty()) clocks_.take(packet.snapshot, packet.sequence);
    if (packet.has_descriptor && tracks_.describe(packet.descriptor) == PerfettoTracks::limit)
        omissions_.pass_over(fmt::format("of more than {} tracks", PerfettoTracks::limit), packet.origin);
    if (!packet.process.empty()) sequence.pid = tracks_.describe_old(packet.process, false).first;
    if (!packet.thread.empty())
        std::tie(sequence.pid, sequence.tid) = tracks_.describe_old(packet.thread, true);
    if (!packet.has_event) return;
    // The numbers of its texts may mean what packets said that were lost.
    if (packet.needs_state && !sequence.complete)
        return omissions_.pass_over("of events whose names are in packets that are missing", packet.origin);
    take_event(sequence, packet);
}

/// Takes what a TracePacketDefaults message says of the packets that follow (trace_packet_defaults.proto).
void PerfettoEvents::set_defaults(Sequence& sequence, std::string_view message) {
    WireFields fields(message);
    for (WireField field; fields.next(field);) {
        if (field.number == perfetto::defaults::timestamp_clock)
            sequence.clock = static_cast<std::uint32_t>(field.value);
        if (field.number != perfetto::defaults::track_event || !field.is_message()) continue;
        sequence.counters.clear();
        sequence.double_counters.clear();
        WireFields parts(field.bytes);
        for (WireField part; parts.next(part);) {
            if (part.number == perfetto::event::track) sequence.track = part.value;
            if (part.number == perfetto::event::extra_counters)
                each_number(part, [&](std::uint64_t uuid) { sequence.counters.push_back(uuid); });
            if (part.number == perfetto::event::extra_double_counters)
                each_number(part, [&](std::uint64_t uuid) { sequence.double_counters.push_back(uuid); });
        }
    }
}

/// Takes the event of a packet.
void PerfettoEvents::take_event(Sequence& sequence, const Packet& packet) {
    Event& event = *event_;
    const std::uint64_t left_out = annotations_.left_out();
    const std::uint64_t not_known = annotations_.unknown();
    event.read(packet.event, sequence.texts, annotations_, log_);
    event.origin = packet.origin;
    for (const Argument& each : event.arguments)
        own_.take_argument(log_.strings()[StringId{each.name}], log_.strings()[StringId{each.value}]);
    if (event.type != static_cast<std::uint64_t>(Event::Type::end))
        own_.take_event(packet.sequence, log_.strings()[event.category]);
    if (annotations_.left_out() > left_out)
        omissions_.note("argument", "that would be too long", packet.origin);
    if (annotations_.unknown() > not_known)
        omissions_.note("argument", "that are messages of others", packet.origin);
    if (!packet.has_timestamp) return omissions_.pass_over("of events without a time", packet.origin);
    std::uint32_t clock = packet.clock != 0 ? packet.clock : sequence.clock;
    if (clock == 0) clock = PerfettoClocks::boot_time;
    const auto time = clocks_.time_of(clock, packet.timestamp, packet.sequence);
    if (!time)
        return omissions_.pass_over("of events whose clock has no relation to the others", packet.origin);
    event.time = *time;
    if (event.unknown != 0)
        omissions_.note(
            "part",
            fmt::format("of events that are not read, as field {} of track_event.proto", event.unknown),
            packet.origin);
    if (event.has_legacy)
        legacy(event, sequence);
    else
        emit(event, sequence);
}

Pausing<bool> PerfettoEvents::write(std::function<bool(double)> progress) {
    co_await records_.match(omissions_);
    const PerfettoTracks::Numbers numbers = tracks_.announce();
    std::vector<std::uint32_t> places;
    places.reserve(2 * numbers.tracks.size());
    for (std::size_t track = 0; track < numbers.tracks.size(); ++track) {
        places.push_back(numbers.tracks[track]);
        places.push_back(numbers.counters[track]);
    }
    co_return co_await records_.write(log_, places, std::move(progress));
}

}  // namespace loopscope::exchange
