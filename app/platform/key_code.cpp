// SPDX-License-Identifier: MIT
#include "app/platform/key_code.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/number.hpp"

#define GLFW_INCLUDE_NONE
#include <GLFW/glfw3.h>

namespace loopscope::platform {
namespace {

struct Named {
    std::string_view code;
    int key;
};

constexpr Named named[] = {
    {"Space", GLFW_KEY_SPACE},
    {"Quote", GLFW_KEY_APOSTROPHE},
    {"Comma", GLFW_KEY_COMMA},
    {"Minus", GLFW_KEY_MINUS},
    {"Period", GLFW_KEY_PERIOD},
    {"Slash", GLFW_KEY_SLASH},
    {"Semicolon", GLFW_KEY_SEMICOLON},
    {"Equal", GLFW_KEY_EQUAL},
    {"BracketLeft", GLFW_KEY_LEFT_BRACKET},
    {"Backslash", GLFW_KEY_BACKSLASH},
    {"BracketRight", GLFW_KEY_RIGHT_BRACKET},
    {"Backquote", GLFW_KEY_GRAVE_ACCENT},
    {"Escape", GLFW_KEY_ESCAPE},
    {"Enter", GLFW_KEY_ENTER},
    {"Tab", GLFW_KEY_TAB},
    {"Backspace", GLFW_KEY_BACKSPACE},
    {"Insert", GLFW_KEY_INSERT},
    {"Delete", GLFW_KEY_DELETE},
    {"ArrowRight", GLFW_KEY_RIGHT},
    {"ArrowLeft", GLFW_KEY_LEFT},
    {"ArrowDown", GLFW_KEY_DOWN},
    {"ArrowUp", GLFW_KEY_UP},
    {"PageUp", GLFW_KEY_PAGE_UP},
    {"PageDown", GLFW_KEY_PAGE_DOWN},
    {"Home", GLFW_KEY_HOME},
    {"End", GLFW_KEY_END},
    {"NumpadDecimal", GLFW_KEY_KP_DECIMAL},
    {"NumpadDivide", GLFW_KEY_KP_DIVIDE},
    {"NumpadMultiply", GLFW_KEY_KP_MULTIPLY},
    {"NumpadSubtract", GLFW_KEY_KP_SUBTRACT},
    {"NumpadAdd", GLFW_KEY_KP_ADD},
    {"NumpadEnter", GLFW_KEY_KP_ENTER},
    {"ShiftLeft", GLFW_KEY_LEFT_SHIFT},
    {"ShiftRight", GLFW_KEY_RIGHT_SHIFT},
    {"ControlLeft", GLFW_KEY_LEFT_CONTROL},
    {"ControlRight", GLFW_KEY_RIGHT_CONTROL},
    {"AltLeft", GLFW_KEY_LEFT_ALT},
    {"AltRight", GLFW_KEY_RIGHT_ALT},
    {"MetaLeft", GLFW_KEY_LEFT_SUPER},
    {"MetaRight", GLFW_KEY_RIGHT_SUPER},
};

/// Returns the key of a code that is a word and a number or a letter: "KeyA", "F10".
int numbered_key(std::string_view code) {
    const auto after = [&](std::string_view word) {
        return code.starts_with(word) ? code.substr(word.size()) : std::string_view();
    };
    if (const auto letter = after("Key"); letter.size() == 1 && letter[0] >= 'A' && letter[0] <= 'Z')
        return letter[0];  // GLFW's keys of letters are the letters
    const auto digit_from = [](std::string_view digit, int zero) {
        return digit.size() == 1 && digit[0] >= '0' && digit[0] <= '9' ? zero + (digit[0] - '0') : 0;
    };
    if (const int key = digit_from(after("Digit"), GLFW_KEY_0)) return key;
    if (const int key = digit_from(after("Numpad"), GLFW_KEY_KP_0)) return key;
    const auto function = number_of<int>(after("F"));
    return function && *function >= 1 && *function <= 24 ? GLFW_KEY_F1 + *function - 1 : 0;
}

}  // namespace

int key_of_code(std::string_view code) {
    const auto* const found = std::find_if(std::begin(named), std::end(named),
                                           [&](const Named& each) { return each.code == code; });
    return found != std::end(named) ? found->key : numbered_key(code);
}

}  // namespace loopscope::platform
