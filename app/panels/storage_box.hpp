#pragma once

#include "app/panels/ui.hpp"
#include "core/explain/storage_view.hpp"

namespace loopscope::panels {

/// Whether something in a box was read or written in the handle at the cursor.
bool is_lit_now(const explain::StorageBox& box);

/// Draws the boxes of a storage, each where it is told.
class StorageBoxArtist {
  public:
    StorageBoxArtist(const Ui& ui, const session::Session& session, ImDrawList& list,
                     const explain::StorageView& view)
        : ui_(ui), session_(session), list_(list), view_(view) {}

    /// A box with its owner and its values, below each other or, in a flat box, beside the owner.
    void draw(const explain::StorageBox& box, ImVec2 at, ImVec2 size, bool one_line);

  private:
    void value(const explain::StorageBox& box, const explain::StoredValue& value, ImVec2 at, float width);
    void value_above(const explain::StorageBox& box, const explain::StoredValue& value, ImVec2 at,
                     float width);
    /// The task's name, and its chain's symbol at the right.
    void title(const explain::StorageBox& box, ImVec2 at, float width, timeline::Color hue);
    [[nodiscard]] timeline::Color hue(const explain::StorageBox& box) const;

    const Ui& ui_;
    const session::Session& session_;
    ImDrawList& list_;
    const explain::StorageView& view_;
};

}  // namespace loopscope::panels
