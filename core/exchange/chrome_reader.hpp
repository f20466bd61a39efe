#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/exchange/lane_event_sorter.hpp"
#include "core/exchange/lanes.hpp"
#include "core/exchange/record_scanner.hpp"
#include "core/exchange/trace_reader.hpp"

namespace loopscope::exchange {

/// A reader of Chrome traces in JSON: an array of records, or an object with an array called `traceEvents`.
/// Reads the phases X, B and E, b, e and n (and S, T, p, F before them), i and I, and the metadata
/// thread_name and process_name; records may be in any order, and the text may end anywhere.
///
/// The log has one loop, with a task for each lane: a thread or an async id. A lane runs while a slice is
/// open on it; where several lanes run at the same time, the one with the last event runs, and the others
/// wait. A slice's name is printed where it begins, and an instant's name too. The earliest time becomes 0.
/// So the log has its first event at once, and all others only when all records are known.
class ChromeReader final : public TraceReader {
  public:
    explicit ChromeReader(Incoming incoming, trace::LogProgress progress = {});

    Result<void> push(std::span<const std::byte> bytes) override;
    [[nodiscard]] bool wants_more() const override { return !full_ && scanner_.wants_more(); }
    Result<Imported> finish() override;

  private:
    [[nodiscard]] tl::unexpected<Error> stopped() const;
    /// Takes the records that are complete by now. Returns false if the progress function stopped it.
    bool take_records();
    /// Takes a record. Returns whether it has a meaning in the log.
    bool take(const ChromeRecord& record);
    bool add(const ChromeRecord& record, LaneEvent::Kind kind, std::uint32_t lane);
    /// Returns the failure that says why there is nothing to show.
    [[nodiscard]] tl::unexpected<Error> nothing() const;
    /// Writes the events of all lanes to the log, in order of time. Returns false if the progress function
    /// stopped it. REQUIRES: there is at least one event.
    bool serialize();
    [[nodiscard]] std::string missing(const LaneSerializer& serializer, std::uint64_t left_out) const;

    std::string name_;
    std::uint64_t size_;  // the number of bytes that will come; 0: not known
    trace::LogProgress progress_;
    RecordScanner scanner_;
    ChromeRecordReader records_;
    Imported imported_{std::make_shared<trace::Log>(), {}, {}, 0, 0};
    Lanes lanes_;
    LaneEventSorter sorter_;
    bool full_ = false;  // the maximum number of records is reached: the rest is not read
};

/// Reads a Chrome trace in memory, without looking at its first bytes for the format; `name` is what errors
/// call it. Fails as ChromeReader does.
Result<Imported> read_chrome(std::string_view json, const std::string& name,
                             const trace::LogProgress& progress = {});

}  // namespace loopscope::exchange
