// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/pausing.hpp"
#include "core/exchange/omissions.hpp"
#include "core/exchange/own_perfetto.hpp"
#include "core/exchange/perfetto_annotation.hpp"
#include "core/exchange/perfetto_clocks.hpp"
#include "core/exchange/perfetto_tracks.hpp"
#include "core/exchange/track_records.hpp"
#include "core/exchange/unpacker.hpp"
#include "core/exchange/wire_fields.hpp"

namespace loopscope::exchange {

/// What the packets of a Perfetto trace say of tracks (trace_packet.proto, track_event.proto), until all are
/// known and can be written.
class PerfettoEvents {
  public:
    PerfettoEvents(trace::Log& log, Omissions& omissions);
    ~PerfettoEvents();
    PerfettoEvents(const PerfettoEvents&) = delete;
    PerfettoEvents& operator=(const PerfettoEvents&) = delete;

    /// Takes a packet that begins at byte `origin`. What has no meaning here is counted as an omission.
    void take(std::string_view packet, std::uint64_t origin);
    /// Writes all to the log, in order of time; the earliest one is at 0. Calls `progress` now and then with
    /// how much is done, from 0 to 1. Returns false if that stopped it. REQUIRES: called once, not empty.
    /// Pauses now and then.
    Pausing<bool> write(std::function<bool(double)> progress);

    /// Returns whether no packet has said anything that can be shown.
    [[nodiscard]] bool empty() const { return records_.empty(); }
    /// Returns whether nothing more can be taken: the log would be longer than logs may be.
    [[nodiscard]] bool full() const { return records_.full(); }
    /// Returns what the events say of a trace of Loopscope's.
    [[nodiscard]] OwnPerfetto& own() { return own_; }
    /// Returns how many packets there were, with those inside compressed ones.
    [[nodiscard]] std::uint64_t packets() const { return packets_; }

    /// The maximum number of sequences of packets.
    static constexpr std::size_t max_sequences = std::size_t{1} << 16;

  private:
    /// What is said of the packets of one sequence: one that a thread or a process writes.
    struct Sequence {
        InternedTexts texts;
        bool complete = false;               // nothing is lost since the state was cleared
        std::uint32_t clock = 0;             // of its packets; 0: as of all
        std::optional<std::uint64_t> track;  // of events that name none
        std::int64_t pid = 0;                // of the thread that its events are of, where no track is named
        std::int64_t tid = 0;
        std::vector<std::uint64_t> counters;  // the tracks of extra values
        std::vector<std::uint64_t> double_counters;
        std::unordered_map<std::uint32_t, double> sums;  // of counters whose values are differences
    };
    struct Packet;
    struct Event;
    enum class EventType : std::uint8_t { unspecified = 0, begin = 1, end = 2, instant = 3, counter = 4 };

    void take_packet(std::string_view bytes, std::uint64_t origin, bool unpacked);
    void take_unpacked(Packing packing, std::string_view packed, std::uint64_t origin);
    Sequence* find_sequence(const Packet& packet);
    void take_parts(Sequence& sequence, const Packet& packet);
    static void set_defaults(Sequence& sequence, std::string_view message);
    void take_event(Sequence& sequence, const Packet& packet);
    std::uint32_t track_of(const Event& event, const Sequence& sequence);
    void emit(Event& event, Sequence& sequence);
    void legacy(Event& event, Sequence& sequence);
    void operation(const Event& event, const Sequence& sequence, EventType type);
    void show(const Event& event, std::uint32_t track, EventType type);
    void touch(const Event& event, const TrackRecords::When& when);
    void count(Sequence& sequence, std::uint32_t track, const Event& event, double value);
    void extra_counts(const Event& event, Sequence& sequence);

    trace::Log& log_;
    Omissions& omissions_;
    PerfettoClocks clocks_;
    PerfettoTracks tracks_;
    TrackRecords records_;
    AnnotationReader annotations_;
    OwnPerfetto own_;
    std::unordered_map<std::uint32_t, Sequence> sequences_;
    Sequence* last_sequence_ = nullptr;  // the one with last_number_
    std::uint32_t last_number_ = 0;
    std::unique_ptr<Unpacker> unpackers_[3];  // by Packing
    std::unique_ptr<Event> event_;            // kept so that its memory is reused
    std::uint64_t packets_ = 0;
    std::uint64_t unpacked_ = 0;  // bytes of compressed packets
};

}  // namespace loopscope::exchange
