#include "app/panels/command.hpp"

#include <set>

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>
#include <gtest/gtest.h>

#include "app/panels/palette.hpp"

namespace loopscope::panels {
namespace {

/// A key as a user presses it, and what it has to do.
struct Binding {
    const char* keys;
    int key;
    std::uint8_t modifiers;
    Action action;
};

// The table of the manual, as far as there are commands for it.
constexpr Binding bindings[] = {
    {"Space", GLFW_KEY_SPACE, none, Action::play},
    {"Right", GLFW_KEY_RIGHT, none, Action::handle_forward},
    {"Left", GLFW_KEY_LEFT, none, Action::handle_back},
    {"Shift Right", GLFW_KEY_RIGHT, shift, Action::iteration_forward},
    {"Shift Left", GLFW_KEY_LEFT, shift, Action::iteration_back},
    {"Ctrl Right", GLFW_KEY_RIGHT, control, Action::task_forward},
    {"Ctrl Left", GLFW_KEY_LEFT, control, Action::task_back},
    {"P", GLFW_KEY_P, none, Action::print_forward},
    {"Shift P", GLFW_KEY_P, shift, Action::print_back},
    {"L", GLFW_KEY_L, none, Action::leak_forward},
    {"Shift L", GLFW_KEY_L, shift, Action::leak_back},
    {"K", GLFW_KEY_K, none, Action::stale_forward},
    {"Shift K", GLFW_KEY_K, shift, Action::stale_back},
    {"N", GLFW_KEY_N, none, Action::difference_forward},
    {"Shift N", GLFW_KEY_N, shift, Action::difference_back},
    {"Home", GLFW_KEY_HOME, none, Action::start},
    {"End", GLFW_KEY_END, none, Action::head},
    {"G", GLFW_KEY_G, none, Action::storage_global},
    {"H", GLFW_KEY_H, none, Action::storage_thread_local},
    {"C", GLFW_KEY_C, none, Action::storage_contextvar},
    {"T", GLFW_KEY_T, none, Action::axis},
    {"W", GLFW_KEY_W, none, Action::zoom_in},
    {"S", GLFW_KEY_S, none, Action::zoom_out},
    {"A", GLFW_KEY_A, none, Action::pan_left},
    {"D", GLFW_KEY_D, none, Action::pan_right},
    {"F", GLFW_KEY_F, none, Action::fit_selection},
    {"0", GLFW_KEY_0, none, Action::fit_all},
    {"Y", GLFW_KEY_Y, none, Action::language},
    {"E", GLFW_KEY_E, none, Action::fold},
    {"Ctrl Shift F", GLFW_KEY_F, shift | control, Action::filter},
    {"Ctrl F", GLFW_KEY_F, control, Action::search},
    {"F3", GLFW_KEY_F3, none, Action::found_forward},
    {"Shift F3", GLFW_KEY_F3, shift, Action::found_back},
    {"M", GLFW_KEY_M, none, Action::mark},
    {"Shift M", GLFW_KEY_M, shift, Action::marks},
    {"O", GLFW_KEY_O, none, Action::sort},
    {"/", GLFW_KEY_SLASH, none, Action::search},
    {"Ctrl Shift P", GLFW_KEY_P, shift | control, Action::palette},
    {"F1", GLFW_KEY_F1, none, Action::palette},
    {"Ctrl T", GLFW_KEY_T, control, Action::theme},
    {"F2", GLFW_KEY_F2, none, Action::theme},
    {"2", GLFW_KEY_2, none, Action::compare},
    {"F10", GLFW_KEY_F10, none, Action::menu},
    {"R", GLFW_KEY_R, none, Action::program},
    {"Ctrl S", GLFW_KEY_S, control, Action::save},
    {"Ctrl Shift S", GLFW_KEY_S, shift | control, Action::save_as},
    {"Ctrl O", GLFW_KEY_O, control, Action::open},
    {"Ctrl Shift O", GLFW_KEY_O, shift | control, Action::open_recent},
    {"Ctrl C", GLFW_KEY_C, control, Action::copy},
    {"Ctrl Z", GLFW_KEY_Z, control, Action::undo},
    {"Ctrl +", GLFW_KEY_EQUAL, control, Action::larger},
    {"Ctrl -", GLFW_KEY_MINUS, control, Action::smaller},
    {"Ctrl 0", GLFW_KEY_0, control, Action::normal_size},
    {"1", GLFW_KEY_1, none, Action::explore},
    {"3", GLFW_KEY_3, none, Action::lesson},
    {"4", GLFW_KEY_4, none, Action::present},
    {"F5", GLFW_KEY_F5, none, Action::present},
    {"Enter", GLFW_KEY_ENTER, none, Action::next},
    {"Shift Enter", GLFW_KEY_ENTER, shift, Action::back},
    {"Escape", GLFW_KEY_ESCAPE, none, Action::leave},
    {"?", GLFW_KEY_SLASH, shift, Action::help},
    {"Ctrl Q", GLFW_KEY_Q, control, Action::quit},
};

TEST(Command, is_found_by_each_key_of_the_manual) {
    for (const Binding& binding : bindings) {
        const Command* const command = find_command(binding.key, binding.modifiers);
        ASSERT_TRUE(command) << binding.keys;
        EXPECT_EQ(command->action, binding.action) << binding.keys << " does: " << command->name;
    }
}

TEST(Command, is_found_with_shift_held_by_mistake_if_shift_means_nothing_else) {
    for (const Binding& binding : bindings) {
        const auto with_shift = static_cast<std::uint8_t>(binding.modifiers | shift);
        const Command* const command = find_command(binding.key, with_shift);
        ASSERT_TRUE(command) << binding.keys;
        const bool own = command->modifiers == with_shift && command->key == binding.key;
        const bool other = command->modifiers == with_shift;
        EXPECT_TRUE(own || other || command->action == binding.action) << binding.keys;
    }
    EXPECT_EQ(find_command(GLFW_KEY_C, shift)->action, Action::storage_contextvar);
    EXPECT_EQ(find_command(GLFW_KEY_EQUAL, shift | control)->action, Action::larger) << "where + needs Shift";
    EXPECT_EQ(find_command(GLFW_KEY_RIGHT, shift)->action, Action::iteration_forward);
}

TEST(Command, is_not_found_with_control_held_if_it_has_none) {
    EXPECT_FALSE(find_command(GLFW_KEY_G, control));
    EXPECT_FALSE(find_command(GLFW_KEY_SPACE, control));
    EXPECT_FALSE(find_command(GLFW_KEY_Q, none));
    EXPECT_FALSE(find_command(GLFW_KEY_Z, none));
}

TEST(Command, is_found_by_the_keys_of_the_number_pad) {
    EXPECT_EQ(find_command(GLFW_KEY_KP_ADD, control)->action, Action::larger);
    EXPECT_EQ(find_command(GLFW_KEY_KP_SUBTRACT, control)->action, Action::smaller);
    EXPECT_EQ(find_command(GLFW_KEY_KP_0, control)->action, Action::normal_size);
    EXPECT_EQ(find_command(GLFW_KEY_KP_ENTER, none)->action, Action::next);
    EXPECT_EQ(digit_of(GLFW_KEY_KP_7), 7);
    EXPECT_EQ(digit_of(GLFW_KEY_2), 2);
    EXPECT_EQ(digit_of(GLFW_KEY_A), -1);
}

TEST(Command, has_a_key_that_no_other_has) {
    std::set<std::pair<int, std::uint8_t>> keys;
    for (const Command& command : commands()) {
        if (command.key == 0) continue;
        EXPECT_TRUE(keys.insert({command.key, command.modifiers}).second) << command.name;
        EXPECT_EQ(find_command(command.key, command.modifiers), &command);
        EXPECT_FALSE(command.keys.empty()) << command.name;
    }
}

TEST(Command, is_there_once_for_each_action_and_has_a_name) {
    std::set<Action> actions;
    std::set<std::string_view> names;
    for (const Command& command : commands()) {
        EXPECT_TRUE(actions.insert(command.action).second) << command.name;
        EXPECT_TRUE(names.insert(command.name).second) << command.name;
        EXPECT_FALSE(command.name.empty());
        EXPECT_EQ(&command_of(command.action), &command);
    }
}

TEST(Command, stands_in_exactly_one_group_of_the_menu) {
    std::vector<const Command*> grouped;
    for (const CommandGroup& group : command_groups()) {
        EXPECT_FALSE(commands_of(group).empty()) << group.name;
        for (const Command& command : commands_of(group)) grouped.push_back(&command);
    }
    std::vector<const Command*> all;
    for (const Command& command : commands()) all.push_back(&command);
    EXPECT_EQ(grouped, all);
}

TEST(Command, does_not_exist_for_a_key_without_a_meaning) {
    EXPECT_FALSE(find_command(GLFW_KEY_F12, none));
    EXPECT_FALSE(find_command(GLFW_KEY_UNKNOWN, none));
    EXPECT_FALSE(find_command(0, none)) << "commands without a key have no key";
}

TEST(Palette, finds_commands_by_letters_in_their_order) {
    EXPECT_TRUE(fits_query("Storage: contextvar", "context"));
    EXPECT_TRUE(fits_query("Storage: contextvar", "scv"));
    EXPECT_TRUE(fits_query("Storage: contextvar", ""));
    EXPECT_TRUE(fits_query("One handle forward", "ONE for"));
    EXPECT_FALSE(fits_query("One handle forward", "rof"));
}

}  // namespace
}  // namespace loopscope::panels
