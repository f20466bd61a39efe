// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/panels/storage_box.hpp"

namespace loopscope::panels {

/// How far the STORAGE panel is scrolled from what it shows by itself: the boxes that were used last. Another
/// cursor shows those again.
struct StorageScroll {
    std::ptrdiff_t rows = 0;     ///< of each column, or of the tasks that use a box
    std::ptrdiff_t columns = 0;  ///< of boxes
    EventIndex cursor;

    /// Takes the wheel over the panel: it scrolls rows, and columns with Shift, sideways, or where no row is
    /// out of sight.
    void take_wheel(const session::Session& session);
    /// Returns the index of the first of `count` things to show, of which `fit` fit and which begin with
    /// `first` where nothing is scrolled. Notes how far can be scrolled.
    std::size_t row(std::size_t first, std::size_t count, std::size_t fit);
    std::size_t column(std::size_t first, std::size_t count, std::size_t fit);
    /// Scrolls no further than to the first and the last row and column that were asked for.
    void stop();

  private:
    /// How far up or down can be scrolled.
    struct Room {
        std::ptrdiff_t back = 0;
        std::ptrdiff_t forward = 0;
    };
    static std::size_t shift(std::ptrdiff_t by, std::size_t first, std::size_t count, std::size_t fit,
                             Room& room);

    Room row_room_;
    Room column_room_;
    bool has_rows_ = false;  // whether rows were out of sight in the last frame
};

/// Draws the boxes and arrows of a storage into a panel, as large as they fit. If some do not fit, the box
/// that was read or written last stays in view, and the others are counted.
class StorageBoxes {
  public:
    /// A density at which a tree's boxes are drawn.
    struct Density {
        float height;   ///< height of a box with one variable, in design pixels
        float gap;      ///< gap between two boxes, which the arrow crosses
        float line;     ///< additional height for each further variable
        bool words;     ///< whether arrows have labels
        bool one_line;  ///< whether a box has its values beside its owner
    };

    /// Draws the boxes of a view into a panel. REQUIRES: all arguments outlive the object.
    StorageBoxes(const Ui& ui, const session::Session& session, const Panel& panel,
                 const explain::StorageView& view, StorageScroll& scroll);

    /// Draws the boxes side by side, and below each the tasks that use it.
    void shared();
    /// Draws a column of boxes for each chain; each task is below the one that its values come from.
    void one_each();

  private:
    using Column = std::vector<std::size_t>;  // indices into view_.boxes
    /// The name of a task, in a row.
    struct Chip {
        TaskId task;
        std::string label;
        float x = 0;  // from the left of its row
        float width = 0;
        std::size_t row = 0;
    };
    /// Puts the names of the tasks that use a box into at most `max_rows` rows of at most `width` pixels.
    [[nodiscard]] std::vector<Chip> chips(const explain::StorageBox& box, float width,
                                          std::size_t max_rows) const;

    void boxes_above_all();
    [[nodiscard]] Density density() const;
    [[nodiscard]] float height(const explain::StorageBox& box, const Density& density) const;
    /// Returns the index of the first of `count` things to show, so that the highlighted one is among the
    /// `fit` things that fit.
    [[nodiscard]] static std::size_t first_shown(std::size_t count, std::size_t fit, std::size_t highlight);
    void column(const Column& boxes, ImVec2 at, float width, const Density& density);
    void arrow(ImVec2 from, ImVec2 to, bool words, timeline::Color hue);
    void chip(ImVec2 at, ImVec2 size, TaskId task, std::string_view label);
    void users(const explain::StorageBox& box, ImVec2 from, ImVec2 at, float width);
    void stem(ImVec2 to, float from_y);
    void left_out(std::size_t count, std::string_view what);

    const Ui& ui_;
    const session::Session& session_;
    const Panel& panel_;
    const explain::StorageView& view_;
    StorageScroll& scroll_;
    StorageBoxPainter boxes_;
    float top_;  // top of the columns, below the boxes above all chains
    float bottom_;
    std::optional<std::size_t> above_all_;
};

}  // namespace loopscope::panels
