#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/panels/ui.hpp"
#include "app/session/at_cursor.hpp"
#include "core/explain/slice_view.hpp"

namespace loopscope::panels {

/// The panel DETAILS of a trace of tracks: what the slice, instant or value at the cursor is, with its
/// arguments. Used from the thread of the OpenGL context only.
class DetailsPanel {
  public:
    void update(const Ui& ui, const session::Session& session, timeline::Rect rect);

  private:
    struct Row {
        std::string name;
        std::string value;
        bool is_heading = false;
    };
    /// Returns all rows that there are to show at the cursor.
    [[nodiscard]] static std::vector<Row> rows_of(const session::Session& session);
    static void draw(const Ui& ui, const Panel& panel, const Row& row, float y, float step);
    /// Returns the first row that is shown, of so many, where so many fit: turned by the wheel.
    std::size_t scrolled(const session::Session& session, std::size_t rows, std::size_t fit);

    session::AtCursor<std::vector<Row>> rows_;
    std::size_t scroll_ = 0;
    std::optional<EventIndex> scrolled_at_;  // the cursor for which it was scrolled
};

}  // namespace loopscope::panels
