// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

#include "app/panels/context_menu.hpp"
#include "app/session/session.hpp"
#include "app/timeline/timeline.hpp"

namespace loopscope::panels {

/// What the panel of the timeline shows of a trace: lanes of tasks, or the tracks of an imported trace. It
/// knows its lanes, which of them keys are about, and how all is drawn; the panel knows the view, the mouse
/// and the range that is selected.
class TimelineContent {
  public:
    /// A part of an axis, in ticks.
    struct Extent {
        std::int64_t from;
        std::int64_t to;
    };

    virtual ~TimelineContent() = default;

    /// Returns whether events have an order besides their times, so that there is a sequence axis.
    [[nodiscard]] virtual bool has_sequence() const = 0;
    /// Updates to the session's trace. `is_other`: it is another trace than in the last call.
    virtual void take_in(const session::Session& session, bool is_other) = 0;
    /// Returns the layout in `width` x `height` pixels; `scale` is pixels for a design pixel.
    [[nodiscard]] virtual timeline::Layout layout(float width, float height, float scale) const = 0;
    /// Adds to a scene how lanes are sorted and filtered, and which one is selected.
    virtual void describe(timeline::Scene& scene) const = 0;
    /// Changes which lanes there are to those that are needed in a view of `width` pixels.
    virtual void focus(const timeline::Scene& scene, float width) = 0;
    /// Changes a view as little as possible, so that what is to be seen is in it: the lane that a key has
    /// selected, that of what happens at the cursor, and, if it `follows`, the cursor itself.
    virtual void reveal(const timeline::Scene& scene, const timeline::Layout& layout, bool follows,
                        timeline::View& view) = 0;
    /// Draws the picture into `out`.
    virtual void draw(const timeline::Scene& scene, const timeline::Layout& layout,
                      timeline::DrawList& out) = 0;
    /// Returns whether the next picture will differ without any input.
    [[nodiscard]] virtual bool pending() const = 0;

    /// Returns what is at (x, y), in pixels of the timeline.
    [[nodiscard]] virtual timeline::Hit hit(const timeline::Scene& scene, const timeline::Layout& layout,
                                            float x, float y) = 0;
    /// Returns the part of an axis that the step, callback or slice takes which an event belongs to; nothing
    /// where that has no length.
    [[nodiscard]] virtual std::optional<Extent> extent(const session::Session& session,
                                                       const timeline::Axis& axis,
                                                       EventIndex event) const = 0;
    /// Returns whether the mouse is on what the hit's event belongs to, and not only near it.
    [[nodiscard]] virtual bool is_on(const timeline::Scene& scene, const timeline::Hit& hit) const = 0;
    /// Returns what there is for a click with the right button.
    [[nodiscard]] virtual ContextMenu::Target target(const session::Session& session,
                                                     const timeline::Hit& hit) const = 0;
    /// Returns the tooltip for what the mouse is over; empty if there is none.
    [[nodiscard]] virtual std::string hover(const session::Session& session, const timeline::Hit& hit) = 0;
    /// Folds or selects the lane that was clicked.
    virtual void click(const timeline::Hit& hit) = 0;
    /// Keeps what happens at the cursor in view, or does so no longer: the user scrolls.
    virtual void follow(bool follows) = 0;

    /// Folds or unfolds the selected lane. Returns false if there is nothing to fold.
    virtual bool fold() = 0;
    /// Folds all lanes, or unfolds all if any is folded. Returns false if there is nothing to fold.
    virtual bool fold_all() = 0;
    /// Selects the lane that is so many lanes below the selected one, or else below that of the cursor.
    virtual void select_lane(int distance, const session::Session& session) = 0;
    /// Shows only the lanes that a text matches; all if it is empty.
    virtual void set_filter(const std::string& text) = 0;
    /// Sorts the lanes by the next order, if they have several.
    virtual void next_order() = 0;
    /// Returns the task whose lane was selected last; none: no task's.
    [[nodiscard]] virtual TaskId selected() const = 0;
};

}  // namespace loopscope::panels
