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

/// Reads a Chrome trace in JSON: an array of records, or an object with one called `traceEvents`. Knows X, B
/// and E, b, e and n (and S, T, F before them), i and I, and the metadata thread_name and process_name;
/// records may be in any order, and the text may end anywhere.
///
/// One loop with one lane for each thread and each async id is what there is here, so that is what it
/// becomes: a task a lane. A lane runs while a slice is open on it; where several lanes run at once, the one
/// on which something happened last does, and the others wait. A slice's name is printed where it begins, and
/// so is an instant's. The earliest time becomes 0. So the log has its first event at once, and the others
/// when all records are known.
class ChromeReader final : public TraceReader {
  public:
    explicit ChromeReader(Incoming incoming, trace::LogProgress progress = {});

    Result<void> push(std::span<const std::byte> bytes) override;
    [[nodiscard]] bool wants_more() const override { return !full_ && scanner_.wants_more(); }
    Result<Imported> finish() override;

  private:
    [[nodiscard]] tl::unexpected<Error> stopped() const;
    /// Takes the records that are whole by now. Returns false if it was stopped.
    bool take_records();
    /// Returns whether it means something.
    bool take(const ChromeRecord& record);
    bool add(const ChromeRecord& record, LaneEvent::Kind kind, std::uint32_t lane);
    /// Says why there is nothing to show.
    [[nodiscard]] tl::unexpected<Error> nothing() const;
    /// Returns false if it was stopped. REQUIRES: something happens.
    bool play();
    [[nodiscard]] std::string missing(const LaneSerializer& player, std::uint64_t left_out) const;

    std::string name_;
    std::uint64_t size_;  // how many bytes will come; 0: not known
    trace::LogProgress progress_;
    RecordScanner scanner_;
    ChromeRecordReader records_;
    Imported imported_{std::make_shared<trace::Log>(), {}, {}, 0, 0};
    Lanes lanes_;
    LaneEventSorter happenings_;
    bool full_ = false;  // what comes next is not read
};

/// Reads a Chrome trace that is in memory, whatever it begins with; `name` is what errors call it.
Result<Imported> read_chrome(std::string_view json, const std::string& name,
                             const trace::LogProgress& progress = {});

}  // namespace loopscope::exchange
