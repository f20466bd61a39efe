// SPDX-License-Identifier: MIT
#include "app/timeline/overlay.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "core/explain/words.hpp"
#include "core/trace/transitions.hpp"

namespace loopscope::timeline {
namespace {

bool in_view(const Layout& layout, float x) {
    return x >= layout.gutter - 1 && x <= layout.gutter + layout.width() + 1;
}

/// Returns a distance between grid lines that is 1, 2 or 5 times a power of ten and at least `least`.
double round_step(double minimum) {
    const double power = std::pow(10.0, std::floor(std::log10(std::max(minimum, 1.0))));
    for (const double factor : {1.0, 2.0, 5.0, 10.0}) {
        if (power * factor >= minimum) return power * factor;
    }
    return power * 10;
}

/// Returns a time as text, in the unit that suits the distance `step` between grid lines, in nanoseconds.
std::string grid_label(std::int64_t tick, double step) {
    if (step >= 1e9) return fmt::format("{} s", tick / 1'000'000'000);
    if (step >= 1e6) return fmt::format("{:.3f} s", static_cast<double>(tick) * 1e-9);
    return fmt::format("{:.{}f} µs", static_cast<double>(tick) * 1e-3, step >= 1e3 ? 0 : 3);
}

/// Draws an upright line, one pixel wide, on whole pixels. It is a quad, which costs a third of a segment.
void grid_line(const Scene& scene, const Layout& layout, float x, Color color, DrawList& out) {
    const float top = layout.storage.bottom() + scene.px(6);
    out[DrawList::grid].quads.push_back(
        {{std::round(x), top, 1, layout.lanes.bottom() - top}, 0, 0, 0, color, {}});
}

void draw_times(const Scene& scene, const Layout& layout, DrawList& out) {
    const double step = round_step(scene.px(110) / scene.view.scale);
    const auto first = static_cast<std::int64_t>(
        std::ceil(static_cast<double>(std::max<std::int64_t>(scene.view.origin, 0)) / step));
    // In a narrow window steps may be wider than all times that there are.
    constexpr auto last = static_cast<double>(trace::max_time.count());
    for (std::int64_t line = first; static_cast<double>(line) * step <= last; ++line) {
        const auto tick = static_cast<std::int64_t>(static_cast<double>(line) * step);
        const float x = layout.gutter + scene.view.x(tick);
        if (x > layout.gutter + layout.width()) break;
        grid_line(scene, layout, x, scene.theme.faint.faded(0.28F), out);
        const std::string label = grid_label(tick, step);
        const float half = scene.text.width(label, Face::mono, scene.px(12)) / 2;
        if (x - half < layout.gutter || x + half > layout.all.width) continue;
        add_text(out[DrawList::grid], scene.text, label, x, layout.flags.y + scene.px(15), Face::mono,
                 scene.px(12), scene.theme.dim, Align::center);
    }
}

/// Draws a line at each iteration. If they are too close, draws every second, fourth, … by number, so that
/// lines do not change places while the view moves.
void draw_iterations(const Scene& scene, const Layout& layout, const LaneWindow& window, DrawList& out) {
    const Axis axis = scene.axis();
    const auto& iterations = scene.index.iterations();
    const auto iteration_from = [&](HandleIndex handle) {
        return std::ranges::lower_bound(iterations, axis.first_of(handle)).index();
    };
    const HandleIndex from = window.first_handle;
    const IterationIndex first = iteration_from(from == HandleIndex{} ? from : from - 1);
    const IterationIndex last =
        std::min(iteration_from(window.last_handle) + 1, IterationIndex::of(iterations.size()));
    if (first >= last) return;
    const double distance = static_cast<double>(layout.width()) / static_cast<double>(last - first);
    const auto crowd = static_cast<std::size_t>(std::ceil(static_cast<double>(scene.px(24)) / distance));
    const std::size_t stride = std::bit_ceil(std::max<std::size_t>(crowd, 1));
    for (std::size_t number = (first.value + stride - 1) / stride * stride; number < last.value;
         number += stride) {
        const float x = layout.gutter + scene.view.x(axis.at(iterations[IterationIndex::of(number)]));
        if (!in_view(layout, x)) continue;
        grid_line(scene, layout, x, scene.theme.faint.faded(0.2F), out);
    }
}

/// What a filter leaves, of how many of what.
struct Left {
    std::size_t count;
    std::size_t all;
    std::string_view things;
};

/// Draws a note that lanes are filtered: by which text, how much is left, and how to show all again. Draws as
/// much of it as fits between `x` and `right`, in pixels; the filter's text, which may be longest, is cut
/// first.
void filter_sign(const Scene& scene, const Left& left, float x, float right, DrawList& out) {
    Layer& layer = out[DrawList::labels];
    const float size = scene.px(13);
    const float baseline = std::round(scene.px(24));
    const float pad = scene.px(9);
    const auto width = [&](std::string_view text) { return scene.text.width(text, Face::sans, size); };
    const std::string count = fmt::format(": {} of {} {}", left.count, left.all, left.things);
    constexpr std::string_view end = "Esc: all";
    const float room = std::max(right - x - width("filter ") - width(count) - 3 * pad, 0.0F);
    const bool told = room > width(end) + scene.px(60);
    const float name =
        std::min(width(scene.filter), std::min(told ? room - width(end) : room, scene.px(260)));
    const float box = width("filter ") + name + width(count) + 2 * pad;
    // If the filter leaves nothing, the note has to stand out: it explains an empty picture.
    const bool none = left.count == 0;
    layer.quads.push_back({{x, baseline - scene.px(16), box, scene.px(23)},
                           scene.px(5),
                           0,
                           0,
                           none ? scene.theme.leak : scene.theme.marked,
                           {}});
    float at = x + pad;
    at += add_text(layer, scene.text, "filter ", at, baseline, Face::sans, size, scene.theme.text);
    add_text_within(layer, scene.text, scene.filter, at, baseline, name, Face::sans, size, scene.theme.text);
    at += name;
    add_text_within(layer, scene.text, count, at, baseline, right - at, Face::sans, size, scene.theme.text);
    if (told) add_text(layer, scene.text, end, x + box + pad, baseline, Face::sans, size, scene.theme.dim);
}

/// Returns how many tasks have no lane of their own, and which keys give them one; empty if all have.
std::string put_away(const Scene& scene, const LaneTree& tree) {
    const std::size_t count = tree.tasks_put_away();
    if (count == 0) return {};
    return fmt::format("{} of {} tasks folded away or out of view{}", explain::count_text(count),
                       explain::count_text(tree.tasks()), scene.still ? "" : ":  E, Shift E");
}

}  // namespace

void draw_playhead(const Scene& scene, const Layout& layout, const std::vector<Flag>& flags, DrawList& out) {
    const float x = std::round(layout.gutter + scene.view.x(scene.axis().at(scene.cursor)));
    if (!in_view(layout, x)) return;
    Layer& layer = out[DrawList::cursor];
    const float half = scene.px(7);
    const float line = std::max(std::round(scene.px(2)), 1.0F);
    // The handle stands above the flags, and the line goes on below one that it would cross.
    const float top = layout.flags.y - std::round(half);
    const bool is_covered = std::ranges::any_of(
        flags, [&](const Flag& flag) { return x > flag.left + line && x < flag.left + flag.width - line; });
    const float below = is_covered ? layout.flags.bottom() : top;
    layer.segments.push_back(
        {x, below, x, layout.output.bottom() + scene.px(2), line, 0, scene.theme.accent});
    if (scene.still) return;
    // The playhead's handle at the top is a triangle of lines that narrow.
    for (float row = 0; row < half; row += 1) {
        const float wide = half - row;
        layer.quads.push_back({{x - wide, top + row, 2 * wide, 1}, 0, 0, 0, scene.theme.accent, {}});
    }
}

void draw_hidden_output(const Scene& scene, const Layout& layout, DrawList& out) {
    if (!scene.asks) return;
    const float head = scene.view.x(scene.axis().end()) + scene.px(14);
    const float x = std::round(layout.gutter + std::max(head, 0.0F));
    const Rect veil = {x, layout.storage.y, layout.all.width - x, layout.output.bottom() - layout.storage.y};
    if (veil.width <= 0) return;
    out[DrawList::grid].quads.push_back({veil, 0, 0, 0, scene.theme.card.faded(0.6F), {}});
    const float size = std::min({veil.height * 0.4F, veil.width * 0.7F, scene.px(130)});
    add_text(out[DrawList::grid], scene.text, "?", veil.x + std::min(veil.width, scene.px(300)) / 2,
             std::round(veil.y + veil.height / 2 + scene.text.cap_height(Face::sans_bold, size) / 2),
             Face::sans_bold, size, scene.theme.hint, Align::center);
}

namespace {

/// Draws a part of the line above everything. Returns its width, in pixels.
float head_word(const Scene& scene, const Layout& layout, std::string_view word, float x, Face face,
                Color color, DrawList& out) {
    return add_text_within(out[DrawList::labels], scene.text, word, x, std::round(scene.px(24)),
                           layout.all.width - scene.px(8) - x, face, scene.px(AxisWords::size), color);
}

void draw_title(const Scene& scene, const Layout& layout, DrawList& out) {
    head_word(scene, layout, AxisWords::title_word, Layout::axis_words(scene).title, Face::sans_bold,
              scene.theme.dim, out);
}

}  // namespace

void draw_head(const Scene& scene, const Layout& layout, const LaneTree& tree, DrawList& out) {
    const AxisWords words = Layout::axis_words(scene);
    const auto add = [&](std::string_view word, float x, Color color) {
        return head_word(scene, layout, word, x, Face::sans, color, out);
    };
    draw_title(scene, layout, out);
    const bool sequence = scene.view.axis == AxisKind::sequence;
    const Color on = scene.theme.text;
    const Color off = scene.theme.hint;
    if (scene.still) {
        add(sequence ? AxisWords::sequence_word : AxisWords::time_word, words.sequence, off);
    } else {
        add(AxisWords::sequence_word, words.sequence, sequence ? on : off);
        add(AxisWords::time_word, words.time, sequence ? off : on);
    }
    const float sorted = add(scene.sorted, words.after, off);
    const float after = words.after + sorted + scene.px(scene.sorted.empty() ? 0 : 28);
    if (scene.filter.empty()) return static_cast<void>(add(put_away(scene, tree), after, off));
    filter_sign(scene, {tree.tasks_left(), tree.tasks(), "tasks"}, after, layout.all.width, out);
}

void draw_head(const Scene& scene, const Layout& layout, const TrackTree& tree, DrawList& out) {
    draw_title(scene, layout, out);
    if (scene.filter.empty()) return;
    filter_sign(scene, {tree.tracks_left(), tree.tracks(), "tracks"}, Layout::axis_words(scene).sequence,
                layout.all.width, out);
}

void draw_grid(const Scene& scene, const Layout& layout, const LaneWindow& window, DrawList& out) {
    if (scene.view.axis == AxisKind::sequence)
        draw_iterations(scene, layout, window, out);
    else
        draw_times(scene, layout, out);
}

}  // namespace loopscope::timeline
