// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "app/panels/ui.hpp"
#include "app/session/session.hpp"
#include "app/timeline/axis.hpp"
#include "app/timeline/layout.hpp"
#include "app/timeline/view.hpp"
#include "core/explain/slice_statistics.hpp"
#include "core/explain/statistics.hpp"

namespace loopscope::panels {

/// A stretch of the trace that the user selects with Shift and the mouse, and what happened in it: by task,
/// or in a trace of tracks by the names of slices. It is counted a slice a frame, and shown on both axes.
class RangeSelection {
  public:
    /// What is selected: from one event to another one.
    struct Stretch {
        EventIndex first;
        EventIndex last;
    };

    void clear() { cleared_ = std::exchange(range_, std::nullopt); }
    /// Forgets all events, because they are of another trace.
    void forget() {
        cleared_.reset();
        range_.reset();
    }
    /// Selects what is between two points of the timeline, in pixels from its left; both ends snap to the
    /// nearest events. Selects nothing where these are one.
    void select(const session::Session& session, const timeline::View& view, const timeline::Layout& layout,
                float from, float to);
    /// Selects again what was selected before the last clear().
    void restore() { range_ = std::move(cleared_); }
    /// Draws the stretch and a card with what happened in it, and counts on. `rect` is where the timeline
    /// stands, in pixels of the window.
    void draw(const Ui& ui, const session::Session& session, const timeline::View& view,
              const timeline::Layout& layout, const timeline::Rect& rect);

    /// Returns what is selected; none: nothing is.
    [[nodiscard]] std::optional<Stretch> stretch() const;
    /// Returns what was selected before the last clear(); none: nothing was.
    [[nodiscard]] std::optional<Stretch> cleared() const;
    /// Returns whether something is selected that is not counted to its end.
    [[nodiscard]] bool counting() const { return range_ && !range_->counted; }

  private:
    struct Range {
        Stretch stretch;
        std::variant<explain::RangeStatistics, explain::SliceStatistics> statistics;
        bool counted = false;  // whether that is done
    };
    /// A line of the card, in the colour of a task, or in that of texts.
    struct Line {
        std::string text;
        TaskId task;
    };
    [[nodiscard]] std::vector<Line> lines(const session::Session& session) const;
    void draw_card_of(const Ui& ui, const session::Session& session, const timeline::Rect& rect, float left,
                      float bottom) const;

    std::optional<Range> range_;
    std::optional<Range> cleared_;
};

}  // namespace loopscope::panels
