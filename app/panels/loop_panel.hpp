// SPDX-License-Identifier: MIT
#pragma once

#include "app/panels/list_scroll.hpp"
#include "app/panels/loop_layout.hpp"
#include "app/panels/source.hpp"
#include "app/panels/ui.hpp"
#include "app/session/at_cursor.hpp"

namespace loopscope::panels {

/// The LOOP panel: the loop at the cursor, with the timers that come due next, the ready queue and the
/// iteration's snapshot of it, the handle that runs, and the tasks that wait. Cards move when handles move.
class LoopPanel {
  public:
    /// Draws the panel. `passed` is the time since the last frame, in seconds. `at_once`: cards jump, because
    /// the cursor moves too fast for the eye. The handle that runs is shown with its line of source in
    /// `language`.
    void update(const Ui& ui, const session::Session& session, timeline::Rect rect, Language language,
                double passed, bool at_once);
    /// Returns whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const { return motion_.moving(); }

  private:
    /// How far the lists are scrolled, each by the wheel over it.
    struct Scrolls {
        ListScroll due, ready, waits;

        [[nodiscard]] explain::LoopPlaces first() const {
            return {.due = due.first(), .ready = ready.first(), .waits = waits.first()};
        }
    };

    /// Lays out the cards, from where their lists are scrolled to. Returns whether that has changed.
    bool lay_out(const Ui& ui, const session::Session& session, const timeline::Rect& area,
                 LoopLayout& layout);

    const explain::LoopView& view(const session::Session& session);

    session::AtCursor<explain::LoopView> view_;
    session::AtCursor<FileLine> now_;  // the line of the handle that runs
    CardMotion motion_;
    Scrolls scrolls_;
    explain::LoopPlaces made_from_;  // from which on the view has cards
    EventIndex scrolled_at_;         // another cursor shows the lists from their beginning again
    timeline::Rect rect_;
};

}  // namespace loopscope::panels
