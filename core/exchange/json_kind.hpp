// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace loopscope::exchange {

/// What JSON is, as far as its first keys tell.
enum class JsonKind : std::uint8_t {
    none,       ///< it is no JSON, or neither an array nor an object
    undecided,  ///< more bytes will tell
    trace,      ///< an array, an object with traceEvents, or nothing else that is known
    speedscope,
    tokio_console,
    v8_profile,
    v8_heap_profile,
    v8_heap_snapshot,
    firefox_profile,
    network_log,
    node_report,
    har,
    spans,  ///< of OpenTelemetry or Jaeger
};

/// Returns what the first bytes of JSON are. `all`: no more bytes come, or no more are looked at. An answer
/// other than `undecided` does not change with more bytes.
///
/// Objects are told apart by their keys, in whatever order: what comes first decides.
JsonKind json_kind(std::span<const std::byte> first, bool all);

}  // namespace loopscope::exchange
