#pragma once

#include <algorithm>
#include <string>

#include "app/timeline/track_place.hpp"
#include "app/timeline/track_spot.hpp"
#include "app/timeline/tracks_picture.hpp"
#include "tests/support/timeline_scene.hpp"
#include "tests/support/track_trace.hpp"

namespace loopscope::timeline {

/// The timeline of an imported trace, in the rectangle that it has in a window of 1920x1080 pixels, and what
/// is drawn of it.
class TrackScene {
  public:
    static constexpr float width = 1920;
    static constexpr float height = 740;

    explicit TrackScene(session::Session& session) : session_(session) {
        tree.update(session.index());
        view.axis = AxisKind::time;
        lay_out();
        view.fit(axis().end(), layout.width(), 1);
    }

    void lay_out() { layout = layout_of(tree, width, height, 1); }
    [[nodiscard]] Scene scene() const {
        Scene scene = {session_.log(), session_.index(), session_.cursor(), view, *theme, text_, 1};
        scene.arrows = arrows;
        scene.marks = session_.annotations().marks;
        scene.filter = filter;
        scene.found = found;
        return scene;
    }
    [[nodiscard]] Axis axis() const { return {AxisKind::time, session_.log(), session_.index()}; }
    /// Draws until all is exact.
    const DrawList& draw() {
        do timeline::draw(scene(), layout, tree, tiles, list);
        while (tiles.pending());
        return list;
    }
    [[nodiscard]] Hit hit(float x, float y) const { return timeline::hit(scene(), layout, tree, x, y); }
    [[nodiscard]] std::size_t laid_out() const { return text_.laid_out; }

    /// Returns the number-th event of a kind whose name is this, from 0; none if there is none.
    [[nodiscard]] EventIndex event(trace::Kind kind, std::string_view name, int number = 0) const {
        for (EventIndex at; at < session_.log().end_index(); ++at) {
            const trace::Event& event = session_.log()[at];
            if (event.kind() == kind && session_.log().strings()[StringId{event.a}] == name && number-- == 0)
                return at;
        }
        return {};
    }
    [[nodiscard]] EventIndex slice(std::string_view name, int number = 0) const {
        return event(trace::Kind::slice, name, number);
    }
    /// Returns where a slice stands.
    [[nodiscard]] Rect rect(EventIndex event) const {
        return rect_of(scene(), layout, tree, event).value_or(Rect{});
    }
    /// Returns the box of a slice: the quad with a border whose edges are where it begins and ends. Null if
    /// there is none.
    [[nodiscard]] const Quad* box(EventIndex event) const {
        const Rect at = rect(event);
        const auto& quads = list[DrawList::lanes].quads;
        const auto its = std::ranges::find_if(quads, [&](const Quad& quad) {
            return quad.border > 0 && std::abs(quad.rect.x - at.x) <= 1 &&
                   std::abs(quad.rect.y - at.y) <= 1 && std::abs(quad.rect.right() - at.right()) <= 2;
        });
        return its == quads.end() ? nullptr : &*its;
    }
    /// Returns the characters whose baseline is within a rectangle, from left to right; blanks are not drawn.
    [[nodiscard]] std::string text_in(const Rect& rect) const {
        std::vector<Glyph> glyphs;
        for (const Layer& layer : list.layers) {
            for (const Glyph& glyph : layer.glyphs)
                if (rect.contains(glyph.x, glyph.y)) glyphs.push_back(glyph);
        }
        std::ranges::stable_sort(glyphs, {}, &Glyph::x);
        std::string text;
        for (const Glyph& glyph : glyphs) append_utf8(text, glyph.character);
        return text;
    }
    /// Returns the label of a lane.
    [[nodiscard]] std::string label(std::size_t position) const {
        const TrackPlace place(layout, tree, view.scroll);
        const TrackLane& lane = tree.lanes()[position];
        return text_in({0, place.top(lane), layout.gutter, place.bottom(lane) - place.top(lane)});
    }
    /// Returns how many things are drawn.
    [[nodiscard]] std::size_t instances() const {
        std::size_t count = 0;
        for (const Layer& layer : list.layers)
            count += layer.bands.size() + layer.quads.size() + layer.segments.size() + layer.glyphs.size();
        return count;
    }

    View view;
    const Theme* theme = &Theme::dark_theme();
    Arrows arrows = Arrows::selected;
    Found found;
    std::string_view filter;  // the text that is shown; the tree has its own filter
    TrackTree tree;
    Layout layout;
    SliceTiles tiles;
    DrawList list;

  private:
    session::Session& session_;
    FixedWidth text_;
};

}  // namespace loopscope::timeline
