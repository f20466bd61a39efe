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
    /// Lays out the cards, from where the tasks that wait are scrolled to. Returns whether that has changed.
    bool lay_out(const Ui& ui, const session::Session& session, const timeline::Rect& area,
                 LoopLayout& layout);

    const explain::LoopView& view(const session::Session& session);

    session::AtCursor<explain::LoopView> view_;
    session::AtCursor<FileLine> now_;  // the line of the handle that runs
    CardMotion motion_;
    ListScroll scroll_;           // of the tasks that wait
    std::size_t first_wait_ = 0;  // from which on the view has them
    EventIndex scrolled_at_;      // another cursor shows them from the top again
    timeline::Rect rect_;
};

}  // namespace loopscope::panels
