// SPDX-License-Identifier: MIT
#pragma once

#include "app/panels/storage_boxes.hpp"
#include "app/session/at_cursor.hpp"
#include "core/explain/storage_view.hpp"

namespace loopscope::panels {

/// The STORAGE panel: the selected storage as boxes. Shows the one cell for all tasks, or what each task
/// finds, below the task that its values come from. The cell that was read or written last is highlighted,
/// and in view until the wheel scrolls to what does not fit.
class StoragePanel {
  public:
    /// Draws the panel.
    void update(const Ui& ui, const session::Session& session, timeline::Rect rect);

  private:
    session::AtCursor<explain::StorageView> view_;
    StorageScroll scroll_;
};

}  // namespace loopscope::panels
