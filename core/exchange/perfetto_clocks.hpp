// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace loopscope::exchange {

/// The clocks of a Perfetto trace (clock_snapshot.proto), which snapshots relate to each other. All times are
/// those of one of them, the trace's clock: the one that a snapshot calls so, or else that of boot time, or,
/// in a trace without snapshots, the first one that is asked for.
class PerfettoClocks {
  public:
    /// The clock of packets that name none: the time since boot.
    static constexpr std::uint32_t boot_time = 6;
    /// Clocks from here on up to the next one belong to one sequence of packets.
    static constexpr std::uint32_t first_of_sequence = 64;
    static constexpr std::uint32_t first_global = 128;

    /// Takes a ClockSnapshot of a sequence. Times of incremental clocks go on from what it says.
    void take(std::string_view snapshot, std::uint32_t sequence);
    /// Returns the time of the trace's clock at which one of a sequence shows a number of units: of an
    /// incremental one, since its last time. Returns nothing if no snapshot relates the two, or the time is
    /// beyond what a trace can have.
    std::optional<std::int64_t> time_of(std::uint32_t clock, std::uint64_t units, std::uint32_t sequence);

    /// The maximum number of snapshots and clocks that are kept; what comes after that is not.
    static constexpr std::size_t max_clocks = 4096;
    static constexpr std::size_t max_points = std::size_t{1} << 20;

  private:
    using Clock = std::uint64_t;  // its number, and its sequence if it belongs to one
    /// What one clock showed in a snapshot, in nanoseconds.
    struct Point {
        std::int64_t time = 0;
        std::uint32_t snapshot = 0;
    };
    struct Known {
        std::vector<Point> points;  // by snapshot
        std::uint64_t unit = 1;     // nanoseconds
        bool incremental = false;
        std::uint64_t last = 0;          // of an incremental one, in units
        std::uint32_t unrelated_at = 0;  // how many snapshots there were when none related it to the trace's
    };

    static Clock key_of(std::uint32_t clock, std::uint32_t sequence);
    static std::optional<std::int64_t> nanoseconds(std::uint64_t units, std::uint64_t unit);
    void take_clock(std::string_view clock, std::uint32_t sequence, std::uint32_t snapshot);
    [[nodiscard]] std::optional<std::int64_t> converted(const Known& from, std::int64_t time) const;
    [[nodiscard]] static std::optional<std::int64_t> between(const Known& from, const Known& to,
                                                             std::int64_t time);

    std::map<Clock, Known> clocks_;
    std::optional<Clock> trace_clock_;
    std::uint32_t snapshots_ = 0;
    std::size_t points_ = 0;
};

}  // namespace loopscope::exchange
