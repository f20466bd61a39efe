// SPDX-License-Identifier: MIT
#include "app/timeline/storage_lane.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

#include "app/timeline/tiles.hpp"
#include "core/base/excerpt.hpp"
#include "core/explain/words.hpp"

namespace loopscope::timeline {
namespace {

using trace::Storage;

/// The maximum number of writes in a thin row that are drawn one by one.
constexpr std::ptrdiff_t max_bands = 50;

/// Draws the storage lane.
///
/// Each cell of the storage has a row: one for all tasks, one for each OS thread, one for each root task's
/// dict, or one for each chain. A single row is a band with its value as text; several rows are thin bands,
/// so that the cells can be seen side by side.
class StoragePainter {
  public:
    StoragePainter(const Scene& scene, const Layout& layout, const LaneWindow& window, DrawList& out)
        : scene_(scene),
          layout_(layout),
          axis_(scene.axis()),
          layer_(out[DrawList::lanes]),
          level_(Tiles::level_at(scene.view.scale) + 2) {
        if (window.first_handle > HandleIndex{}) first_event_ = axis_.first_of(window.first_handle - 1);
        last_event_ = axis_.first_of(window.last_handle);
    }

    /// Draws each stretch of the trace in which the same storage is current. The stretch with the cursor is
    /// drawn in two parts: what is written after the cursor stands back.
    void draw_all() {
        const auto& switches = scene_.index.switches();
        auto next = std::ranges::lower_bound(switches, first_event_, {}, &trace::SwitchInfo::event);
        if (next != switches.begin()) --next;
        while (next != switches.end() && next->event <= last_event_) {
            const auto after = std::next(next);
            const EventIndex until = after != switches.end() ? after->event : scene_.index.end_index() - 1;
            const float begin = x(next->event);
            const float end = x(until);
            // Bands narrower than a pixel are not drawn, nor are the switches within one pixel.
            if (end - begin >= 1) draw_around_cursor(*next, until);
            next = end < begin + 1 ? last_within_pixel(after, begin) : after;
        }
    }

  private:
    void draw_around_cursor(const trace::SwitchInfo& from, EventIndex until) {
        if (from.event >= scene_.cursor || scene_.cursor >= until) return draw(from, until);
        draw(from, scene_.cursor);
        draw({scene_.cursor + 1, from.storage, from.variable}, until);
    }

    void draw(const trace::SwitchInfo& from, EventIndex until) {
        if (until < first_event_ || from.event > last_event_) return;
        // What one variable was told alone is no band of its own.
        const std::vector<Cell> cells = cells_of(scene_.index.storage_at(from.event), until);
        const float height =
            layout_.storage.height / static_cast<float>(std::max<std::size_t>(cells.size(), 1));
        for (std::size_t index = 0; index < cells.size(); ++index) {
            const float gap = cells.size() == 1 ? 0 : std::min(scene_.px(2), height * 0.4F);
            const Rect row{0, layout_.storage.y + height * static_cast<float>(index), 0,
                           std::max(height - gap, 1.0F)};
            if (row.bottom() > layout_.storage.bottom() + 1) break;
            draw_row(cells[index], row, from, until);
        }
    }

    /// A cell of a storage, by the writes that go to it: those of one OS thread (0: all threads), or of one
    /// task's chain or family (no task: all tasks).
    struct Cell {
        std::uint32_t thread = 0;
        TaskId task;
        friend bool operator==(const Cell&, const Cell&) = default;
    };

    [[nodiscard]] float x(EventIndex event) const {
        return std::clamp(layout_.gutter + scene_.view.x(axis_.at(event)), layout_.gutter,
                          layout_.gutter + layout_.width());
    }

    using Switch = std::vector<trace::SwitchInfo>::const_iterator;
    /// Returns the last switch from `next` on that is within a pixel of `from`; `next` is.
    [[nodiscard]] Switch last_within_pixel(Switch next, float from) const {
        const auto end = scene_.index.switches().end();
        if (next == end) return next;
        const EventIndex event = axis_.first_at(scene_.view.tick(from + 1 - layout_.gutter));
        const auto after =
            std::ranges::lower_bound(std::next(next), end, event, {}, &trace::SwitchInfo::event);
        return std::prev(after);
    }

    /// Returns the cell that a task's write goes to.
    [[nodiscard]] Cell cell_of(Storage storage, TaskId writer) const {
        if (storage == Storage::global || !writer) return {};
        if (storage == Storage::thread_local_) return {scene_.index.task(writer).thread, {}};
        const trace::TaskInfo& task = scene_.index.task(writer);
        return {0, storage == Storage::context_shared ? task.root : task.chain};
    }

    /// Returns the first write of each cell.
    [[nodiscard]] const trace::IndexColumn<EventIndex>& first_writes(Storage storage) const {
        if (storage == Storage::thread_local_) return scene_.index.first_sets_of_threads();
        if (storage == Storage::context_shared) return scene_.index.first_sets_of_roots();
        return scene_.index.first_sets();
    }

    /// Returns the cells that were written before `until`, in the order of their first write; at most as many
    /// as fit.
    [[nodiscard]] std::vector<Cell> cells_of(Storage storage, EventIndex until) const {
        std::vector<Cell> cells;
        for (const EventIndex set : first_writes(storage)) {
            if (set >= until) break;
            cells.push_back(cell_of(storage, scene_.log[set].task()));
            if (cells.back() == Cell() ||
                static_cast<float>(cells.size()) * scene_.px(2) >= layout_.storage.height)
                break;
        }
        return cells;
    }

    /// Returns whether a cell belongs to the main task and all its descendants: their writes are of many
    /// chains.
    [[nodiscard]] bool is_main_s(const Cell& cell, Storage storage) const {
        return storage == Storage::context_shared && cell.task && scene_.index.task(cell.task).is_main;
    }

    /// Returns the writes that went to a cell.
    [[nodiscard]] const trace::IndexColumn<EventIndex>& writes_to(const Cell& cell, Storage storage) const {
        if (is_main_s(cell, storage)) return scene_.index.sets_of_main();
        if (cell.task) return scene_.index.sets_of_chain(cell.task);
        return cell.thread != 0 ? scene_.index.sets_of_thread(cell.thread) : scene_.index.sets();
    }

    /// Returns the first event of the first handle after the column that holds `event`. Columns are a few
    /// pixels wide, a power of two in ticks.
    EventIndex next_column(EventIndex event) {
        const std::int64_t next = (axis_.at(event) >> level_) + 1;
        const auto [entry, is_new] = columns_.try_emplace(next);
        if (is_new) entry->second = axis_.first_of(axis_.handle_from(next << level_));
        return entry->second;
    }

    /// Draws each value from its write to the next one. Of the writes within one column, only the last is
    /// drawn.
    void draw_row(const Cell& cell, const Rect& row, const trace::SwitchInfo& from, EventIndex until) {
        const auto& sets = writes_to(cell, from.storage);
        const EventIndex start = std::max(from.event, first_event_);
        auto next = std::ranges::upper_bound(sets, start);
        EventIndex written = next == sets.begin() ? EventIndex{} : *std::prev(next);
        EventIndex begin = std::max(from.event, written);
        const EventIndex end = std::min(until, last_event_);
        // The hue of a chain's own cell never changes, so a thin row with many writes is drawn as one band.
        const bool is_one = cell.task && !is_main_s(cell, from.storage) && row.height < scene_.px(18) &&
                            written && std::ranges::lower_bound(sets, end) - next > max_bands;
        while (!is_one && next != sets.end() && *next < end) {
            if (written) band(written, begin, *next, row, from.storage);
            begin = written = *next;
            const EventIndex event = next_column(*next);
            auto after = std::lower_bound(std::next(next), sets.end(), std::min(event, end));
            if (after != std::next(next)) --after;
            next = after;
        }
        if (written) band(written, begin, until, row, from.storage);
    }

    void band(EventIndex set, EventIndex from, EventIndex until, const Rect& row, Storage storage) {
        const float begin = x(from);
        const float end = x(until);
        if (end - begin < 1) return;
        const TaskId writer = scene_.log[set].task();
        const Color hue = scene_.hue(writer);
        const float gap = std::min(scene_.px(2), (end - begin) * 0.3F);
        const Rect rect{std::round(begin), std::round(row.y), std::max(std::round(end - begin - gap), 1.0F),
                        std::max(std::round(row.height), 1.0F)};
        const float radius = std::min({scene_.px(4), rect.width / 2, rect.height / 2});
        layer_.quads.push_back({rect, radius, 0, 0, scene_.at(from, hue), {}});
        // Values after the cursor stand back and have no text.
        if (rect.height < scene_.px(18) || rect.width <= scene_.px(12) || from > scene_.cursor) return;
        say(set, rect, storage);
    }

    /// Writes the value on a band, and who wrote it if there is room.
    void say(EventIndex set, const Rect& rect, Storage storage) {
        const float size = scene_.px(14);
        const float baseline =
            std::round(rect.y + rect.height / 2 + scene_.text.cap_height(Face::mono, size) / 2);
        const std::string_view value = scene_.log.strings()[StringId{scene_.log[set].a}];
        const std::string full =
            fmt::format("{} = '{}'  written by {}", name(storage), excerpt(value),
                        explain::task_label(scene_.log, scene_.index, scene_.log[set].task()));
        const float room = rect.width - scene_.px(24);
        const float middle = rect.x + rect.width / 2;
        if (scene_.text.place(full, Face::mono, size, room).whole) {
            add_text(layer_, scene_.text, full, rect.x + scene_.px(12), baseline, Face::mono, size,
                     scene_.theme.ink);
        } else if (scene_.text.place(value, Face::mono_bold, size, rect.width).whole) {
            add_text(layer_, scene_.text, value, middle, baseline, Face::mono_bold, size, scene_.theme.ink,
                     Align::center);
        } else {
            add_text_within(layer_, scene_.text, value, rect.x + scene_.px(4), baseline,
                            rect.width - scene_.px(8), Face::mono_bold, size, scene_.theme.ink);
        }
    }

    const Scene& scene_;
    const Layout& layout_;
    Axis axis_;
    Layer& layer_;
    int level_;                                             // columns are 2^level_ ticks wide
    std::unordered_map<std::int64_t, EventIndex> columns_;  // first event, by number of the column
    EventIndex first_event_;                                // first event in view
    EventIndex last_event_;                                 // last event in view
};

}  // namespace

void draw_storage_lane(const Scene& scene, const Layout& layout, const LaneWindow& window, DrawList& out) {
    StoragePainter artist(scene, layout, window, out);
    artist.draw_all();
    const float size = scene.px(15);
    if (scene.index.variables().empty() && scene.index.end_of_program()) return;
    add_text(out[DrawList::labels], scene.text, "storage", scene.px(24),
             std::round(layout.storage.y + layout.storage.height / 2 +
                        scene.text.cap_height(Face::sans, size) / 2),
             Face::sans, size, scene.theme.dim);
}

}  // namespace loopscope::timeline
