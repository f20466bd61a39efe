#include "app/panels/rich_text.hpp"

#include <vector>

namespace loopscope::panels {
namespace {

/// Part of a word that is written in one face.
struct Piece {
    ImFont* font;
    std::string_view text;
};

/// Sets words one after the other, in lines.
class Setter {
  public:
    Setter(const Ui& ui, ImFont* font, timeline::Color color, float width)
        : ui_(ui), font_(font), color_(color), width_(width), from_(ImGui::GetCursorScreenPos()) {}

    /// Sets a text; with marks, if they mean something in it.
    void set(std::string_view text, bool marks) {
        ImFont* face = font_;
        std::size_t begin = 0;
        const auto take = [&](std::size_t end) {
            if (end > begin) word_.push_back({face, text.substr(begin, end - begin)});
        };
        for (std::size_t at = 0; at < text.size();) {
            const bool in_code = face == ui_.fonts.mono;
            const std::string_view rest = text.substr(at);
            if (text[at] == ' ' || text[at] == '\n') {
                take(at);
                end_word();
                if (text[at] == '\n') new_line(rest.starts_with("\n\n"));
                begin = ++at;
                if (rest.starts_with("\n\n")) begin = ++at;
            } else if (marks && (text[at] == '`' || (!in_code && text[at] == '*'))) {
                take(at);
                const std::size_t length = rest.starts_with("**") && !in_code ? 2 : 1;
                if (text[at] == '`')
                    face = in_code ? font_ : ui_.fonts.mono;
                else
                    face = face == ui_.fonts.bold ? font_ : ui_.fonts.bold;
                begin = at += length;
            } else {
                ++at;
            }
        }
        take(text.size());
        end_word();
        ImGui::Dummy({width_, y_ + line()});
    }

  private:
    [[nodiscard]] float line() const { return font_->FontSize * 1.35F; }

    void new_line(bool paragraph) {
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
        for (const Piece& piece : word_) {
            const float lower = (font_->FontSize - piece.font->FontSize) / 2;
            x_ += draw_text(*ImGui::GetWindowDrawList(), piece.font, {from_.x + x_, from_.y + y_ + lower},
                            color_, piece.text);
        }
        word_.clear();
    }

    const Ui& ui_;
    ImFont* font_;
    timeline::Color color_;
    float width_;
    ImVec2 from_;
    float x_ = 0;
    float y_ = 0;
    std::vector<Piece> word_;
};

}  // namespace

void rich_text(const Ui& ui, std::string_view text, timeline::Color color, float width) {
    if (!text.empty()) Setter(ui, ui.fonts.text, color, width).set(text, true);
}

void wrapped_text(const Ui& ui, ImFont* font, std::string_view text, timeline::Color color, float width) {
    if (!text.empty()) Setter(ui, font, color, width).set(text, false);
}

}  // namespace loopscope::panels
