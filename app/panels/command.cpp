// SPDX-License-Identifier: MIT
#include "app/panels/command.hpp"

#define GLFW_INCLUDE_NONE
#include <algorithm>

#include <GLFW/glfw3.h>
#include <fmt/format.h>

namespace loopscope::panels {

namespace {

constexpr Command table[] = {
    {Action::open, "Open a trace", "Ctrl O", GLFW_KEY_O, control},
    {Action::open_recent, "Open a recent file", "Ctrl Shift O", GLFW_KEY_O, shift | control},
    {Action::save, "Save the run to a file", "Ctrl S", GLFW_KEY_S, control},
    {Action::save_as, "Save the run under another name", "Ctrl Shift S", GLFW_KEY_S, shift | control},
    {Action::export_picture, "Export a picture of the window: PNG", ""},
    {Action::export_large_picture, "Export a picture of twice the size: PNG", ""},
    {Action::export_drawing, "Export the timeline as a drawing: SVG", ""},
    {Action::export_chrome, "Export for Chrome's and Perfetto's viewers: JSON", ""},
    {Action::export_table, "Export a table of all events: CSV", ""},
    {Action::export_page, "Export a page for any browser: HTML", ""},
    {Action::copy, "Copy what is under the mouse, or else WHY", "Ctrl C", GLFW_KEY_C, control},
    {Action::copy_why, "Copy what WHY says", ""},
    {Action::copy_output, "Copy the output", ""},
    {Action::quit, "Quit", "Ctrl Q", GLFW_KEY_Q, control},
    {Action::play, "Play, pause", "Space", GLFW_KEY_SPACE},
    {Action::handle_forward, "One handle forward", "→", GLFW_KEY_RIGHT},
    {Action::handle_back, "One handle back", "←", GLFW_KEY_LEFT},
    {Action::iteration_forward, "One iteration forward", "Shift →", GLFW_KEY_RIGHT, shift},
    {Action::iteration_back, "One iteration back", "Shift ←", GLFW_KEY_LEFT, shift},
    {Action::task_forward, "This task's next step", "Ctrl →", GLFW_KEY_RIGHT, control},
    {Action::task_back, "This task's previous step", "Ctrl ←", GLFW_KEY_LEFT, control},
    {Action::print_forward, "Next print", "P", GLFW_KEY_P},
    {Action::print_back, "Previous print", "Shift P", GLFW_KEY_P, shift},
    {Action::leak_forward, "Next leak", "L", GLFW_KEY_L},
    {Action::leak_back, "Previous leak", "Shift L", GLFW_KEY_L, shift},
    {Action::stale_forward, "Next stale read", "K", GLFW_KEY_K},
    {Action::stale_back, "Previous stale read", "Shift K", GLFW_KEY_K, shift},
    {Action::difference_forward, "Next difference from another run", "N", GLFW_KEY_N},
    {Action::difference_back, "Previous difference from another run", "Shift N", GLFW_KEY_N, shift},
    {Action::start, "To the start", "Home", GLFW_KEY_HOME},
    {Action::head, "To the head", "End", GLFW_KEY_END},
    {Action::faster, "Play faster", ".", GLFW_KEY_PERIOD},
    {Action::slower, "Play slower", ",", GLFW_KEY_COMMA},
    {Action::undo, "Undo a switch, fork, jump or view", "Ctrl Z", GLFW_KEY_Z, control},
    {Action::redo, "Redo", "Ctrl Y", GLFW_KEY_Y, control},
    {Action::storage_global, "Storage: global", "G", GLFW_KEY_G},
    {Action::storage_thread_local, "Storage: thread-local", "H", GLFW_KEY_H},
    {Action::storage_contextvar, "Storage: contextvar", "C", GLFW_KEY_C},
    {Action::storage_argument, "Storage: argument", ""},
    {Action::storage_context_shared, "Storage: context-shared", ""},
    {Action::storage_context_copy, "Storage: context-copy", ""},
    {Action::storage_context_chainmap, "Storage: context-chainmap", ""},
    {Action::variable, "Storage of one variable, of the next, of all", "V", GLFW_KEY_V},
    {Action::axis, "Sequence or time", "T", GLFW_KEY_T},
    {Action::zoom_in, "Zoom in", "W, wheel", GLFW_KEY_W},
    {Action::zoom_out, "Zoom out", "S, wheel", GLFW_KEY_S},
    {Action::pan_left, "Pan left", "A, drag", GLFW_KEY_A},
    {Action::pan_right, "Pan right", "D, drag", GLFW_KEY_D},
    {Action::fit_all, "Fit all", "0", GLFW_KEY_0},
    {Action::fit_selection, "Fit the range, or what is at the cursor", "F", GLFW_KEY_F},
    {Action::language, "Source in C++ or Python", "Y", GLFW_KEY_Y},
    {Action::fold, "Fold or unfold this task's lane", "E", GLFW_KEY_E},
    {Action::fold_all, "Fold or unfold all lanes", "Shift E", GLFW_KEY_E, shift},
    {Action::lane_above, "Select the lane above", "↑", GLFW_KEY_UP},
    {Action::lane_below, "Select the lane below", "↓", GLFW_KEY_DOWN},
    {Action::filter, "Filter lanes", "Ctrl Shift F", GLFW_KEY_F, shift | control},
    {Action::sort, "Sort lanes: as created, by name, chain, state", "O", GLFW_KEY_O},
    {Action::search, "Search tasks, output, slices and marks", "Ctrl F, /", GLFW_KEY_F, control},
    {Action::found_forward, "Next that the search finds", "F3", GLFW_KEY_F3},
    {Action::found_back, "Previous that the search finds", "Shift F3", GLFW_KEY_F3, shift},
    {Action::mark, "Mark this moment", "M", GLFW_KEY_M},
    {Action::marks, "List of marks", "Shift M", GLFW_KEY_M, shift},
    {Action::view_back, "Back to the last view", "Backspace", GLFW_KEY_BACKSPACE},
    {Action::arrows, "Arrows: selected, all, none", "X", GLFW_KEY_X},
    {Action::panel_loop, "Show or hide LOOP", ""},
    {Action::panel_storage, "Show or hide STORAGE", ""},
    {Action::panel_output, "Show or hide OUTPUT", ""},
    {Action::panel_source, "Show or hide SOURCE", ""},
    {Action::panel_why, "Show or hide WHY", ""},
    {Action::panel_details, "Show or hide DETAILS", ""},
    {Action::panels_reset, "All panels, at their usual sizes", ""},
    {Action::larger, "Everything larger", "Ctrl +", GLFW_KEY_EQUAL, control},
    {Action::smaller, "Everything smaller", "Ctrl −", GLFW_KEY_MINUS, control},
    {Action::normal_size, "Everything at normal size", "Ctrl 0", GLFW_KEY_0, control},
    {Action::theme, "Theme: dark, light, projector", "Ctrl T, F2", GLFW_KEY_T, control},
    {Action::present, "Present: larger, fewer panels", "4, F5", GLFW_KEY_4},
    {Action::fullscreen, "The whole screen", "F11", GLFW_KEY_F11},
    {Action::program, "Program and its parameters", "R", GLFW_KEY_R},
    {Action::palette, "Command palette", "Ctrl Shift P, F1", GLFW_KEY_P, shift | control},
    {Action::menu, "Menu", "F10", GLFW_KEY_F10},
    {Action::explore, "Explore: what else could happen", "1", GLFW_KEY_1},
    {Action::compare, "Compare with a kept run", "2", GLFW_KEY_2},
    {Action::lesson, "Lessons: predict, then see", "3", GLFW_KEY_3},
    {Action::next, "Lesson or demo: continue", "Enter", GLFW_KEY_ENTER},
    {Action::back, "Lesson: back", "Shift Enter", GLFW_KEY_ENTER, shift},
    {Action::leave, "Close what was opened last", "Escape", GLFW_KEY_ESCAPE},
    {Action::help, "All keys", "?", GLFW_KEY_SLASH, shift},
};

}  // namespace

std::span<const Command> commands() {
    return table;
}

std::span<const CommandGroup> command_groups() {
    static constexpr CommandGroup groups[] = {
        {"File", Action::open},     {"Run", Action::play},        {"Storage", Action::storage_global},
        {"Timeline", Action::axis}, {"View", Action::panel_loop}, {"Window", Action::program},
    };
    return groups;
}

std::span<const Command> commands_of(const CommandGroup& group) {
    const auto index_of = [](Action first) { return std::ranges::find(commands(), first, &Command::action); };
    const auto groups = command_groups();
    const auto next = std::ranges::find(groups, group.first, &CommandGroup::first) + 1;
    return {index_of(group.first), next == groups.end() ? commands().end() : index_of(next->first)};
}

std::span<const Gesture> gestures() {
    static constexpr Gesture table[] = {
        {"Click a step, print or mark", "Go there"},
        {"Double-click a step, slice or range", "Zoom to it"},
        {"Right-click", "What can be done there"},
        {"Wheel", "Zoom at the mouse"},
        {"Shift wheel", "Scroll the lanes"},
        {"Drag, wheel sideways", "Pan"},
        {"Shift drag", "Select a range: what happened, by task"},
        {"Drag in the minimap", "Move the view"},
        {"Click the arrow of a lane", "Fold or unfold it"},
        {"Click the name of many tasks", "Fold or unfold them"},
        {"Click the leaks at the top", "Go to the next one"},
        {"Click in OUTPUT", "Go to where that character is printed"},
        {"Click in SOURCE", "Go to the line's next run; Shift: previous"},
        {"Drag a border between panels", "Divide the room; a double click: as usual"},
        {"Drop a file", "Open it"},
    };
    return table;
}

const Command* find_command(int key, std::uint8_t modifiers) {
    // Keys of the number pad are equal to those of the main block.
    if (key == GLFW_KEY_KP_ADD) key = GLFW_KEY_EQUAL;
    if (key == GLFW_KEY_KP_SUBTRACT) key = GLFW_KEY_MINUS;
    if (key == GLFW_KEY_KP_ENTER) key = GLFW_KEY_ENTER;
    if (key == GLFW_KEY_KP_0) key = GLFW_KEY_0;
    if (key == GLFW_KEY_F5) key = GLFW_KEY_4;  // presentation programs use F5
    // Browsers keep some keys for themselves.
    if (key == GLFW_KEY_F2) return &command_of(Action::theme);
    if (key == GLFW_KEY_F1) return &command_of(Action::palette);
    if (key == GLFW_KEY_SLASH && modifiers == none) return &command_of(Action::search);  // as in vi and less
    const auto matches = [&](std::uint8_t wanted) {
        return std::ranges::find_if(commands(), [&, wanted](const Command& each) {
            return each.key != 0 && each.key == key && each.modifiers == wanted && is_offered(each.action);
        });
    };
    const auto held = static_cast<std::uint8_t>(modifiers & (shift | control));
    if (const auto exact = matches(held); exact != commands().end()) return &*exact;
    if (held == shift || held == (shift | control)) {
        const auto loose = matches(static_cast<std::uint8_t>(held & ~shift));
        if (loose != commands().end()) return &*loose;
    }
    return nullptr;
}

int digit_of(int key) {
    if (key >= GLFW_KEY_0 && key <= GLFW_KEY_9) return key - GLFW_KEY_0;
    if (key >= GLFW_KEY_KP_0 && key <= GLFW_KEY_KP_9) return key - GLFW_KEY_KP_0;
    return -1;
}

std::string tip_of(Action action) {
    const Command& command = command_of(action);
    return command.keys.empty() ? std::string(command.name)
                                : fmt::format("{}  ({})", command.name, command.keys);
}

const Command& command_of(Action action) {
    return *std::ranges::find(commands(), action, &Command::action);
}

}  // namespace loopscope::panels
