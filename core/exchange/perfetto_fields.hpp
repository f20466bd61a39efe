// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

/// The numbers of the fields of Perfetto's messages that are read or written here, and values of its enums:
/// protos/perfetto/trace/trace_packet.proto, trace_packet_defaults.proto, clock_snapshot.proto,
/// interned_data/interned_data.proto, and in track_event/ track_event.proto, track_descriptor.proto,
/// counter_descriptor.proto, process_descriptor.proto, thread_descriptor.proto, source_location.proto and
/// debug_annotation.proto.
namespace loopscope::exchange::perfetto {

inline constexpr std::uint32_t packet_of_trace = 1;

/// TracePacket.
namespace packet {
inline constexpr std::uint32_t clock_snapshot = 6;
inline constexpr std::uint32_t timestamp = 8;
inline constexpr std::uint32_t sequence = 10;
inline constexpr std::uint32_t track_event = 11;
inline constexpr std::uint32_t interned_data = 12;
inline constexpr std::uint32_t sequence_flags = 13;
inline constexpr std::uint32_t state_was_cleared = 41;
inline constexpr std::uint32_t previous_dropped = 42;
inline constexpr std::uint32_t process_descriptor = 43;
inline constexpr std::uint32_t thread_descriptor = 44;
inline constexpr std::uint32_t compressed = 50;
inline constexpr std::uint32_t timestamp_clock = 58;
inline constexpr std::uint32_t defaults = 59;
inline constexpr std::uint32_t track_descriptor = 60;
inline constexpr std::uint32_t compressed_zstd = 133;
}  // namespace packet

inline constexpr std::uint64_t state_cleared = 1;
inline constexpr std::uint64_t needs_state = 2;

/// TracePacketDefaults.
namespace defaults {
inline constexpr std::uint32_t track_event = 11;
inline constexpr std::uint32_t timestamp_clock = 58;
}  // namespace defaults

/// ClockSnapshot, and Clock in it.
namespace snapshot {
inline constexpr std::uint32_t clock = 1;
inline constexpr std::uint32_t primary = 2;
inline constexpr std::uint32_t clock_id = 1;
inline constexpr std::uint32_t timestamp = 2;
inline constexpr std::uint32_t is_incremental = 3;
inline constexpr std::uint32_t unit = 4;
}  // namespace snapshot

/// TrackDescriptor.
namespace descriptor {
inline constexpr std::uint32_t uuid = 1;
inline constexpr std::uint32_t name = 2;
inline constexpr std::uint32_t process = 3;
inline constexpr std::uint32_t thread = 4;
inline constexpr std::uint32_t parent = 5;
inline constexpr std::uint32_t counter = 8;
inline constexpr std::uint32_t static_name = 10;
inline constexpr std::uint32_t child_ordering = 11;
inline constexpr std::uint32_t rank = 12;
inline constexpr std::uint32_t atrace_name = 13;
inline constexpr std::uint32_t sibling_merge = 15;
inline constexpr std::uint32_t merge_key = 16;
inline constexpr std::uint32_t merge_key_number = 17;
inline constexpr std::uint64_t explicit_ordering = 3;
inline constexpr std::uint64_t merge_none = 2;
}  // namespace descriptor

/// CounterDescriptor.
namespace counter {
inline constexpr std::uint32_t type = 1;
inline constexpr std::uint32_t unit = 3;
inline constexpr std::uint32_t multiplier = 4;
inline constexpr std::uint32_t is_incremental = 5;
inline constexpr std::uint32_t unit_name = 6;
}  // namespace counter

/// ProcessDescriptor.
namespace process {
inline constexpr std::uint32_t pid = 1;
inline constexpr std::uint32_t command_line = 2;
inline constexpr std::uint32_t sort_index = 3;
inline constexpr std::uint32_t name = 6;
}  // namespace process

/// ThreadDescriptor.
namespace thread {
inline constexpr std::uint32_t pid = 1;
inline constexpr std::uint32_t tid = 2;
inline constexpr std::uint32_t sort_index = 3;
inline constexpr std::uint32_t name = 5;
}  // namespace thread

/// TrackEvent.
namespace event {
inline constexpr std::uint32_t category = 3;
inline constexpr std::uint32_t annotation = 4;
inline constexpr std::uint32_t legacy = 6;
inline constexpr std::uint32_t type = 9;
inline constexpr std::uint32_t name = 10;
inline constexpr std::uint32_t track = 11;
inline constexpr std::uint32_t extra_values = 12;
inline constexpr std::uint32_t category_text = 22;
inline constexpr std::uint32_t name_text = 23;
inline constexpr std::uint32_t counter_value = 30;
inline constexpr std::uint32_t extra_counters = 31;
inline constexpr std::uint32_t source = 33;
inline constexpr std::uint32_t source_number = 34;
inline constexpr std::uint32_t old_flow = 36;
inline constexpr std::uint32_t old_flow_ends = 42;
inline constexpr std::uint32_t double_counter_value = 44;
inline constexpr std::uint32_t extra_double_counters = 45;
inline constexpr std::uint32_t extra_double_values = 46;
inline constexpr std::uint32_t flow = 47;
inline constexpr std::uint32_t flow_ends = 48;
inline constexpr std::uint64_t slice_begin = 1;
inline constexpr std::uint64_t slice_end = 2;
inline constexpr std::uint64_t instant = 3;
inline constexpr std::uint64_t counted = 4;
}  // namespace event

/// LegacyEvent in TrackEvent.
namespace legacy {
inline constexpr std::uint32_t name = 1;
inline constexpr std::uint32_t phase = 2;
inline constexpr std::uint32_t id = 6;
inline constexpr std::uint32_t id_scope = 7;
inline constexpr std::uint32_t bind_id = 8;
inline constexpr std::uint32_t local_id = 10;
inline constexpr std::uint32_t global_id = 11;
inline constexpr std::uint32_t flow_direction = 13;
inline constexpr std::uint32_t pid = 18;
inline constexpr std::uint32_t tid = 19;
inline constexpr std::uint64_t flow_in = 1;
}  // namespace legacy

/// DebugAnnotation.
namespace annotation {
inline constexpr std::uint32_t name = 1;
inline constexpr std::uint32_t truth = 2;
inline constexpr std::uint32_t positive = 3;
inline constexpr std::uint32_t integer = 4;
inline constexpr std::uint32_t number = 5;
inline constexpr std::uint32_t text = 6;
inline constexpr std::uint32_t pointer = 7;
inline constexpr std::uint32_t nested = 8;
inline constexpr std::uint32_t json = 9;
inline constexpr std::uint32_t name_text = 10;
inline constexpr std::uint32_t dict_entry = 11;
inline constexpr std::uint32_t array_value = 12;
inline constexpr std::uint32_t proto = 14;
inline constexpr std::uint32_t text_number = 17;
}  // namespace annotation

/// SourceLocation.
namespace source {
inline constexpr std::uint32_t file = 2;
inline constexpr std::uint32_t function = 3;
inline constexpr std::uint32_t line = 4;
}  // namespace source

/// InternedData, and the messages in it.
namespace interned {
inline constexpr std::uint32_t categories = 1;
inline constexpr std::uint32_t names = 2;
inline constexpr std::uint32_t arguments = 3;
inline constexpr std::uint32_t sources = 4;
inline constexpr std::uint32_t argument_texts = 29;
inline constexpr std::uint32_t number = 1;
inline constexpr std::uint32_t text = 2;
}  // namespace interned

// What Loopscope says of flows, which have neither names nor arguments in Perfetto's protos: arguments of the
// events that they touch, "flow 7" for the name, "flow 7 category", and "flow 7: size" for an argument
// "size". An instant of this category that says nothing but the name of one flow is the place of a touch.
inline constexpr std::string_view flow_category = "flow";
inline constexpr std::string_view flow_argument = "flow ";
inline constexpr std::string_view flow_category_argument = " category";
inline constexpr std::string_view flow_argument_separator = ": ";

}  // namespace loopscope::exchange::perfetto
