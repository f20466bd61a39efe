// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <tuple>

#include "app/session/session.hpp"
#include "app/timeline/lane_tree.hpp"
#include "core/explain/task_order.hpp"

namespace loopscope::panels {

/// The filter and the order of the lanes.
class LaneChoice {
  public:
    /// Shows only the lanes that a text matches, as in session::is_meant; all if it is empty.
    void set_filter(const std::string& text);
    [[nodiscard]] const std::string& filter_text() const { return filter_; }
    /// Sorts the lanes by the next order of explain::TaskOrder; the first follows the last.
    void next_order();
    [[nodiscard]] explain::TaskOrder order() const { return order_; }

    /// Applies the filter and the order to a tree, for the state at the session's cursor.
    void apply(const session::Session& session, timeline::LaneTree& tree);

  private:
    void sort(const session::Session& session, timeline::LaneTree& tree);
    void filter(const session::Session& session, timeline::LaneTree& tree);

    /// What the lanes were last sorted for.
    struct Sorted {
        explain::TaskOrder order = explain::TaskOrder::creation;
        std::uint64_t serial = 0;
        std::size_t tasks = 0;
        EventIndex cursor;  // none if the order does not depend on the cursor

        friend bool operator==(const Sorted&, const Sorted&) = default;
    };

    /// The trace's serial number and length that the filter was last applied for, and the cursor, if it is a
    /// state of tasks that the filter names.
    using Filtered = std::tuple<std::uint64_t, std::uint32_t, EventIndex>;

    std::string filter_;
    Filtered filtered_at_;
    bool filter_changed_ = false;
    explain::TaskOrder order_ = explain::TaskOrder::creation;
    Sorted sorted_;
};

}  // namespace loopscope::panels
