// SPDX-License-Identifier: MIT
#include "app/timeline/comparison_picture.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/timeline/scene.hpp"
#include "core/base/utf8.hpp"

namespace loopscope::timeline {
namespace {

/// The maximum and minimum width of a print's cell, in design pixels, and the height of a row as a share of
/// that width.
constexpr float max_cell = 46;
constexpr float min_cell = 12;
constexpr float row_share = 1.3F;
/// The space above a pair of rows, for the flag, and below it, for the carets, as shares of a cell's width.
constexpr float above_share = 0.9F;
constexpr float below_share = 0.7F;
/// The height of a glyph, as a share of a cell.
constexpr float glyph_share = 0.78F;
/// How many prints, and how many characters of one, are looked at and shown.
constexpr std::size_t max_prints = 2'000;
constexpr std::size_t max_characters = 60;
/// The maximum share of the picture's width that the names of the sides take.
constexpr float max_label_share = 0.4F;

class ComparisonPainter {
  public:
    ComparisonPainter(const ComparisonPicture& picture, const Theme& theme, const TextMetrics& text,
                      float width, float height)
        : picture_(picture),
          comparison_(picture.comparison),
          theme_(theme),
          text_(text),
          width_(width),
          height_(height),
          scale_(std::clamp(std::min(width / 1920, height / 540), 0.4F, 2.0F)) {
        const auto label = [&](std::string_view name) { return text_.width(name, Face::sans, px(22)); };
        label_ = std::min(std::max(label(picture.one), label(picture.other)), width * max_label_share);
        left_ = margin() + label_ + px(36);
        longest_ = longest_print();
        cell_ = fitting_cell();
        wide_ = cell_width(cell_);
        columns_ = columns(cell_);
    }

    DrawList draw() {
        title();
        const auto rows = blocks(cell_);
        std::size_t shown = std::min(rows, blocks_that_fit(cell_));
        float y = px(110);
        for (std::size_t block = 0; block < shown; ++block, y += block_height(cell_)) strips(block, y);
        if (shown < rows) more(comparison_.length() - shown * columns_, y);
        sentence();
        return std::move(list_);
    }

  private:
    [[nodiscard]] float px(float design) const { return design * scale_; }
    [[nodiscard]] float margin() const { return px(48); }
    [[nodiscard]] float block_height(float cell) const {
        return cell * (2 * row_share + above_share + below_share);
    }
    [[nodiscard]] std::size_t columns(float cell) const {
        return static_cast<std::size_t>(std::max((width_ - margin() - left_) / cell_width(cell), 1.0F));
    }
    /// Returns how many characters the longest print has, of those that a picture has room for.
    [[nodiscard]] std::size_t longest_print() const {
        std::size_t longest = 1;
        for (const session::Side& side : {comparison_.one(), comparison_.other()}) {
            const PrintIndex end = std::min(side.index.prints().end_index(), PrintIndex::of(max_prints));
            for (PrintIndex print; print < end; ++print)
                longest = std::max(longest, characters(cell_text(side, print)).size());
        }
        return std::min(longest, max_characters);
    }
    /// Returns the width of a print's cell whose height goes by `cell`, in pixels.
    [[nodiscard]] float cell_width(float cell) const {
        if (longest_ == 1) return cell;
        const float text = text_.width(std::string(longest_, '0'), Face::mono_bold, cell * glyph_share);
        return std::min(std::max(text + cell / 2, cell), width_ - margin() - left_);
    }
    [[nodiscard]] std::size_t blocks(float cell) const {
        return (comparison_.length() + columns(cell) - 1) / columns(cell);
    }
    [[nodiscard]] std::size_t blocks_that_fit(float cell) const {
        return static_cast<std::size_t>(std::max((height_ - px(110) - px(120)) / block_height(cell), 1.0F));
    }
    /// Returns the largest width of a cell, in pixels, with which all prints fit.
    [[nodiscard]] float fitting_cell() const {
        float cell = px(max_cell);
        while (cell > px(min_cell) && blocks(cell) > blocks_that_fit(cell)) cell *= 0.95F;
        return std::max(std::floor(cell), 2.0F);
    }

    void title() {
        Layer& layer = list_[DrawList::labels];
        const float baseline = std::round(px(66));
        const float wide = add_text_within(layer, text_, picture_.program, margin(), baseline,
                                           (width_ - 2 * margin()) / 2, Face::sans_bold, px(30), theme_.text);
        const std::string count = comparison_.differences().empty()
                                      ? std::string("no print differs")
                                      : fmt::format("{} of {} prints differ",
                                                    comparison_.differences().size(), comparison_.length());
        add_text_within(layer, text_, count, margin() + wide + px(28), baseline,
                        width_ - 2 * margin() - wide - px(28), Face::sans, px(24), theme_.dim);
    }

    /// Draws one row of each side's prints, the second below the first.
    void strips(std::size_t block, float y) {
        const float row = cell_ * row_share;
        const float top = std::round(y + cell_ * above_share);
        Layer& labels = list_[DrawList::labels];
        add_text_within(labels, text_, picture_.one, margin(), baseline(top), label_, Face::sans, px(22),
                        theme_.dim);
        add_text_within(labels, text_, picture_.other, margin(), baseline(top + row), label_, Face::sans,
                        px(22), theme_.dim);
        const std::size_t end = std::min((block + 1) * columns_, comparison_.length());
        for (std::size_t number = block * columns_; number < end; ++number) {
            const float x = left_ + static_cast<float>(number - block * columns_) * wide_;
            const PrintIndex print = PrintIndex::of(number);
            const bool differs = comparison_.differs(print);
            if (differs) mark(print, x, top);
            const Color ground = differs ? theme_.marked : theme_.background;
            draw_print(comparison_.one(), print, x, top, ground);
            draw_print(comparison_.other(), print, x, top + row, ground);
        }
    }

    [[nodiscard]] float baseline(float top) const {
        return std::round(top + cell_ * row_share / 2 + text_.cap_height(Face::mono_bold, glyph()) / 2);
    }
    [[nodiscard]] float glyph() const { return cell_ * glyph_share; }

    void draw_print(const session::Side& side, PrintIndex index, float x, float top, Color ground) {
        Layer& layer = list_[DrawList::labels];
        if (!side.has(index)) return;
        const trace::PrintInfo& print = side.index.prints()[index];
        const Color hue = print.writer ? hue_of(theme_, side.index, print.writer_task) : theme_.text;
        const std::string words = cell_text(side, index);
        const float wide = text_.place(words, Face::mono_bold, glyph(), wide_).width;
        add_text_within(layer, text_, words, x + (wide_ - wide) / 2, baseline(top), wide_ * 1.05F,
                        Face::mono_bold, glyph(), legible(hue, ground));
        if (print.leak) line(x, baseline(top) + cell_ * 0.16F, hue_of(theme_, side.index, print.task));
        if (!print.stale) return;
        const TaskId party = side.index.errand_of_stale(side.log, index).party.chain;
        const float cap = text_.cap_height(Face::mono_bold, glyph());
        line(x, baseline(top) - cap - cell_ * 0.2F, party ? hue_of(theme_, side.index, party) : theme_.text);
    }

    /// Draws what marks a leak, below a print, or a stale print, above it.
    void line(float x, float y, Color color) {
        const float height = std::max(std::round(cell_ * 0.07F), 1.0F);
        list_[DrawList::marks].quads.push_back(
            {{std::round(x + cell_ * 0.2F), std::round(y), wide_ - cell_ * 0.4F, height},
             0,
             0,
             0,
             color,
             {}});
    }

    /// Draws what marks a difference: a background behind both prints, a caret below, and a flag at the first
    /// difference.
    void mark(PrintIndex print, float x, float top) {
        const float row = cell_ * row_share;
        const float gap = std::max(std::round(cell_ * 0.06F), 0.5F);
        list_[DrawList::grid].quads.push_back(
            {{x + gap, top, wide_ - 2 * gap, 2 * row}, cell_ * 0.16F, 0, 0, theme_.marked, {}});
        const float middle = x + wide_ / 2;
        const float tip = top + 2 * row + cell_ * 0.12F;
        const float reach = cell_ * 0.2F;
        const float pen = std::max(cell_ * 0.07F, 1.0F);
        auto& segments = list_[DrawList::marks].segments;
        segments.push_back({middle - reach, tip + reach, middle, tip, pen, 0, theme_.text});
        segments.push_back({middle, tip, middle + reach, tip + reach, pen, 0, theme_.text});
        if (comparison_.first_difference() == print) flag(x, top);
    }

    void flag(float x, float top) {
        const float height = std::max(cell_ * 0.66F, px(18));
        const float size = height * 0.62F;
        const std::string_view words = "first difference";
        const float wide = text_.width(words, Face::sans_bold, size) + height * 0.8F;
        const float y = top - height - cell_ * 0.1F;
        list_[DrawList::marks].quads.push_back(
            {{std::round(x), y, wide, height}, height * 0.2F, 0, 0, theme_.accent, {}});
        add_text(list_[DrawList::labels], text_, words, std::round(x) + height * 0.4F,
                 y + height / 2 + text_.cap_height(Face::sans_bold, size) / 2, Face::sans_bold, size,
                 theme_.ink);
    }

    void more(std::size_t prints, float y) {
        add_text(list_[DrawList::labels], text_, fmt::format("and {} more prints", prints), left_, y + px(24),
                 Face::sans, px(22), theme_.dim);
    }

    /// Draws the sentence about the first difference, wrapped to the width.
    void sentence() {
        std::string words = first_difference_sentence(comparison_, picture_.one, picture_.other);
        const float size = px(24);
        std::vector<std::string> lines(1);
        for (std::size_t begin = 0; begin < words.size();) {
            const std::size_t end = std::min(words.find(' ', begin), words.size());
            const std::string word = words.substr(begin, end - begin);
            const std::string longer = lines.back().empty() ? word : lines.back() + ' ' + word;
            if (text_.width(longer, Face::sans, size) > width_ - 2 * margin())
                lines.push_back(word);
            else
                lines.back() = longer;
            begin = end + 1;
        }
        float y = height_ - px(36) - static_cast<float>(lines.size() - 1) * px(34);
        for (const std::string& line : lines) {
            add_text(list_[DrawList::labels], text_, line, margin(), std::round(y), Face::sans, size,
                     theme_.text);
            y += px(34);
        }
    }

    const ComparisonPicture& picture_;
    const session::Comparison& comparison_;
    const Theme& theme_;
    const TextMetrics& text_;
    float width_;
    float height_;
    float scale_;
    float label_ = 0;  // width of the names of the sides
    float left_ = 0;
    std::size_t longest_ = 1;  // characters of the longest print
    float cell_ = 1;           // by which heights and glyphs go
    float wide_ = 1;           // the width of a print's cell
    std::size_t columns_ = 1;
    DrawList list_;
};

}  // namespace

DrawList draw_comparison(const ComparisonPicture& picture, const Theme& theme, const TextMetrics& text,
                         float width, float height) {
    return ComparisonPainter(picture, theme, text, width, height).draw();
}

}  // namespace loopscope::timeline
