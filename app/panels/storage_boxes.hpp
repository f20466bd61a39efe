#pragma once

#include "app/panels/storage_box.hpp"

namespace loopscope::panels {

/// Draws a storage's boxes and arrows into a panel, as large as there is room for; where there is not enough,
/// what was read or written last stays in sight, and the rest is counted.
class StorageBoxes {
  public:
    /// How a tree's boxes are drawn: with room for everything, on one line, or without words between them.
    struct Density {
        float height;  ///< of a box with one variable, in design pixels
        float gap;     ///< between two, which the arrow crosses
        float line;    ///< for each further variable
        bool words;    ///< whether the arrow says what it means
        bool one_line;
    };

    StorageBoxes(const Ui& ui, const session::Session& session, const Panel& panel,
                 const explain::StorageView& view);

    /// Boxes side by side, below each the tasks that point to it.
    void shared();
    /// A column for each chain; in it a box for each task below the one that it comes from.
    void one_each();

  private:
    using Column = std::vector<std::size_t>;  // places in view_.boxes

    void boxes_above_all();
    [[nodiscard]] Density density() const;
    [[nodiscard]] float height(const explain::StorageBox& box, const Density& density) const;
    /// Which of `count` things to begin with, so that of those that fit one is the one that is lit.
    [[nodiscard]] static std::size_t first_shown(std::size_t count, std::size_t fit, std::size_t lit);
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
    StorageBoxArtist boxes_;
    float top_;  // of what is drawn, below what stands above all chains
    float bottom_;
    std::optional<std::size_t> above_all_;
};

}  // namespace loopscope::panels
