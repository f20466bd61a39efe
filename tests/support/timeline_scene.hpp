#pragma once

#include <string_view>
#include <vector>

#include "app/timeline/timeline.hpp"
#include "core/base/utf8.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::timeline {

/// A font whose characters are all 0.6 times as wide as its size. Counts the characters that were laid out.
class FixedWidth final : public TextMetrics {
  public:
    [[nodiscard]] float width(std::string_view text, Face face, float size) const override {
        return place(text, face, size, max_width).width;
    }
    [[nodiscard]] float cap_height(Face, float size) const override { return size * 0.7F; }
    [[nodiscard]] Line place(std::string_view text, Face, float size, float width) const override {
        Line line;
        const std::string_view part = visible_part(text, width);
        line.whole = part.size() == text.size();
        for (const std::string_view each : characters(part)) {
            ++laid_out;
            const float end = static_cast<float>(line.characters.size() + 1) * size * 0.6F;
            line.whole = line.whole && end <= width;
            if (end > width) break;
            line.characters.push_back({first_character(each).code, line.width});
            line.width = end;
        }
        return line;
    }

    mutable std::size_t laid_out = 0;
};

/// Returns whether two colours are equal apart from their opacity.
inline bool same_hue(Color one, Color other) {
    return one.red == other.red && one.green == other.green && one.blue == other.blue;
}

/// The whole timeline of a session, in the rectangle that it has in a window of 1920x1080 pixels, and what is
/// drawn of it.
class TimelineScene {
  public:
    static constexpr float width = 1329;
    static constexpr float height = 696;

    explicit TimelineScene(session::Session& session, AxisKind axis = AxisKind::sequence)
        : session_(session) {
        tree.update(session.index());
        layout = Layout::create(width, height, tree.lanes().size(), 1, tree.has_groups());
        view.axis = axis;
        view.fit(this->axis().end(), layout.width(), 1);
    }

    [[nodiscard]] Scene scene() const {
        Scene scene = {
            session_.log(), session_.index(), session_.cursor(), view, Theme::dark_theme(), text_, 1};
        scene.asks = asks;
        scene.filter = filter;
        scene.found = found;
        scene.marks = session_.annotations().marks;
        return scene;
    }
    [[nodiscard]] Axis axis() const { return {view.axis, session_.log(), session_.index()}; }
    [[nodiscard]] const session::Session& session() const { return session_; }
    /// Returns how many characters were laid out so far.
    [[nodiscard]] std::size_t laid_out() const { return text_.laid_out; }

    const DrawList& draw() {
        timeline::draw(scene(), layout, tree, tiles, list);
        return list;
    }
    [[nodiscard]] Hit hit(float x, float y) { return timeline::hit(scene(), layout, tree, tiles, x, y); }

    /// Returns the x of an event, in pixels.
    [[nodiscard]] float x(EventIndex event) const { return layout.gutter + view.x(axis().at(event)); }
    /// Returns the y of the middle of a task's lane, in pixels; -1 if it has none.
    [[nodiscard]] float y(TaskId task) const {
        for (std::size_t place = 0; place < tree.lanes().size(); ++place) {
            if (tree.lanes()[place].task == task)
                return layout.lane_top(place, view.scroll) + layout.lane_height / 2;
        }
        return -1;
    }

    View view;
    bool asks = false;
    Found found;
    std::string_view filter;  // the text that is shown; the tree has its own filter
    LaneTree tree;
    Layout layout;
    Tiles tiles;
    DrawList list;

  private:
    session::Session& session_;
    FixedWidth text_;
};

}  // namespace loopscope::timeline
