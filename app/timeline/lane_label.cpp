// SPDX-License-Identifier: MIT
#include "app/timeline/lane_label.hpp"

#include <algorithm>
#include <cmath>

#include "app/timeline/lane_window.hpp"
#include "core/explain/words.hpp"

namespace loopscope::timeline {
namespace {

/// Draws the label of one lane. Coordinates are pixels of the timeline.
class LabelPainter {
  public:
    LabelPainter(const Scene& scene, const Layout& layout, const LaneTree& tree, const Lane& lane,
                 float middle, DrawList& out)
        : scene_(scene),
          layout_(layout),
          tree_(tree),
          lane_(lane),
          hue_(color_of(scene, tree, lane)),
          ground_(scene.selected && *scene.selected == lane ? scene.theme.marked : scene.theme.background),
          middle_(middle),
          layer_(out[DrawList::labels]) {}

    void label() {
        const float indent = label_left(scene_, lane_);
        if (scene_.selected && *scene_.selected == lane_) selection();
        if (lane_.is_parent)
            draw_disclosure(scene_, indent - scene_.px(10), middle_, lane_.is_folded, layer_);
        const float height = std::min(scene_.px(26), layout_.lane_height * 0.62F);
        const bool known = !lane_.task || scene_.index.task(lane_.task).spawn <= scene_.cursor;
        const float share = known ? 1.0F : 0.4F;
        layer_.quads.push_back({{indent, std::round(middle_ - height / 2), scene_.px(3), std::round(height)},
                                scene_.px(1.5F),
                                0,
                                0,
                                hue_.faded(share),
                                {}});
        const float size = std::min(scene_.px(15), layout_.lane_height * 0.6F);
        const float left = indent + scene_.px(12);
        const float room = layout_.gutter - scene_.px(16) - left;
        const float baseline = std::round(middle_ + scene_.text.cap_height(Face::sans, size) / 2);
        write(name(), left, thread(left, room, size, baseline, share), size, share);
    }

  private:
    /// What a lane is called: its name, and what stands behind that and is cut only where it is long itself.
    struct Name {
        std::string_view text;
        std::string symbol;
        std::string tail;
    };

    [[nodiscard]] Name name() const {
        if (lane_.group) {
            const LaneGroup& group = tree_.group(lane_.group);
            return {group_name(scene_, group), {}, " ×" + explain::count_text(group.size())};
        }
        if (!lane_.task) return {"callbacks", {}, {}};
        const explain::TaskName name = explain::task_name(scene_.log, scene_.index, lane_.task);
        return {name.text, name.symbol_part(), name.number_part()};
    }

    [[nodiscard]] Color ink(Color color, float share) const { return legible(color.faded(share), ground_); }

    /// Draws what shows that keys are about this lane.
    void selection() {
        const float height = std::round(layout_.lane_height) - scene_.px(2);
        layer_.quads.push_back(
            {{scene_.px(4), std::round(middle_ - height / 2), layout_.gutter - scene_.px(14), height},
             scene_.px(4),
             0,
             0,
             scene_.theme.marked,
             {}});
    }

    /// The width and the baseline of a lane's name, in pixels.
    struct NameRoom {
        float width;
        float baseline;
    };

    void write(const Name& name, float left, const NameRoom& room, float size, float share) {
        const float right = left + room.width;
        const auto width = [&](std::string_view text, Face face) {
            return text.empty() ? 0 : scene_.text.place(text, face, size, room.width).width;
        };
        const float tail = width(name.tail, Face::sans);
        const float symbol =
            std::min(width(name.symbol, Face::sans_bold), std::max(room.width * 0.5F - tail, 0.0F));
        const float text = std::max(room.width - symbol - tail, 0.0F);
        left += add_name_within(layer_, scene_.text, name.text, left, room.baseline, text, Face::sans, size,
                                ink(scene_.theme.text, share));
        left += add_text_within(layer_, scene_.text, name.symbol, left, room.baseline,
                                std::min(symbol, right - left), Face::sans_bold, size, ink(hue_, share));
        add_text_within(layer_, scene_.text, name.tail, left, room.baseline, right - left, Face::sans, size,
                        ink(scene_.theme.dim, share));
    }

    /// Draws the name of the task's OS thread if there are several: below the task's name, or behind it if
    /// lanes are low. Returns the room that is left for the task's name.
    NameRoom thread(float left, float width, float size, float baseline, float share) {
        const std::uint32_t number = lane_.task ? scene_.index.task(lane_.task).thread : 0;
        const std::string_view thread = explain::thread_name(scene_.log, scene_.index, number);
        if (thread.empty()) return {width, baseline};
        const Color color = ink(scene_.theme.dim, share);
        const float small = std::min(scene_.px(12), size);
        if (layout_.lane_height >= scene_.px(34)) {
            const float half_line = std::round(scene_.px(8));
            add_text_within(layer_, scene_.text, thread, left, baseline + half_line, width, Face::sans, small,
                            color);
            return {width, baseline - half_line};
        }
        const TextMetrics::Line line = scene_.text.place(thread, Face::sans, small, width * 0.45F);
        const float behind = line.whole ? line.width : width * 0.45F;
        add_text_within(layer_, scene_.text, thread, left + width - behind, baseline, behind, Face::sans,
                        small, color);
        return {width - behind - scene_.px(8), baseline};
    }

    const Scene& scene_;
    const Layout& layout_;
    const LaneTree& tree_;
    const Lane& lane_;
    Color hue_;
    Color ground_;  // of the label
    float middle_;
    Layer& layer_;
};

}  // namespace

std::string_view group_name(const Scene& scene, const LaneGroup& group) {
    return group.is_library() ? "library tasks"
                              : explain::coroutine_name(scene.log, scene.index, group.coroutine());
}

void draw_disclosure(const Scene& scene, float x, float y, bool is_folded, Layer& layer) {
    if (scene.still) return;
    const float arm = scene.px(3.5F);
    const float width = std::max(scene.px(1.5F), 1.0F);
    const Color color = is_folded ? scene.theme.text : scene.theme.faint;
    if (is_folded) {
        layer.segments.push_back({x - arm / 2, y - arm, x + arm / 2, y, width, 0, color});
        layer.segments.push_back({x + arm / 2, y, x - arm / 2, y + arm, width, 0, color});
    } else {
        layer.segments.push_back({x - arm, y - arm / 2, x, y + arm / 2, width, 0, color});
        layer.segments.push_back({x, y + arm / 2, x + arm, y - arm / 2, width, 0, color});
    }
}

void draw_lane_label(const Scene& scene, const Layout& layout, const LaneTree& tree, const Lane& lane,
                     float middle, DrawList& out) {
    LabelPainter(scene, layout, tree, lane, middle, out).label();
}

}  // namespace loopscope::timeline
