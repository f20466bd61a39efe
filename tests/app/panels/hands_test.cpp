// What hands expect of the window: the view stays where the user has put it, Escape closes what was opened
// last, lists and menus are used by keys, and no input is lost, however much of it comes at once.

#include <set>

#include <gmock/gmock.h>

#include "app/panels/context_menu.hpp"
#include "tests/app/panels/at_the_screen.hpp"

namespace loopscope::panels {
namespace {

using trace::Storage;

class Hands : public AtTheScreen {
  protected:
    /// A place in the lanes, by its shares of the timeline's width and height.
    [[nodiscard]] ImVec2 in_lanes(float across, float down = 0.4F) {
        const timeline::Rect rect = frame().timeline;
        return {rect.x + px(188) + (rect.width - px(208)) * across, rect.y + rect.height * down};
    }
    void turn_wheel(float turns) {
        ImGui::GetIO().MouseWheel = turns;
        frames(1);
    }
    void click_right(ImVec2 at) {
        move(at);
        ImGui::GetIO().MouseDown[1] = true;
        frames(1);
        ImGui::GetIO().MouseDown[1] = false;
        frames(2);
    }
    void double_click(ImVec2 at) {
        click(at);
        click(at);
        settle();
    }
    /// Where a click at a place leads.
    EventIndex event_at(ImVec2 at) {
        click(at);
        frames(2);
        return session().cursor();
    }
    [[nodiscard]] static bool is_list_open() {
        return ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
    }
};

TEST_F(Hands, the_wheel_zooms_at_the_mouse_wherever_the_cursor_is) {
    show(session::finished_seed());
    const ImVec2 at = in_lanes(0.3F);
    const EventIndex under = event_at(at);
    for (const int key : {GLFW_KEY_END, GLFW_KEY_HOME}) {
        press(GLFW_KEY_0);
        press(key);
        settle();
        move(at);
        for (int turn = 0; turn < 6; ++turn) turn_wheel(1);
        settle();
        EXPECT_EQ(event_at(at), under) << "key " << key;
    }
}

TEST_F(Hands, a_view_that_was_moved_while_the_program_plays_stays_until_a_step) {
    show(session::Session(session::setup_of("indication", Storage::global, {{"duration", "3600"}})));
    press(GLFW_KEY_SPACE);
    for (int each = 0; each < 200; ++each) frames(1, 0.1);
    press(GLFW_KEY_0);
    frames(20, 0.05);
    // Of what was there, the left end stays in view.
    move(in_lanes(0.01F));
    press(GLFW_KEY_SPACE);
    settle();
    EXPECT_LT(event_at(in_lanes(0.02F)).value, 20u);
}

TEST_F(Hands, a_range_is_fitted_on_both_axes_after_a_wheel_zoom_and_is_kept_from_one_to_the_other) {
    show(session::finished_seed());
    press(GLFW_KEY_0);
    settle();
    drag(in_lanes(0.3F), in_lanes(0.5F));
    for (int turn = 0; turn < 12; ++turn) turn_wheel(1);
    settle();
    press(GLFW_KEY_F);
    settle();
    const gl::Image fitted = picture();
    press(GLFW_KEY_0);
    settle();
    EXPECT_NE(picture(), fitted);
    press(GLFW_KEY_F);
    settle();
    EXPECT_EQ(picture(), fitted) << "whatever the zoom was";
    press(GLFW_KEY_T);
    press(GLFW_KEY_T);
    press(GLFW_KEY_F);
    settle();
    EXPECT_EQ(picture(), fitted) << "the range is still there";
}

TEST_F(Hands, a_double_click_zooms_to_a_step_and_in_a_range_to_that) {
    show(session::finished_seed());
    press(GLFW_KEY_0);
    settle();
    drag(in_lanes(0.3F), in_lanes(0.5F));
    press(GLFW_KEY_F);
    settle();
    const gl::Image fitted = picture();
    press(GLFW_KEY_0);
    settle();
    double_click(in_lanes(0.4F));
    move(in_lanes(0.5F));  // where it was after the range was selected
    settle();
    EXPECT_EQ(picture().rgba.size(), fitted.rgba.size());
    press(GLFW_KEY_ESCAPE);
    press(GLFW_KEY_0);
    settle();
    const gl::Image all = picture();
    double_click(in_lanes(0.4F));
    EXPECT_NE(picture(), all);
}

TEST_F(Hands, a_third_click_in_the_same_breath_does_nothing_and_a_later_one_does) {
    show(session::finished_seed());
    press(GLFW_KEY_0);
    settle();
    const ImVec2 at = in_lanes(0.4F);
    double now = 100;
    const auto click_at = [&](double seconds_later) {
        now += seconds_later;
        platform::Input input{.kind = platform::Input::Kind::cursor, .x = at.x, .y = at.y, .time = now};
        platform::Input button{.kind = platform::Input::Kind::button, .down = true, .time = now};
        platform::Input up = button;
        up.down = false;
        send({input, button, up});
        settle();
    };
    click_at(10);
    click_at(0.2);
    const gl::Image zoomed = picture();
    const EventIndex cursor = session().cursor();
    click_at(0.2);
    click_at(0.3);
    EXPECT_EQ(session().cursor(), cursor);
    EXPECT_EQ(picture(), zoomed);
    press(GLFW_KEY_0);
    settle();
    press(GLFW_KEY_HOME);
    settle();
    for (int each = 0; each < 2; ++each) {
        click_at(2);
        EXPECT_NE(session().cursor(), session().first_event()) << "a single click goes there";
        press(GLFW_KEY_HOME);
        settle();
    }
}

TEST_F(Hands, escape_closes_what_was_opened_last) {
    show(session::finished_seed());
    press(GLFW_KEY_3);  // the lessons
    press(GLFW_KEY_ESCAPE);
    press(GLFW_KEY_0);
    settle();
    const gl::Image plain = picture();
    press(GLFW_KEY_3);
    settle();
    const gl::Image lessons = picture();
    drag(in_lanes(0.3F, 0.3F), in_lanes(0.5F, 0.3F));
    move({-1, -1});
    settle();
    EXPECT_NE(picture(), lessons);
    press(GLFW_KEY_ESCAPE);
    settle();
    EXPECT_EQ(picture(), lessons) << "the range is gone, and nothing else";
    press(GLFW_KEY_ESCAPE);
    settle();
    EXPECT_EQ(picture(), plain);
}

TEST_F(Hands, escape_ends_a_filter_whose_field_is_closed) {
    show(session::finished_seed());
    press(GLFW_KEY_0);
    settle();
    const gl::Image all = picture();
    press(GLFW_KEY_F, shift | control);
    type("nobody");
    hold(ImGuiKey_Enter);
    press(GLFW_KEY_ESCAPE);
    press(GLFW_KEY_ESCAPE);
    settle();
    EXPECT_EQ(picture(), all);
}

TEST_F(Hands, no_key_does_anything_behind_a_sheet_or_a_list_but_what_is_seen) {
    show(session::seed());
    const EventIndex before = session().cursor();
    for (const auto& [opens, modifiers] :
         {std::pair{GLFW_KEY_SLASH, shift}, {GLFW_KEY_F10, none}, {GLFW_KEY_R, none}}) {
        press(opens, static_cast<std::uint8_t>(modifiers));
        EXPECT_TRUE(is_list_open()) << opens;
        for (const int key : {GLFW_KEY_P, GLFW_KEY_L, GLFW_KEY_C, GLFW_KEY_SPACE, GLFW_KEY_END, GLFW_KEY_M})
            press(key);
        EXPECT_EQ(session().cursor(), before) << opens;
        EXPECT_EQ(session().storage(), Storage::global) << opens;
        const float scale = workspace().appearance().scale();
        press(GLFW_KEY_EQUAL, control);
        EXPECT_GT(workspace().appearance().scale(), scale) << "the text is what is read there";
        press(GLFW_KEY_0, control);
        press(opens, static_cast<std::uint8_t>(modifiers));
        frames(2);
        EXPECT_FALSE(is_list_open()) << opens;
    }
    press(GLFW_KEY_P);
    settle();
    EXPECT_GT(session().cursor(), before);
}

TEST_F(Hands, escape_closes_the_sheet_of_keys) {
    show(session::seed());
    press(GLFW_KEY_SLASH, shift);
    EXPECT_TRUE(is_list_open());
    press(GLFW_KEY_ESCAPE);
    frames(2);
    EXPECT_FALSE(is_list_open());
}

TEST_F(Hands, the_menu_is_used_by_keys) {
    show(session::seed());
    press(GLFW_KEY_F10);
    type("s");  // Storage
    hold(ImGuiKey_RightArrow);
    frames(2);
    hold(ImGuiKey_DownArrow);
    hold(ImGuiKey_DownArrow);  // contextvar
    hold(ImGuiKey_Enter);
    frames(3);
    settle();
    EXPECT_EQ(session().storage(), Storage::contextvar);
    EXPECT_FALSE(is_list_open());
    press(GLFW_KEY_F10);
    hold(ImGuiKey_DownArrow);
    hold(ImGuiKey_Escape);
    frames(2);
    EXPECT_FALSE(is_list_open());
}

TEST_F(Hands, a_mark_is_of_the_moment_at_which_its_key_was_pressed) {
    show(session::Session(session::setup_of("indication", Storage::global, {{"duration", "3600"}})));
    press(GLFW_KEY_P);
    settle();
    press(GLFW_KEY_SPACE);
    frames(20, 0.05);
    press(GLFW_KEY_M);
    const EventIndex at_least = session().cursor();
    frames(50, 0.05);
    type("here");
    hold(ImGuiKey_Enter);
    ASSERT_EQ(session().annotations().marks.size(), 1u);
    EXPECT_LE(session().annotations().marks[0].event, at_least);
    EXPECT_GT(session().cursor(), at_least) << "it has played on";
}

TEST_F(Hands, keys_that_come_within_one_frame_are_all_taken_in_their_order) {
    show(session::finished_seed());
    press(GLFW_KEY_HOME);
    std::vector<platform::Input> events = {pressed(GLFW_KEY_M), typed('m'), released(GLFW_KEY_M)};
    for (const char letter : std::string("hello")) {
        events.push_back(pressed(letter - 'a' + GLFW_KEY_A));
        events.push_back(typed(static_cast<char32_t>(letter)));
        events.push_back(released(letter - 'a' + GLFW_KEY_A));
    }
    send(events);
    settle();
    hold(ImGuiKey_Enter);
    frames(2);
    ASSERT_EQ(session().annotations().marks.size(), 1u);
    EXPECT_EQ(session().annotations().marks[0].text, "hello");
    send({pressed(GLFW_KEY_P), released(GLFW_KEY_P), pressed(GLFW_KEY_P), released(GLFW_KEY_P),
          pressed(GLFW_KEY_P), released(GLFW_KEY_P)});
    settle();
    EXPECT_EQ(session().index().prints_until(session().cursor()), 3u);
}

TEST_F(Hands, the_right_button_offers_what_can_be_done_there) {
    show(session::finished_seed());
    press(GLFW_KEY_0);
    settle();
    const EventIndex there = event_at(in_lanes(0.6F));
    press(GLFW_KEY_HOME);
    press(GLFW_KEY_0);
    settle();
    click_right(in_lanes(0.6F));
    EXPECT_TRUE(is_list_open());
    hold(ImGuiKey_DownArrow);
    type("m");  // mark this moment
    hold(ImGuiKey_Enter);
    frames(6);
    EXPECT_EQ(session().cursor(), there);
    type("there");
    hold(ImGuiKey_Enter);
    frames(2);
    ASSERT_EQ(session().annotations().marks.size(), 1u);
    EXPECT_EQ(session().annotations().marks[0].event, there);
}

TEST_F(Hands, the_right_button_selects_the_lane_that_its_menu_is_about_and_moves_no_cursor) {
    show(session::finished_seed());
    press(GLFW_KEY_HOME);
    press(GLFW_KEY_0);
    settle();
    const EventIndex before = session().cursor();
    const timeline::Rect lanes = frame().timeline;
    std::set<std::uint32_t> selected;
    for (const float down : {0.3F, 0.5F, 0.6F}) {
        click_right({lanes.x + px(80), lanes.y + lanes.height * down});
        EXPECT_TRUE(is_list_open());
        selected.insert(workspace().timeline().selected().value);
        hold(ImGuiKey_Escape);
        frames(4);
        EXPECT_FALSE(is_list_open());
    }
    EXPECT_EQ(selected.size(), 3u) << "each place has a lane of its own";
    EXPECT_EQ(session().cursor(), before);
}

TEST_F(Hands, every_kind_of_place_has_commands_of_the_table) {
    using Kind = ContextMenu::Kind;
    for (const Kind kind : {Kind::empty, Kind::lane, Kind::step, Kind::print, Kind::slice, Kind::moment,
                            Kind::mark, Kind::range}) {
        EXPECT_FALSE(ContextMenu::commands_for(kind).empty()) << static_cast<int>(kind);
        for (const Action action : ContextMenu::commands_for(kind))
            EXPECT_EQ(command_of(action).action, action);
    }
}

TEST_F(Hands, the_count_of_leaks_leads_from_one_to_the_next_and_around) {
    show(session::finished_seed());
    press(GLFW_KEY_END);
    settle();
    const std::uint32_t leaks = session().index().leaks_until(session().cursor());
    ASSERT_GT(leaks, 2u);
    const ImVec2 count(static_cast<float>(size.width) - px(56 + 16 + 60), px(30));
    click(count);
    settle();
    EXPECT_EQ(session().index().leaks_until(session().cursor()), 1u) << "after the last comes the first";
    click(count);
    settle();
    EXPECT_EQ(session().index().leaks_until(session().cursor()), 2u);
}

TEST_F(Hands, the_wheel_leads_to_all_that_waits_and_back_to_the_start_of_all_causes) {
    session::Session many(session::setup_of("indication", Storage::global,
                                            {{"symbols", "0123456789abcdefghijklmnop"}, {"duration", "20"}}));
    run(many);
    // Where an iteration begins there are no other causes than those that go back to the start.
    const auto& iterations = many.index().iterations();
    many.seek(iterations[IterationIndex::of(iterations.size() / 2)]);
    show(std::move(many));
    const auto turns_change = [&](ImVec2 at, float turns, int times) {
        move(at);
        settle();
        const gl::Image top = picture();
        gl::Image last = top;
        for (int each = 0; each < times; ++each) {
            turn_wheel(-turns);
            settle();
            EXPECT_NE(picture(), last) << each;
            last = picture();
        }
        turn_wheel(turns * static_cast<float>(times));
        settle();
        return picture() == top;
    };
    const timeline::Rect loop = frame().loop;
    EXPECT_TRUE(turns_change({loop.x + loop.width * 0.6F, loop.bottom() - px(40)}, 1, 3));
    const timeline::Rect why = frame().why;
    // More causes than are looked for at first, 100; their number stands above them.
    EXPECT_FALSE(turns_change({why.x + why.width * 0.8F, why.bottom() - px(40)}, 14, 4));
}

TEST_F(Hands, f11_asks_for_the_whole_screen_once) {
    show(session::seed());
    press(GLFW_KEY_F11);
    EXPECT_TRUE(workspace().take_fullscreen());
    EXPECT_FALSE(workspace().take_fullscreen());
}

TEST_F(Hands, what_is_shown_first_fills_the_timeline_before_it_has_happened_and_after) {
    show(session::finished_seed());
    press(GLFW_KEY_0);
    settle();
    const EventIndex middle = event_at(in_lanes(0.5F));
    show(session::seed());
    for (int each = 0; each < 400 && !session().at_end(); ++each) press(GLFW_KEY_RIGHT);
    settle();
    ASSERT_TRUE(session().at_end());
    EXPECT_EQ(event_at(in_lanes(0.5F)), middle) << "the view has not moved while it was stepped";
    EXPECT_GT(event_at(in_lanes(0.97F)).value, session().log().size() * 9 / 10);
}

}  // namespace
}  // namespace loopscope::panels
