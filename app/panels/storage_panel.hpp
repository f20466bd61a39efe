#pragma once

#include "app/panels/ui.hpp"
#include "app/session/at_cursor.hpp"
#include "core/explain/storage_view.hpp"

namespace loopscope::panels {

/// The selected storage as boxes: one cell for all, or what each task finds, below the task that it comes
/// from. The cell that was read or written last is lit.
class StoragePanel {
  public:
    void update(const Ui& ui, const session::Session& session, timeline::Rect rect);

  private:
    session::AtCursor<explain::StorageView> view_;
};

}  // namespace loopscope::panels
