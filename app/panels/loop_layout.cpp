// SPDX-License-Identifier: MIT
#include "app/panels/loop_layout.hpp"

#include <algorithm>
#include <cmath>

namespace loopscope::panels {
namespace {

using explain::LoopCard;
using timeline::Rect;

constexpr float gap = 7;
/// The heights of the boxes, in design pixels; what waits takes all that is left.
constexpr float due_height = 42;
constexpr float ready_height = 52;
constexpr float runs_height = LoopLayout::least;
constexpr float least_waits_height = 40;

/// Fills a layout from top to bottom.
class Arranger {
  public:
    Arranger(const explain::LoopView& view, Rect area, float scale,
             const std::function<float(const LoopCard&)>& width_of, const explain::LoopPlaces& first,
             LoopLayout& out)
        : view_(view),
          area_(area),
          scale_(scale),
          width_of_(width_of),
          first_(first),
          out_(out),
          y_(area.y) {}

    void all() {
        const float three = ready_height + runs_height + least_waits_height + 2 * gap;
        if (fits(three + due_height + gap)) due();
        if (fits(ready_height + runs_height + gap)) ready();
        if (fits(runs_height)) runs();
        if (out_.due.rect.height > 0 || fits_below(least_waits_height)) waits();
    }

  private:
    /// Returns whether so many design pixels fit into the whole area, or below what is there.
    [[nodiscard]] bool fits(float design) const { return px(design) <= area_.height + 1; }
    [[nodiscard]] bool fits_below(float design) const { return px(design) <= area_.bottom() - y_ + 1; }

    void due() {
        out_.due = box(due_height);
        line(out_.due, {Section::due, view_.due, view_.first.due, view_.all_due}, first_.due, 30,
             px(LoopLayout::moment));
    }

    void ready() {
        out_.ready = box(ready_height);
        line(out_.ready, {Section::ready, view_.ready, view_.first.ready, view_.all_ready}, first_.ready, 38,
             0);
    }

    void runs() {
        out_.runs = box(runs_height);
        if (!view_.runs) return;
        const float height = px(38);
        const Rect rect{left(), middle(out_.runs, height), width_of_(*view_.runs), height};
        out_.cards.push_back({*view_.runs, Section::runs, rect});
        out_.runs.end = rect.right() + px(18);
    }

    void waits() {
        out_.waits = box((area_.bottom() - y_) / scale_);
        const float row = px(LoopLayout::row);
        const float top = out_.waits.rect.y + px(7);
        const auto rows = static_cast<std::size_t>(std::max((out_.waits.rect.height - px(12)) / row, 1.0F));
        // If not all tasks fit, the last row is for a note that counts the others.
        const std::size_t first = first_.waits - std::min(first_.waits, view_.first.waits);
        const std::size_t known = view_.waits.size() - std::min(first, view_.waits.size());
        const std::size_t shown = view_.all_waits <= rows ? known : std::min(rows - 1, known);
        for (std::size_t index = 0; index < shown; ++index) {
            const LoopCard& card = view_.waits[first + index];
            const Rect rect{left(), top + static_cast<float>(index) * row, width_of_(card), row};
            out_.cards.push_back({card, Section::waits, rect});
        }
        out_.waits.shown = view_.all_waits <= rows ? shown : rows - 1;
        out_.waits.left_out = view_.all_waits - shown;
        out_.waits.bottom = top + static_cast<float>(shown) * row;
    }

    [[nodiscard]] float px(float design) const { return design * scale_; }
    [[nodiscard]] float left() const { return area_.x + px(LoopLayout::label); }
    [[nodiscard]] static float middle(const LoopLayout::Box& box, float height) {
        return std::round(box.rect.y + (box.rect.height - height) / 2);
    }

    LoopLayout::Box box(float height) {
        LoopLayout::Box box;
        box.rect = {area_.x, y_, area_.width, std::round(px(height))};
        box.end = left();
        y_ = box.rect.bottom() + std::round(px(gap));
        return box;
    }

    /// The cards of a list that stand side by side: those that were made, how many come before them, and how
    /// many there are.
    struct Row {
        Section section;
        const std::vector<LoopCard>& cards;
        std::size_t made_from;
        std::size_t all;
    };

    /// Places as many cards side by side as fit, from the one with the index `first` on.
    void line(LoopLayout::Box& box, const Row& row, std::size_t first, float height, float offset) {
        box.before = std::clamp(first, row.made_from, row.made_from + row.cards.size());
        float x = left() + offset + (box.before > 0 ? px(LoopLayout::more) : 0);
        const float right = box.rect.right() - px(LoopLayout::margin);
        std::size_t index = box.before;
        for (; index < row.made_from + row.cards.size(); ++index) {
            const LoopCard& card = row.cards[index - row.made_from];
            const bool boundary =
                row.section == Section::ready && index == view_.snapshot && index > box.before;
            const float begin = x + (boundary ? px(11) : 0);
            const float width = width_of_(card);
            const bool last = index + 1 == row.all;
            if (begin + width > right - (last ? 0 : px(LoopLayout::more))) break;
            if (boundary) out_.next_iteration = x;
            out_.cards.push_back({card, row.section, {begin, middle(box, px(height)), width, px(height)}});
            x = begin + width + px(gap);
        }
        box.shown = index - box.before;
        box.left_out = row.all - index;
        box.end = x;
    }

    const explain::LoopView& view_;
    Rect area_;
    float scale_;
    const std::function<float(const LoopCard&)>& width_of_;
    const explain::LoopPlaces& first_;
    LoopLayout& out_;
    float y_;
};

}  // namespace

LoopLayout LoopLayout::create(const explain::LoopView& view, Rect area, float scale,
                              const std::function<float(const LoopCard&)>& width_of,
                              const explain::LoopPlaces& first) {
    LoopLayout layout;
    Arranger(view, area, scale, width_of, first, layout).all();
    return layout;
}

}  // namespace loopscope::panels
