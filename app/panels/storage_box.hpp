// SPDX-License-Identifier: MIT
#pragma once

#include "app/panels/ui.hpp"
#include "core/explain/storage_view.hpp"

namespace loopscope::panels {

/// Returns whether the handle at the cursor has read or written something in a box.
bool is_lit_now(const explain::StorageBox& box);

/// Draws boxes of the STORAGE panel.
class StorageBoxPainter {
  public:
    StorageBoxPainter(const Ui& ui, const session::Session& session, ImDrawList& list,
                      const explain::StorageView& view)
        : ui_(ui), session_(session), list_(list), view_(view) {}

    /// Draws a box, in pixels of the window: its owner, and its values one below the other; with `one_line`,
    /// beside the owner.
    void draw(const explain::StorageBox& box, ImVec2 at, ImVec2 size, bool one_line);

  private:
    void value(const explain::StorageBox& box, const explain::StoredValue& value, ImVec2 at, float width);
    void value_above(const explain::StorageBox& box, const explain::StoredValue& value, ImVec2 at,
                     float width);
    /// Draws the task's name, and its chain's symbol at the right.
    void title(const explain::StorageBox& box, ImVec2 at, float width, timeline::Color hue);
    [[nodiscard]] timeline::Color hue(const explain::StorageBox& box) const;
    /// Returns a colour as text has it on the box.
    [[nodiscard]] timeline::Color ink(timeline::Color color) const {
        return timeline::legible(color, ground_);
    }

    const Ui& ui_;
    const session::Session& session_;
    ImDrawList& list_;
    const explain::StorageView& view_;
    timeline::Color ground_;  // of the box that is being drawn
};

}  // namespace loopscope::panels
