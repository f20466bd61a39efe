// SPDX-License-Identifier: MIT
#include "app/timeline/lane_window.hpp"

#include <algorithm>
#include <cmath>

namespace loopscope::timeline {
namespace {

/// Finds the lanes whose middle is in view.
void find_lanes(LaneWindow& window, const Scene& scene, const Layout& layout, const LaneTree& tree) {
    const float half = layout.lane_height / 2;
    const float first = std::ceil((scene.view.scroll - half) / layout.lane_height);
    const float last = std::floor((scene.view.scroll + layout.lanes.height - half) / layout.lane_height);
    window.first_lane = std::min(static_cast<std::size_t>(std::max(first, 0.0F)), tree.lanes().size());
    window.last_lane = std::min(static_cast<std::size_t>(std::max(last + 1, 0.0F)), tree.lanes().size());
    window.last_lane = std::max(window.first_lane, window.last_lane);
}

/// Returns how many of the sorted indices are in [from, until).
template <class Index>
std::size_t between(const trace::IndexColumn<Index>& sorted, Index from, Index until) {
    const auto begin = std::ranges::lower_bound(sorted, from);
    return static_cast<std::size_t>(std::ranges::lower_bound(begin, sorted.end(), until) - begin);
}

/// Returns the number of prints in view that no task made; more than max_pieces if there are too many to
/// search.
std::size_t count_callback_prints(const LaneWindow& window, const Scene& scene) {
    const std::size_t all = window.last_print - window.first_print;
    if (all > LaneWindow::max_callback_prints) return LaneWindow::max_pieces + 1;
    std::size_t count = 0;
    for (PrintIndex print = window.first_print; print < window.last_print; ++print) {
        if (!scene.log[scene.index.prints().event(print)].task()) ++count;
    }
    return count;
}

}  // namespace

LaneWindow LaneWindow::create(const Scene& scene, const Layout& layout, const LaneTree& tree) {
    LaneWindow window;
    find_lanes(window, scene, layout, tree);
    const Axis axis = scene.axis();
    const std::int64_t right = scene.view.tick(layout.width());
    window.first_handle = axis.handle_from(scene.view.tick(0));
    window.last_handle = axis.handle_from(right + 1);
    const EventIndex first = axis.event_near(scene.view.tick(0));
    const EventIndex last = axis.event_near(right);
    if (first) window.first_print = scene.index.print_after(first - 1);
    window.last_print = scene.index.print_after(last);

    std::size_t steps = 0;
    std::size_t prints = 0;
    std::size_t maximum = 1;  // prints of the lane with the most
    for (std::size_t position = window.first_lane; position < window.last_lane; ++position) {
        const Lane& lane = tree.lanes()[position];
        std::size_t own = 0;  // prints of this lane
        for (const TaskId each : tree.shown_in(lane)) {
            const trace::TaskInfo& task = scene.index.task(each);
            steps += between(task.steps, window.first_handle, window.last_handle);
            own += between(task.prints, window.first_print, window.last_print);
        }
        if (lane.is_callbacks()) own = count_callback_prints(window, scene);
        prints += own;
        maximum = std::max(maximum, own);
    }
    window.merged = steps > max_pieces || prints > max_pieces;
    const float seen = scene.view.x(axis.at(last)) - scene.view.x(axis.at(first));
    const float distance = maximum > 1 ? seen / static_cast<float>(maximum) : seen;
    window.tile = std::min({scene.px(32), layout.lane_height * 0.66F, std::max(distance * 0.62F, 1.0F)});
    return window;
}

Color color_of(const Scene& scene, const LaneTree& tree, const LaneKey& lane) {
    if (!lane.group) return scene.hue(lane.task);
    const std::uint32_t home = tree.group(lane.group).home();
    const bool is_of_one_chain = home != 0 && !scene.index.task(TaskId{home}).is_main;
    return is_of_one_chain ? scene.hue(TaskId{home}) : scene.theme.dim;
}

float label_left(const Scene& scene, const Lane& lane) {
    return scene.px(24) + static_cast<float>(std::min(lane.depth, 6U)) * scene.px(18);
}

float block_height(const Scene& scene, const Layout& layout) {
    return std::round(std::min(layout.lane_height * 0.62F, scene.px(28)));
}

}  // namespace loopscope::timeline
