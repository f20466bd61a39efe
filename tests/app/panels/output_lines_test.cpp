#include "app/panels/output_lines.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "app/panels/output_panel.hpp"
#include "tests/support/headless_imgui.hpp"
#include "tests/support/served_requests.hpp"
#include "tests/support/sessions.hpp"

namespace loopscope::panels {
namespace {

using session::ServedRequests;

class OutputLinesTest : public testing::Test {
  protected:
    static constexpr gl::Size window{600, 300};

    static HeadlessFonts& shared_fonts() {
        static HeadlessFonts fonts(1);
        return fonts;
    }

    /// What is clicked in a frame with the mouse in the row that is so many rows above the lower edge.
    OutputResponse click(float rows_above, float wheel = 0) {
        ImGuiIO& io = ImGui::GetIO();
        const float row = std::round(imgui_.fonts().mono->FontSize + 8);
        io.MousePos = {200, 290 - row * (rows_above + 0.5F)};
        io.MouseWheel = wheel;
        OutputResponse response;
        // ImGui knows in the second frame which window the mouse is over.
        for (const bool down : {false, false, true}) {
            io.MouseDown[0] = down;
            imgui_.frame(window, [&] {
                const Ui ui{timeline::Theme::dark_theme(), imgui_.fonts(), imgui_.scale()};
                response = output_panel(ui, {session_, hits_}, nullptr, scroll_, {0, 0, 600, 300});
            });
            io.MouseWheel = 0;
        }
        io.MouseDown[0] = false;
        return response;
    }

    ServedRequests served_{300, 6};
    session::Session session_ = served_.session();
    session::Hits hits_;
    OutputScroll scroll_;
    HeadlessImGui imgui_{shared_fonts()};
};

TEST_F(OutputLinesTest, programs_of_single_characters_have_none_and_others_do) {
    EXPECT_FALSE(prints_lines(session::finished_seed()));
    EXPECT_TRUE(prints_lines(session_));
    session_.go_to_start();
    EXPECT_TRUE(prints_lines(session_)) << "it stays as it will be";
}

TEST_F(OutputLinesTest, each_print_is_a_line_and_a_click_leads_to_it) {
    const auto low = click(2).print;
    const auto high = click(4).print;
    ASSERT_TRUE(low);
    ASSERT_TRUE(high);
    EXPECT_EQ(*low - *high, 2U);
    EXPECT_GT(*low, PrintIndex{290}) << "the last prints are shown";
}

TEST_F(OutputLinesTest, the_wheel_leads_to_earlier_lines_until_the_cursor_moves) {
    const auto last = click(2).print;
    ASSERT_TRUE(last);
    static_cast<void>(click(2, 10));
    const auto earlier = click(2).print;
    ASSERT_TRUE(earlier);
    EXPECT_EQ(*last - *earlier, 30U);
    static_cast<void>(click(2, 1'000));
    EXPECT_LT(click(2).print->value, 20U) << "the first line is the end";
    session_.seek(session_.head() - 1);
    EXPECT_EQ(click(2).print, last);
}

}  // namespace
}  // namespace loopscope::panels
