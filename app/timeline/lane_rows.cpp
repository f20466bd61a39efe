// SPDX-License-Identifier: MIT
#include "app/timeline/lane_rows.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "app/timeline/lane_marks.hpp"
#include "app/timeline/output_strip.hpp"
#include "app/timeline/storage_lane.hpp"

namespace loopscope::timeline {
namespace {

/// Returns the event of the print whose tile covers `x`; a tile reaches `reach` pixels from its middle.
template <class Prints, class EventOf>
std::optional<EventIndex> print_under(const Scene& scene, const Layout& layout, const Prints& prints,
                                      EventOf event_of, float x, float reach) {
    const Axis axis = scene.axis();
    const EventIndex near = axis.event_near(scene.view.tick(x - layout.gutter));
    auto next = std::ranges::lower_bound(prints, near, {}, event_of);
    if (next != prints.begin()) --next;
    std::optional<EventIndex> best;
    float best_distance = reach;
    for (int tries = 0; tries < 3 && next != prints.end(); ++tries, ++next) {
        const float distance = std::abs(layout.gutter + scene.view.x(axis.at(event_of(*next))) - x);
        if (distance <= best_distance) best = event_of(*next), best_distance = distance;
    }
    return best;
}

/// Finds what is at x in the lane of a group: a print of one of its tasks, or else their nearest step.
void hit_group(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles, const Lane& lane,
               float x, Hit& result) {
    if (!tiles.knows(scene.index)) return;
    const LaneWindow window = LaneWindow::create(scene, layout, tree);
    const bool is_band = window.merged || tree.shown_in(lane).empty();
    if (is_band) result.merged = cell_at(scene, tiles, projection_of(scene, layout), lane, true, x);
    const FoldSum& sum = tiles.folds().of(lane);
    const auto event_of = [&](PrintIndex print) { return scene.index.prints().event(print); };
    result.event =
        print_under(scene, layout, sum.prints, event_of, x, std::max(window.tile / 2, scene.px(2)));
    if (result.event || sum.steps.empty()) return;
    const auto handle = scene.index.handle_at(scene.axis().event_near(result.tick)).value_or(HandleIndex{});
    const auto after = std::ranges::upper_bound(sum.steps, handle);
    const HandleIndex step = after == sum.steps.begin() ? *after : *std::prev(after);
    result.event = scene.index.last_event(step);
}

/// Draws a lane of tasks: what they do, or a band where that would be too much. Returns the y of the band, or
/// nothing if there is none.
std::optional<float> draw_tasks(const LaneScene& picture, const Lane& lane, float top) {
    const std::vector<TaskId> shown = picture.tree.shown_in(lane);
    const bool is_band = picture.window.merged || shown.empty();
    draw_lane(picture.scene, picture.layout, picture.tree, picture.window, lane, top,
              is_band ? std::vector<TaskId>() : shown, picture.out);
    if (!is_band) return std::nullopt;
    const float height = block_height(picture.scene, picture.layout);
    return std::round(std::round(top + picture.layout.lane_height / 2) - height / 2);
}

float band_height(const LaneScene& picture) {
    return block_height(picture.scene, picture.layout) + 1 + std::max(std::round(picture.scene.px(2)), 2.0F);
}

class TaskRows final : public LaneRows {
  public:
    [[nodiscard]] bool has(const Lane& lane) const override { return static_cast<bool>(lane.task); }
    void draw(const LaneScene& picture, const Lane& lane, float top) const override {
        const auto y = draw_tasks(picture, lane, top);
        if (!y) return;
        if (lane.is_folded)
            picture.bands.add(lane, color_of(picture.scene, picture.tree, lane), *y, band_height(picture));
        else
            picture.bands.add(lane.task, *y, band_height(picture));
    }
    void hit(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles, const Lane& lane,
             float x, Hit& result) const override {
        const LaneWindow window = LaneWindow::create(scene, layout, tree);
        const auto event_of = [&](PrintIndex print) { return scene.index.prints().event(print); };
        result.event =
            print_under(scene, layout, scene.index.task(lane.task).prints, event_of, x, window.tile / 2);
        if (window.merged && tiles.knows(scene.index))
            result.merged = cell_at(scene, tiles, projection_of(scene, layout), lane, lane.is_folded, x);
    }
};

class GroupRows final : public LaneRows {
  public:
    [[nodiscard]] bool has(const Lane& lane) const override { return static_cast<bool>(lane.group); }
    void draw(const LaneScene& picture, const Lane& lane, float top) const override {
        if (const auto y = draw_tasks(picture, lane, top))
            picture.bands.add(lane, color_of(picture.scene, picture.tree, lane), *y, band_height(picture));
    }
    void hit(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& tiles, const Lane& lane,
             float x, Hit& result) const override {
        hit_group(scene, layout, tree, tiles, lane, x, result);
    }
};

class CallbackRows final : public LaneRows {
  public:
    [[nodiscard]] bool has(const Lane& lane) const override { return lane.is_callbacks(); }
    void draw(const LaneScene& picture, const Lane& lane, float top) const override {
        draw_callback_lane(picture.scene, picture.layout, picture.tree, picture.window, lane, top,
                           picture.out);
    }
    void hit(const Scene& scene, const Layout& layout, const LaneTree& tree, Tiles& /*tiles*/,
             const Lane& /*lane*/, float x, Hit& result) const override {
        const LaneWindow window = LaneWindow::create(scene, layout, tree);
        const auto event = print_under(
            scene, layout, scene.index.prints(), [](const trace::PrintInfo& print) { return print.event; }, x,
            window.tile / 2);
        if (event && !scene.log[*event].task()) result.event = event;
    }
};

class StorageRow final : public FixedRow {
  public:
    [[nodiscard]] Rect place(const Layout& layout) const override { return layout.storage; }
    void draw(const Scene& scene, const Layout& layout, const LaneWindow& window, Tiles& /*tiles*/,
              DrawList& out) const override {
        draw_storage_lane(scene, layout, window, out);
    }
    void hit(const Scene& /*scene*/, const Layout& /*layout*/, float /*x*/, Hit& result) const override {
        result.part = Hit::Part::storage;
    }
};

class OutputRow final : public FixedRow {
  public:
    [[nodiscard]] Rect place(const Layout& layout) const override { return layout.output; }
    void draw(const Scene& scene, const Layout& layout, const LaneWindow& window, Tiles& tiles,
              DrawList& out) const override {
        draw_output_strip(scene, layout, window, tiles, out);
    }
    void hit(const Scene& scene, const Layout& layout, float x, Hit& result) const override {
        result.part = Hit::Part::output;
        result.event = print_under(
            scene, layout, scene.index.prints(), [](const trace::PrintInfo& print) { return print.event; }, x,
            scene.px(12));
    }
};

}  // namespace

std::span<const LaneRows* const> lane_rows() {
    static const TaskRows tasks;
    static const GroupRows groups;
    static const CallbackRows callbacks;
    static const std::array<const LaneRows*, 3> all = {&tasks, &groups, &callbacks};
    return all;
}

std::span<const FixedRow* const> fixed_rows() {
    static const StorageRow storage;
    static const OutputRow output;
    static const std::array<const FixedRow*, 2> all = {&storage, &output};
    return all;
}

}  // namespace loopscope::timeline
