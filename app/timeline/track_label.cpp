// SPDX-License-Identifier: MIT
#include "app/timeline/track_label.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <fmt/format.h>

#include "app/timeline/lane_label.hpp"
#include "app/timeline/track_place.hpp"
#include "core/explain/slice_view.hpp"
#include "core/explain/words.hpp"

namespace loopscope::timeline {
namespace {

/// Returns a value in few letters, for digits that are cut off are not missed: "28.3 M", "27,812".
std::string short_value(double value) {
    struct Unit {
        double size;
        std::string_view letter;
    };
    constexpr std::array<Unit, 3> units = {{{1e12, "T"}, {1e9, "G"}, {1e6, "M"}}};
    constexpr double largest = 1e15;
    for (const auto& [size, letter] : units) {
        if (std::abs(value) >= size && std::abs(value) < largest)
            return fmt::format("{} {}", explain::value_text(value / size, 3), letter);
    }
    return explain::value_text(value, 4);
}

/// Draws labels. Coordinates are pixels of the timeline.
class TrackLabelPainter {
  public:
    TrackLabelPainter(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out)
        : scene_(scene),
          layout_(layout),
          place_(layout, tree, scene.view.scroll),
          out_(out),
          size_(std::min(scene.px(14), layout.lane_height * 0.68F)) {}

    void lane(const TrackLane& lane) {
        const float top = place_.top(lane);
        ground(lane, top);
        const bool is_selected = scene_.selected_track && *scene_.selected_track == lane;
        if (!lane.is_labelled) {
            if (is_selected) selection(top, place_.bottom(lane));
            return;
        }
        const float height = label_height(lane);
        // All of it stays in view, or it goes with the end of its lane.
        const float y = std::min(std::max(top, layout_.lanes.y), place_.bottom(lane) - height);
        const float middle = std::round(y + height / 2);
        if (middle < layout_.lanes.y || middle > layout_.lanes.bottom()) return;
        if (is_selected) selection(y, y + height);
        const float left = track_label_left(scene_, lane);
        if (lane.is_parent) disclosure(lane, left - scene_.px(10), middle);
        text(lane, left, middle);
    }

  private:
    [[nodiscard]] float label_height(const TrackLane& lane) const {
        const float whole = place_.bottom(lane) - place_.top(lane);
        return lane.is_header() ? whole : std::min(whole, layout_.lane_height * 1.5F);
    }

    /// Draws what separates a lane from the one above: a line, or a strip for the head of a group.
    void ground(const TrackLane& lane, float top) {
        const bool is_group = lane.depth == 0 && (lane.is_header() || lane.is_parent);
        if (is_group && lane.is_header()) across(top, place_.bottom(lane) - top, scene_.theme.panel);
        if (lane.is_labelled) across(top, 1, scene_.theme.line.faded(is_group ? 1 : 0.55F));
    }

    /// Fills all the width, behind the labels and behind what follows the axis.
    void across(float top, float height, Color color) {
        const float labels = layout_.gutter;
        const Rect left = place_.visible({0, top, labels, height});
        if (left.height <= 0) return;
        out_[DrawList::labels].quads.push_back({left, 0, 0, 0, color, {}});
        out_[DrawList::grid].quads.push_back(
            {{labels, left.y, layout_.all.width - labels, left.height}, 0, 0, 0, color, {}});
    }

    /// Draws what shows that keys are about this lane.
    void selection(float top, float bottom) {
        const float inset = scene_.px(1);
        const Rect box = place_.visible(
            {scene_.px(4), top + inset, layout_.gutter - scene_.px(14), bottom - top - 2 * inset});
        out_[DrawList::labels].quads.push_back({box, scene_.px(4), 0, 0, scene_.theme.marked, {}});
    }

    void disclosure(const TrackLane& lane, float x, float y) {
        draw_disclosure(scene_, x, y, lane.is_folded, out_[DrawList::labels]);
    }

    void text(const TrackLane& lane, float left, float middle) {
        Layer& labels = out_[DrawList::labels];
        const bool is_head = lane.depth == 0 && lane.counter == 0;
        const Face face = is_head ? Face::sans_bold : Face::sans;
        const float baseline = std::round(middle + scene_.text.cap_height(face, size_) / 2);
        const float right = layout_.gutter - scene_.px(14);
        const TrackName name = name_of(scene_.log, scene_.index, lane);
        const float small = size_ * 0.86F;
        const float room = std::max(right - left, 0.0F);
        // A name is cut before what stands behind it, but for a long number.
        const float tail = std::min(
            name.tail.empty() ? 0.0F : scene_.text.width(name.tail, Face::sans, small) + scene_.px(8),
            room * 0.45F);
        const float used = add_name_within(labels, scene_.text, name.text, left, baseline, room - tail, face,
                                           size_, scene_.theme.text);
        if (tail > 0)
            add_text_within(labels, scene_.text, name.tail, left + used + scene_.px(7), baseline,
                            room - used - scene_.px(7), Face::sans, small, scene_.theme.dim);
    }

    const Scene& scene_;
    const Layout& layout_;
    TrackPlace place_;
    DrawList& out_;
    float size_;  // of the letters, in pixels
};

}  // namespace

TrackName name_of(const trace::Log& log, const trace::Index& index, const TrackLane& lane) {
    if (lane.counter != 0) {
        const trace::CounterInfo& info = index.tracks().counters()[lane.counter - 1];
        const std::string_view name = log.strings()[info.name];
        return {name.empty() ? "counter" : name, "max " + short_value(info.largest)};
    }
    if (lane.sharing > 1) {
        const StringId name = index.tracks().track(lane.track).name;
        return {log.strings()[name], "×" + explain::count_text(lane.sharing)};
    }
    const explain::TrackName name = explain::track_name(log, index, lane.track);
    return {name.text, name.behind};
}

float track_label_left(const Scene& scene, const TrackLane& lane) {
    return scene.px(24) + static_cast<float>(std::min(lane.depth, 6U)) * scene.px(16);
}

void draw_track_labels(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out) {
    TrackLabelPainter painter(scene, layout, tree, out);
    const auto [first, last] = TrackPlace(layout, tree, scene.view.scroll).lanes_in_view();
    for (const TrackLane& lane : std::span(tree.lanes()).subspan(first, last - first)) painter.lane(lane);
}

}  // namespace loopscope::timeline
