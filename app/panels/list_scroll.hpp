// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// How far a list is scrolled that has more rows than there is room for: by the wheel over it, and so that
/// what was chosen is seen.
class ListScroll {
  public:
    /// Takes the wheel, if the mouse is over `area`, for a list of `count` rows of which `fit` fit;
    /// `goes_on`: it has more rows, which nobody has counted yet.
    void update(const timeline::Rect& area, std::size_t count, std::size_t fit, bool goes_on = false);
    /// Scrolls as little as is needed to show a row. Until the wheel is turned the row stays in view.
    void show(std::size_t row) { wanted_ = row; }
    void to_top() {
        first_ = 0;
        wanted_.reset();
    }

    /// Returns the index of the first row that is shown, and of the one after the last.
    [[nodiscard]] std::size_t first() const { return first_; }
    [[nodiscard]] std::size_t end() const { return end_; }
    /// Returns how many rows are not shown.
    [[nodiscard]] std::size_t hidden() const { return count_ - (end_ - first_); }
    /// Returns which rows are shown, and how to see more: "3 to 9 of 20: the wheel shows more", or "of more
    /// than 20"; empty if all are.
    [[nodiscard]] std::string note() const;
    /// Draws a bar at the right edge of `area` that shows which part is in view; nothing if all of it is.
    void draw_bar(const Ui& ui, ImDrawList& list, const timeline::Rect& area) const;

  private:
    std::size_t first_ = 0;
    std::size_t end_ = 0;
    std::size_t count_ = 0;
    bool goes_on_ = false;
    std::optional<std::size_t> wanted_;
};

/// Returns a number of things that are not seen: "3 more lines", "1 more line".
std::string more_text(std::size_t count, std::string_view thing);

}  // namespace loopscope::panels
