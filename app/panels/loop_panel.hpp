#pragma once

#include "app/panels/loop_layout.hpp"
#include "app/panels/source.hpp"
#include "app/panels/ui.hpp"
#include "app/session/at_cursor.hpp"

namespace loopscope::panels {

/// One iteration of the loop as it is at the cursor: the timers that come due next, the ready queue with the
/// iteration's snapshot, what runs, and what waits for a timer or for others. Cards move when things move.
class LoopPanel {
  public:
    /// `passed`: seconds since the last frame. `at_once`: the cursor moves too fast for the eye, so cards do
    /// not fly. What runs is shown as its line of source, in `language`.
    void update(const Ui& ui, const session::Session& session, timeline::Rect rect, Language language,
                double passed, bool at_once);
    /// Whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const { return motion_.moving(); }

  private:
    session::AtCursor<explain::LoopView> view_;
    CardMotion motion_;
    timeline::Rect rect_;
};

}  // namespace loopscope::panels
