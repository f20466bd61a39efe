// SPDX-License-Identifier: MIT
#include "app/cli/keys_command.hpp"

#include <string>

#include <fmt/format.h>

#include "app/cli/streams.hpp"
#include "app/panels/command.hpp"
#include "core/base/utf8.hpp"

namespace loopscope::cli {
namespace {

/// Returns a text with spaces appended up to `width` characters; fmt would count the bytes of an arrow.
std::string padded(std::string_view text, std::size_t width) {
    const std::size_t length = characters(text).size();
    return std::string(text) + std::string(length < width ? width - length : 0, ' ');
}

std::string keys_as_text() {
    std::string text;
    for (const panels::CommandGroup& group : panels::command_groups()) {
        text += fmt::format("{}{}\n", text.empty() ? "" : "\n", group.name);
        for (const panels::Command& command : panels::commands_of(group))
            text += fmt::format("  {}{}\n", padded(command.keys, 18), command.name);
    }
    text += "\nMouse\n";
    for (const panels::Gesture& gesture : panels::gestures())
        text += fmt::format("  {}{}\n", padded(gesture.gesture, 28), gesture.effect);
    return text;
}

std::string page() {
    std::string text =
        "# Keys and mouse\n\n"
        "Everything that can be done has a name. All of it is in the command palette (Ctrl Shift P) and in "
        "the menu (F10), and most of it has a key. Keys are bound to positions on the keyboard and have the "
        "names of a US keyboard here; while a text is being typed, they are letters.\n\n"
        "This page is what `loopscope keys --markdown` writes.\n";
    for (const panels::CommandGroup& group : panels::command_groups()) {
        text += fmt::format("\n## {}\n\n| key | does |\n|---|---|\n", group.name);
        for (const panels::Command& command : panels::commands_of(group))
            text += fmt::format("| {} | {} |\n", command.keys, command.name);
    }
    text += "\n## Mouse\n\n| gesture | does |\n|---|---|\n";
    for (const panels::Gesture& gesture : panels::gestures())
        text += fmt::format("| {} | {} |\n", gesture.gesture, gesture.effect);
    return text;
}

}  // namespace

int keys_command(bool markdown) {
    return print(markdown ? page() : keys_as_text());
}

}  // namespace loopscope::cli
