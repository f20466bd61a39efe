#pragma once

#include <cstdint>

/// The numbers of the fields of Perfetto's messages that are written here, and values of its enums:
/// protos/perfetto/trace/trace_packet.proto, interned_data/interned_data.proto, and in track_event/
/// track_event.proto, track_descriptor.proto, process_descriptor.proto, thread_descriptor.proto and
/// debug_annotation.proto.
namespace loopscope::exchange::perfetto {

inline constexpr std::uint32_t packet_of_trace = 1;

namespace packet {
inline constexpr std::uint32_t timestamp = 8;
inline constexpr std::uint32_t sequence = 10;
inline constexpr std::uint32_t track_event = 11;
inline constexpr std::uint32_t interned_data = 12;
inline constexpr std::uint32_t sequence_flags = 13;
inline constexpr std::uint32_t track_descriptor = 60;
}  // namespace packet

inline constexpr std::uint64_t state_cleared = 1;
inline constexpr std::uint64_t needs_state = 2;

namespace descriptor {
inline constexpr std::uint32_t uuid = 1;
inline constexpr std::uint32_t name = 2;
inline constexpr std::uint32_t process = 3;
inline constexpr std::uint32_t thread = 4;
inline constexpr std::uint32_t parent = 5;
inline constexpr std::uint32_t counter = 8;
inline constexpr std::uint32_t child_ordering = 11;
inline constexpr std::uint32_t rank = 12;
inline constexpr std::uint32_t sibling_merge = 15;
inline constexpr std::uint64_t explicit_ordering = 3;
inline constexpr std::uint64_t merge_none = 2;
}  // namespace descriptor

namespace process {
inline constexpr std::uint32_t pid = 1;
inline constexpr std::uint32_t name = 6;
}  // namespace process

namespace thread {
inline constexpr std::uint32_t pid = 1;
inline constexpr std::uint32_t tid = 2;
inline constexpr std::uint32_t name = 5;
}  // namespace thread

namespace event {
inline constexpr std::uint32_t category = 3;
inline constexpr std::uint32_t annotation = 4;
inline constexpr std::uint32_t type = 9;
inline constexpr std::uint32_t name = 10;
inline constexpr std::uint32_t track = 11;
inline constexpr std::uint32_t double_counter_value = 44;
inline constexpr std::uint32_t flow = 47;
inline constexpr std::uint32_t flow_ends = 48;
inline constexpr std::uint64_t slice_begin = 1;
inline constexpr std::uint64_t slice_end = 2;
inline constexpr std::uint64_t instant = 3;
inline constexpr std::uint64_t counted = 4;
}  // namespace event

namespace annotation {
inline constexpr std::uint32_t name = 1;
inline constexpr std::uint32_t text = 6;
inline constexpr std::uint32_t json = 9;
}  // namespace annotation

namespace interned {
inline constexpr std::uint32_t categories = 1;
inline constexpr std::uint32_t names = 2;
inline constexpr std::uint32_t arguments = 3;
inline constexpr std::uint32_t number = 1;
inline constexpr std::uint32_t text = 2;
}  // namespace interned

}  // namespace loopscope::exchange::perfetto
