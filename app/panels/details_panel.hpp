// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/panels/list_scroll.hpp"
#include "app/session/at_cursor.hpp"
#include "core/explain/slice_view.hpp"

namespace loopscope::panels {

/// The panels DETAILS and ARGUMENTS of a trace of tracks: what the slice, instant or value at the cursor is.
/// Used from the thread of the OpenGL context only.
class DetailsPanel {
  public:
    void update(const Ui& ui, const session::Session& session, timeline::Rect rect);

  private:
    struct Row {
        std::string name;
        std::string value;
    };
    struct Rows {
        std::vector<Row> facts;
        std::vector<Row> arguments;
    };
    /// Rows below each other, which the wheel scrolls where not all fit.
    class Column {
      public:
        /// Draws as many rows as fit into a panel. Returns which part of them that is, as ListScroll::note().
        std::string draw(const Ui& ui, const Panel& panel, const std::vector<Row>& rows);
        void to_top() { scroll_.to_top(); }

      private:
        static void draw(const Ui& ui, const Panel& panel, ImVec2 at, float step, const Row& row);

        ListScroll scroll_;
    };
    /// Returns all that there is to show at the cursor.
    class Writer;
    [[nodiscard]] static Rows rows_of(const session::Session& session);

    session::AtCursor<Rows> rows_;
    std::optional<EventIndex> shown_;  // the cursor for which the columns were scrolled
    Column facts_;
    Column arguments_;
};

}  // namespace loopscope::panels
