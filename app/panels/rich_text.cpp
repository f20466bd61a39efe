// SPDX-License-Identifier: MIT
#include "app/panels/rich_text.hpp"

#include <vector>

#include "core/base/excerpt.hpp"
#include "core/base/utf8.hpp"

namespace loopscope::panels {
namespace {

/// The maximum number of lines, more than anybody reads in a panel; longer texts are cut.
constexpr int max_lines = 1000;
constexpr std::size_t max_line_bytes = 256;

/// A part of a word in one font.
struct Piece {
    ImFont* font;
    std::string_view text;
};

/// Draws words one after the other, broken to lines.
class TextLayout {
  public:
    TextLayout(const Ui& ui, ImFont* font, timeline::Color color, float width)
        : ui_(ui), font_(font), color_(color), width_(width), from_(ImGui::GetCursorScreenPos()) {}

    /// Draws a text; `marks`: backquotes and asterisks change the font.
    void set(std::string_view text, bool marks) {
        text_ = beginning_of(text, std::size_t{max_lines} * max_line_bytes);
        face_ = font_;
        while (at_ < text_.size() && lines_ < max_lines) {
            const char each = text_[at_];
            if (each == ' ' || each == '\n')
                blank();
            else if (marks && (each == '`' || (each == '*' && face_ != ui_.fonts.mono)))
                mark(each);
            else
                ++at_;
        }
        const bool whole = at_ == text.size();
        take();
        end_word();
        if (!whole) put({font_, "…"});
        ImGui::Dummy({width_, y_ + line()});
    }

  private:
    [[nodiscard]] float line() const { return font_->FontSize * 1.35F; }

    /// Ends the piece that is being read.
    void take() {
        if (at_ > begin_) word_.push_back({face_, text_.substr(begin_, at_ - begin_)});
    }

    void blank() {
        take();
        end_word();
        const bool paragraph = text_.substr(at_).starts_with("\n\n");
        if (text_[at_] == '\n') new_line(paragraph);
        begin_ = at_ += paragraph ? 2U : 1U;
    }

    /// Changes to another font at a mark, or back to the usual one.
    void mark(char each) {
        take();
        ImFont* const other = each == '`' ? ui_.fonts.mono : ui_.fonts.bold;
        face_ = face_ == other ? font_ : other;
        const bool twice = each == '*' && text_.substr(at_).starts_with("**");
        begin_ = at_ += twice ? 2U : 1U;
    }

    void new_line(bool paragraph) {
        ++lines_;
        x_ = 0;
        y_ += line() * (paragraph ? 1.45F : 1.0F);
    }

    void end_word() {
        float wide = 0;
        for (const Piece& piece : word_) wide += text_width(piece.font, piece.text);
        if (word_.empty()) return;
        const float space = x_ == 0 ? 0 : text_width(font_, " ");
        if (x_ + space + wide > width_ && x_ > 0)
            new_line(false);
        else
            x_ += space;
        for (const Piece& piece : word_) put(piece);
        word_.clear();
    }

    /// Draws a piece of a word; a word that is wider than a line is broken anywhere.
    void put(Piece piece) {
        const float lower = (font_->FontSize - piece.font->FontSize) / 2;
        while (!piece.text.empty() && lines_ < max_lines) {
            std::string_view shown = fit_text(piece.font, piece.text, width_ - x_ + 0.5F).text;
            if (shown.empty() && x_ > 0) {
                new_line(false);
                continue;
            }
            if (shown.empty()) shown = first_character_bytes(piece.text);
            x_ += draw_text(*ImGui::GetWindowDrawList(), piece.font, {from_.x + x_, from_.y + y_ + lower},
                            color_, shown);
            piece.text.remove_prefix(shown.size());
        }
    }

    const Ui& ui_;
    ImFont* font_;
    timeline::Color color_;
    float width_;
    ImVec2 from_;
    float x_ = 0;
    float y_ = 0;
    int lines_ = 0;  // number of full lines
    std::vector<Piece> word_;
    std::string_view text_;
    ImFont* face_ = nullptr;
    std::size_t at_ = 0;
    std::size_t begin_ = 0;  // start of the piece that is being read
};

}  // namespace

void rich_text(const Ui& ui, std::string_view text, timeline::Color color, float width) {
    if (!text.empty()) TextLayout(ui, ui.fonts.text, color, width).set(text, true);
}

void wrapped_text(const Ui& ui, ImFont* font, std::string_view text, timeline::Color color, float width) {
    if (!text.empty()) TextLayout(ui, font, color, width).set(text, false);
}

}  // namespace loopscope::panels
