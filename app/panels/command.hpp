#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace loopscope::panels {

/// Everything that a user can do with a key, a button or the menu: one table for all.
enum class Action : std::uint8_t {
    play,
    handle_forward,
    handle_back,
    iteration_forward,
    iteration_back,
    task_forward,
    task_back,
    print_forward,
    print_back,
    leak_forward,
    leak_back,
    difference_forward,
    difference_back,
    start,
    head,
    storage_global,
    storage_thread_local,
    storage_contextvar,
    storage_argument,
    storage_context_shared,
    storage_context_copy,
    storage_context_chainmap,
    axis,
    zoom_in,
    zoom_out,
    pan_left,
    pan_right,
    fit_all,
    fit_selection,
    language,
    fold,
    fold_all,
    filter,
    sort,
    search,
    mark,
    view_back,
    arrows,
    program,
    save,
    undo,
    redo,
    faster,
    slower,
    larger,
    smaller,
    normal_size,
    theme,
    palette,
    menu,
    explore,
    compare,
    lesson,
    present,
    next,
    back,
    leave,
    help,
    quit,
};

/// Modifiers of a key, as bits. The values are GLFW's.
enum Modifier : std::uint8_t { none = 0, shift = 1, control = 2 };

struct Command {
    Action action;
    std::string_view name;
    std::string_view keys;  ///< as people read them: "Shift →"
    int key = 0;            ///< GLFW's key, which names a position on the keyboard; 0: no key
    std::uint8_t modifiers = none;
};

std::span<const Command> commands();

/// Commands that belong together: the table's from `first` to the next group's.
struct CommandGroup {
    std::string_view name;
    Action first;
};
std::span<const CommandGroup> command_groups();
std::span<const Command> commands_of(const CommandGroup& group);

/// What the mouse does, for those who read about it; the panels do it.
struct Gesture {
    std::string_view gesture;
    std::string_view effect;
};
std::span<const Gesture> gestures();

/// The command of a key press, or null. Keys that a command has no modifiers for work with Shift only if no
/// other command has it.
const Command* find_command(int key, std::uint8_t modifiers);

/// The digit of a key, 0 to 9, on either block of keys; -1 if it is none.
int digit_of(int key);

/// The command that does something.
const Command& command_of(Action action);

}  // namespace loopscope::panels
