// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <unordered_map>
#include <vector>

#include "core/base/job.hpp"
#include "core/trace/index.hpp"

namespace loopscope::explain {

/// The times of all slices of one name in a range of a trace of tracks, without what is outside of the range.
struct NameTimes {
    StringId name;  ///< none: of all slices that are inside of no other
    std::uint32_t slices = 0;
    Duration total{0};
    Duration own{0};  ///< the part of it that no slice inside of them takes
    Duration longest{0};
};

/// A job that adds up the times in a range of a trace of tracks, by name. What overlaps the range counts.
class SliceStatistics {
  public:
    /// Begins to add up from the event `first` to the event `last`. `limit` is the maximum number of names
    /// that are listed.
    SliceStatistics(const trace::Log& log, const trace::Index& index, EventIndex first, EventIndex last,
                    std::size_t limit);

    /// Returns whether the statistics are of the events from `first` to `last` of the trace that `index`
    /// describes, which has not been replaced since.
    [[nodiscard]] bool is_of(const trace::Index& index, EventIndex first, EventIndex last) const {
        return serial_ == index.serial() && first_ == first && last_ == last;
    }
    /// Adds up for about `time`. Returns `ended` once everything is added up, or if the trace has been
    /// replaced since the beginning; never `waiting` or `failed`.
    Status poll(const trace::Log& log, const trace::Index& index, std::chrono::nanoseconds time);
    /// Ends the work with what is added up so far.
    void cancel() { cancelled_ = true; }
    /// Returns the fraction of the lanes that are done, from 0 to 1.
    [[nodiscard]] double progress() const {
        return lanes_ == 0 ? 1 : static_cast<double>(place_.lane) / static_cast<double>(lanes_);
    }
    /// Returns what is added up so far: all slices together, then the names with the largest totals, in
    /// descending order.
    [[nodiscard]] const std::vector<NameTimes>& rows() const { return rows_; }

  private:
    /// Where the work goes on: a slice of a row, and the one of the row above that it is inside of, if any.
    struct Place {
        std::size_t lane = 0;
        std::size_t depth = 0;
        std::size_t slice = 0;
        std::size_t outer = 0;
        bool in_row = false;  ///< whether the row was begun
    };
    void add_some(const trace::Log& log, const trace::Index& index);
    void begin_row(const std::vector<trace::SliceRow>& rows);
    void add(const trace::Log& log, const trace::Index& index, const std::vector<trace::SliceRow>& rows);
    [[nodiscard]] Duration within(const trace::Log& log, const trace::Index& index,
                                  const trace::SliceRow& row, std::size_t slice) const;
    void list();

    std::uint64_t serial_;  // of the trace's index at the beginning
    EventIndex first_;
    EventIndex last_;
    Time from_;
    Time to_;
    std::size_t limit_;
    std::size_t lanes_;  // number of lanes at the beginning
    Place place_;
    NameTimes all_;
    std::unordered_map<std::uint32_t, NameTimes> names_;
    std::vector<NameTimes> rows_;
    bool cancelled_ = false;
};

static_assert(Job<SliceStatistics, const trace::Log&, const trace::Index&>);

}  // namespace loopscope::explain
