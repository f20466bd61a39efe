#pragma once

#include <string>
#include <utility>

#include "app/session/session.hpp"
#include "app/timeline/layout.hpp"
#include "core/explain/task_order.hpp"

namespace loopscope::panels {

/// Which lanes are shown, and in what order.
class LaneChoice {
  public:
    /// Only those that a text means, as in session::is_meant; empty: all.
    void set_filter(const std::string& text);
    [[nodiscard]] const std::string& filter_text() const { return filter_; }
    /// They are sorted by the next one of what they can be sorted by.
    void next_order();
    [[nodiscard]] explain::TaskOrder order() const { return order_; }

    /// Has the tree show them so, as things are at the session's cursor.
    void apply(const session::Session& session, timeline::LaneTree& tree);

  private:
    void sort(const session::Session& session, timeline::LaneTree& tree);
    void filter(const session::Session& session, timeline::LaneTree& tree);

    /// What the lanes were sorted by, and when.
    struct Sorted {
        explain::TaskOrder order = explain::TaskOrder::creation;
        std::uint64_t serial = 0;
        std::size_t tasks = 0;
        std::uint32_t cursor = 0;  // 0 if it does not matter

        friend bool operator==(const Sorted&, const Sorted&) = default;
    };

    /// Which trace the filter looked at, and the cursor that it looked at the tasks' states from.
    using Filtered = std::pair<std::uint64_t, std::uint32_t>;

    std::string filter_;
    Filtered filtered_at_;
    bool filter_changed_ = false;
    explain::TaskOrder order_ = explain::TaskOrder::creation;
    Sorted sorted_;
};

}  // namespace loopscope::panels
