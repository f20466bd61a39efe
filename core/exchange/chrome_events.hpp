// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/pausing.hpp"
#include "core/exchange/argument_lists.hpp"
#include "core/exchange/chrome_record.hpp"
#include "core/exchange/counters.hpp"
#include "core/exchange/flows.hpp"
#include "core/exchange/lane_event_sorter.hpp"
#include "core/exchange/lanes.hpp"
#include "core/exchange/omissions.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// What the records of a Chrome trace say ("Trace Event Format"), until all of them are known and can be
/// written as tracks of slices, instants, flows and counters.
class ChromeEvents {
  public:
    ChromeEvents(trace::Log& log, ChromeRecordReader& records, Omissions& omissions)
        : log_(log),
          records_(records),
          omissions_(omissions),
          lanes_(log),
          counters_(log),
          flows_(omissions) {}

    /// Takes a record that begins at byte `origin`; records may be in any order. What has no meaning is
    /// counted as an omission.
    void take(const ChromeRecord& record, std::uint64_t origin);
    /// Writes all to the log, in order of time; the earliest one is at 0. Calls `progress` now and then with
    /// how much is done, from 0 to 1. Returns false if it stopped that. Pauses now and then. REQUIRES: called
    /// once, not empty.
    Pausing<bool> write(std::function<bool(double)> progress);

    /// Returns whether no record has said anything that can be shown, as far as is known.
    [[nodiscard]] bool empty() const { return sorter_.size() == 0 || (written_ && !has_tracks_); }
    /// Returns whether nothing more can be taken: the log would be longer than logs may be.
    [[nodiscard]] bool full() const;
    /// Returns how many events were left out because the log was full.
    [[nodiscard]] std::uint64_t left_out() const { return left_out_; }

  private:
    using Kind = LaneEvent::Kind;
    Pausing<> pair_slices();
    void add(const ChromeRecord& record, Kind kind, std::uint32_t lane, std::uint64_t origin);
    void thread(const ChromeRecord& record, Kind kind, std::uint64_t origin);
    void complete(const ChromeRecord& record, std::uint64_t origin);
    void operation(const ChromeRecord& record, Kind kind, std::uint64_t origin);
    void step(const ChromeRecord& record, std::uint64_t origin);
    void flow(const ChromeRecord& record, Kind kind, std::uint64_t origin);
    bool binds(const ChromeRecord& record, std::uint64_t origin, bool is_end = false);
    void count(const ChromeRecord& record, std::uint64_t origin);
    void metadata(const ChromeRecord& record, std::uint64_t origin);
    void another(const ChromeRecord& record, std::uint64_t origin);
    [[nodiscard]] bool has_lane(std::uint32_t lane, std::uint64_t origin);
    std::optional<std::int64_t> time_of(const ChromeRecord& record, std::uint64_t origin);
    std::optional<std::int64_t> end_of(const ChromeRecord& record, std::int64_t begin, std::uint64_t origin);
    std::uint32_t arguments_of(const ChromeRecord& record);
    std::uint32_t category_of(const ChromeRecord& record);

    trace::Log& log_;
    ChromeRecordReader& records_;
    Omissions& omissions_;
    Lanes lanes_;
    Counters counters_;
    Flows flows_;
    ArgumentLists arguments_;
    LaneEventSorter sorter_;
    std::vector<Argument> list_;  // a member so that its memory is reused
    // Records are much like the ones before them: the category of the last one, and the names of its
    // arguments.
    StringId last_category_;
    std::vector<StringId> last_names_;
    std::optional<std::int64_t> origin_;  // of time: the first record's, in microseconds
    std::uint64_t events_ = 0;            // of the log, at most
    std::uint64_t left_out_ = 0;
    bool has_pairs_ = false;
    bool written_ = false;
    bool has_tracks_ = false;
};

}  // namespace loopscope::exchange
