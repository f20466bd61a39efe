#include "app/panels/text.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <imgui_internal.h>

#include "core/base/utf8.hpp"
#include "tests/support/headless_imgui.hpp"
#include "tests/support/unreadable.hpp"

namespace loopscope::panels {
namespace {

using testing::ElementsAre;

class TextTest : public testing::Test {
  protected:
    [[nodiscard]] float measured(std::string_view text) const {
        return font()->CalcTextSizeA(font()->FontSize, 1e9F, 0, text.data(), text.data() + text.size()).x;
    }
    [[nodiscard]] ImFont* font() const { return imgui_.fonts().text; }
    /// What is cut to a width a byte at a time, measuring the whole each time.
    [[nodiscard]] std::string cut_slowly(std::string_view text, float width) const {
        if (measured(text) <= width) return std::string(text);
        std::size_t end = text.size();
        while (end > 0 && measured(text.substr(0, end)) + measured("…") > width) --end;
        while (end > 0 && continues_character(text[end])) --end;
        return std::string(text.substr(0, end)) + "…";
    }
    /// The vertices that a text is drawn with.
    std::vector<float> drawn(std::string_view text, float width) {
        std::vector<float> places;
        imgui_.frame({1000, 1000}, [&] {
            ImDrawList& list = *ImGui::GetForegroundDrawList();
            draw_text(list, font(), {10, 10}, {255, 255, 255, 255}, text, width);
            for (const ImDrawVert& vertex : list.VtxBuffer) {
                places.insert(places.end(), {vertex.pos.x, vertex.pos.y, vertex.uv.x, vertex.uv.y});
            }
        });
        return places;
    }
    [[nodiscard]] std::vector<std::string> lines(std::string_view text, float width) const {
        std::vector<std::string> all;
        while (!text.empty()) all.emplace_back(take_line(font(), text, width));
        return all;
    }

  private:
    static HeadlessFonts& shared_fonts() {
        static HeadlessFonts fonts(1);
        return fonts;
    }

  protected:
    HeadlessImGui imgui_{shared_fonts()};
};

TEST_F(TextTest, what_fits_is_whole_and_as_wide_as_it_is) {
    const FittedText fitted = fit_text(font(), "indication", 500);
    EXPECT_EQ(fitted.text, "indication");
    EXPECT_TRUE(fitted.whole);
    EXPECT_EQ(fitted.width, measured("indication"));
    EXPECT_EQ(text_width(font(), "indication"), measured("indication"));
    EXPECT_EQ(fit_text(font(), "indication", measured("indication")).text, "indication");
    EXPECT_EQ(text_width(font(), ""), 0);
}

TEST_F(TextTest, what_is_too_long_is_cut_where_it_was_cut_a_byte_at_a_time) {
    for (const std::string_view text :
         {"indication(c)", "Grüße aus Köln – ↓", "iiiiiiiiiiWWWWWW", "…………", "a"}) {
        for (float width = measured("…"); width < 200; width += 3.7F)
            EXPECT_EQ(drawn(text, width), drawn(cut_slowly(text, width), max_text_width))
                << text << " in " << width;
    }
}

TEST_F(TextTest, where_there_is_no_room_nothing_is_drawn) {
    EXPECT_TRUE(drawn("indication", 0).empty());
    EXPECT_TRUE(drawn("indication", -20).empty());
    EXPECT_TRUE(drawn("indication", measured("…") - 1).empty());
}

TEST_F(TextTest, a_line_ends_at_its_line_break) {
    EXPECT_EQ(fit_text(font(), "one\ntwo", 500).text, "one");
    EXPECT_FALSE(fit_text(font(), "one\ntwo", 500).whole);
    EXPECT_EQ(drawn("one\ntwo", 500), drawn("one…", 500));
    EXPECT_EQ(drawn("\ntwo", 500), drawn("…", 500));
}

TEST_F(TextTest, however_long_a_text_is_the_same_is_drawn) {
    const auto expected = drawn(std::string(1000, 'n'), 300);
    EXPECT_EQ(drawn(std::string(60'000, 'n'), 300), expected);
    EXPECT_EQ(drawn(std::string(6'000'000, 'n'), 300), expected);
}

TEST_F(TextTest, of_a_text_no_more_is_looked_at_than_could_fit) {
    using namespace std::string_view_literals;
    for (const std::string_view fill :
         {"n"sv, "é"sv, "\n"sv, "\r"sv, " "sv, "a "sv, "\0"sv, "\x80"sv, "\xf0"sv, "\u0301"sv, "\u00ad"sv}) {
        const UnreadableText text(fill, std::size_t{1} << 17);
        EXPECT_LE(text_width(font(), text.view()), max_text_width);
        EXPECT_LE(drawn(text.view(), 300).size(), 16U * 1300);
        EXPECT_LE(drawn(text.view(), max_text_width).size(), 16U * 4 * 17'000);
        std::string_view rest = text.view();
        for (int line = 0; line < 10; ++line) EXPECT_LE(take_line(font(), rest, 300).size(), 1300U);
        EXPECT_LT(rest.size(), text.view().size());
        imgui_.frame({1000, 1000}, [&] {
            const float y =
                draw_lines(*ImGui::GetForegroundDrawList(), font(), {0, 0}, {}, text.view(), 300, 20, 200);
            EXPECT_LE(y, 200);
        });
    }
}

TEST_F(TextTest, words_are_broken_into_lines) {
    const float width = measured("one two") + 1;
    EXPECT_THAT(lines("one two", width), ElementsAre("one two"));
    EXPECT_THAT(lines("one two six", width), ElementsAre("one two", "six"));
    EXPECT_THAT(lines("one\ntwo\n\nsix", width), ElementsAre("one", "two", "", "six"));
    EXPECT_THAT(lines("one   two   six", width), ElementsAre("one", "two", "six"));
}

TEST_F(TextTest, a_word_that_is_wider_than_a_line_is_broken_anywhere) {
    EXPECT_THAT(lines("nnnnnnnn", measured("nnnnn")), ElementsAre("nnnnn", "nnn"));
    EXPECT_THAT(lines("a nnnnnnnn", measured("nnnnn")), ElementsAre("a", "nnnnn", "nnn"));
    EXPECT_THAT(lines("éé", 1), ElementsAre("é", "é"));
}

TEST_F(TextTest, lines_are_counted_up_to_a_maximum) {
    const float width = measured("one two") + 1;
    EXPECT_EQ(count_lines(font(), "", width, 10), 0);
    EXPECT_EQ(count_lines(font(), "one two", width, 10), 1);
    EXPECT_EQ(count_lines(font(), "one two six", width, 10), 2);
    const UnreadableText endless("n", std::size_t{1} << 17);
    EXPECT_EQ(count_lines(font(), endless.view(), 300, 3), 4);
}

TEST_F(TextTest, the_last_line_that_there_is_room_for_says_that_there_is_more) {
    const auto vertices = [&](std::string_view text, float bottom) {
        int count = 0;
        imgui_.frame({1000, 1000}, [&] {
            ImDrawList& list = *ImGui::GetForegroundDrawList();
            draw_lines(list, font(), {0, 0}, {255, 255, 255, 255}, text, measured("one two") + 1, 20, bottom);
            count = list.VtxBuffer.Size / 4;
        });
        return count;
    };
    EXPECT_EQ(vertices("one two six", 50), 9);
    const auto cut = drawn("one two six", measured("one two") + 1).size() / 16;
    EXPECT_EQ(static_cast<std::size_t>(vertices("one two six", 30)), cut);
    EXPECT_EQ(vertices("one two", 30), 6);
}

TEST_F(TextTest, a_tooltip_stands_inside_the_window_and_covers_nothing_of_what_it_is_about) {
    constexpr gl::Size window{640, 480};
    const std::string text =
        "Some words that say what happens here.\nAnd a second line, which is longer than the first.";
    for (const float x : {0.0F, 200.0F, 600.0F}) {
        for (const float y : {0.0F, 200.0F, 440.0F}) {
            const timeline::Rect about{x, y, 40, 30};
            for (int frame = 0; frame < 3; ++frame) {
                imgui_.frame(window, [&] {
                    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
                    show_tooltip(text, about);
                    ImGui::PopStyleVar();
                });
            }
            const ImGuiWindow* const tip = ImGui::FindWindowByName("##Tooltip_00");
            ASSERT_NE(tip, nullptr);
            const timeline::Rect rect{tip->Pos.x, tip->Pos.y, tip->Size.x, tip->Size.y};
            EXPECT_GE(rect.x, 0) << x << ' ' << y;
            EXPECT_GE(rect.y, 0) << x << ' ' << y;
            EXPECT_LE(rect.right(), 640) << x << ' ' << y;
            EXPECT_LE(rect.bottom(), 480) << x << ' ' << y;
            EXPECT_TRUE(rect.y >= about.bottom() || rect.bottom() <= about.y) << x << ' ' << y;
            EXPECT_GT(tip->WindowPadding.x, 5) << "words do not touch its edge";
        }
    }
}

}  // namespace
}  // namespace loopscope::panels
