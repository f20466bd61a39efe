// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <optional>

#include "core/explain/storage_view.hpp"
#include "core/trace/index.hpp"

namespace loopscope::explain {

/// The last read and the last write of a variable up to a cursor.
class RecentAccesses {
  public:
    /// Finds the accesses. A read is searched for in the last `look_back` events.
    RecentAccesses(const trace::Log& log, const trace::Index& index, EventIndex cursor);

    /// Returns the last read; none: there was none lately.
    [[nodiscard]] EventIndex read() const { return read_; }
    /// Returns the last write; none: there was none.
    [[nodiscard]] EventIndex written() const { return written_; }
    /// Returns the later one of the two; none: there is neither.
    [[nodiscard]] EventIndex last() const { return std::max(read_, written_); }
    /// Returns how an access is lit: as one of the handle at the cursor, or as an earlier one.
    [[nodiscard]] Highlight highlight(EventIndex access) const {
        return first_of_handle_ && access >= *first_of_handle_ ? Highlight::now : Highlight::last;
    }
    /// Returns whether a task made one of the two in the handle at the cursor.
    [[nodiscard]] bool are_of(TaskId task) const;

  private:
    const trace::Log& log_;
    std::optional<EventIndex> first_of_handle_;  // of the handle at the cursor
    EventIndex read_;
    EventIndex written_;
};

}  // namespace loopscope::explain
