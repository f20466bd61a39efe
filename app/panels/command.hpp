// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace loopscope::panels {

/// Everything that a user can do with a key, a button or the menu; commands() has an entry for each.
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
    stale_forward,
    stale_back,
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
    variable,
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
    lane_above,
    lane_below,
    filter,
    sort,
    search,
    found_forward,
    found_back,
    mark,
    marks,
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
    fullscreen,
    next,
    back,
    leave,
    help,
    quit,
    open,
    open_recent,
    save_as,
    export_picture,
    export_large_picture,
    export_drawing,
    export_chrome,
    export_table,
    export_page,
    copy,
    copy_why,
    copy_output,
    panel_loop,
    panel_storage,
    panel_output,
    panel_source,
    panel_why,
    panel_details,
    panels_reset,
};

/// Whether the window is a page in a browser.
#ifdef __EMSCRIPTEN__
inline constexpr bool in_browser = true;
#else
inline constexpr bool in_browser = false;
#endif

/// Returns whether a command is offered. A page in a browser has no folders, and is left as every page is.
[[nodiscard]] constexpr bool is_offered(Action action) {
    return !in_browser ||
           (action != Action::open_recent && action != Action::save_as && action != Action::quit);
}

/// Modifiers of a key, as bits with GLFW's values.
enum Modifier : std::uint8_t { none = 0, shift = 1, control = 2 };

/// A command: what it does, its name, and its key.
struct Command {
    Action action;
    std::string_view name;
    std::string_view keys;  ///< for display: "Shift →"
    int key = 0;            ///< GLFW's key, which names a position on the keyboard; 0: none
    std::uint8_t modifiers = none;
};

/// Returns the table of all commands, in the order in which they are listed.
std::span<const Command> commands();

/// A group of related commands: from `first` in the table up to the first of the next group.
struct CommandGroup {
    std::string_view name;
    Action first;
};
/// Returns all groups, in the order of their commands.
std::span<const CommandGroup> command_groups();
/// Returns the commands of a group.
std::span<const Command> commands_of(const CommandGroup& group);

/// A description of what the mouse does, for the list of keys; the panels implement it.
struct Gesture {
    std::string_view gesture;
    std::string_view effect;
};
/// Returns all gestures of the mouse.
std::span<const Gesture> gestures();

/// Returns the command of a key press; null if there is none. If no command has the key with Shift, Shift is
/// ignored.
const Command* find_command(int key, std::uint8_t modifiers);

/// Returns the digit 0 to 9 of a key on the main block or on the number pad; -1 for any other key.
int digit_of(int key);

/// Returns the tooltip of a button that carries out a command: its name and its key.
std::string tip_of(Action action);

/// Returns the command of an action.
const Command& command_of(Action action);

}  // namespace loopscope::panels
