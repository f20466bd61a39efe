// SPDX-License-Identifier: MIT
#include "app/panels/list_letters.hpp"

#include <cctype>
#include <utility>

#include <imgui.h>

#include "app/panels/input_queue.hpp"

namespace loopscope::panels {
namespace {

char lower_case(char letter) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
}

}  // namespace

std::optional<std::size_t> next_with_letter(const std::vector<std::string>& labels,
                                            std::optional<std::size_t> from, char letter) {
    const std::size_t first = from ? *from + 1 : 0;
    for (std::size_t each = 0; each < labels.size(); ++each) {
        const std::size_t at = (first + each) % labels.size();
        if (!labels[at].empty() && lower_case(labels[at].front()) == lower_case(letter)) return at;
    }
    return std::nullopt;
}

void ListLetters::begin(bool has_focus) {
    labels_ = std::exchange(drawn_, {});
    wanted_.reset();
    const ImGuiIO& io = ImGui::GetIO();
    const bool listens = has_focus && !InputQueue::is_text_wanted();
    if (listens && !io.InputQueueCharacters.empty()) {
        const ImWchar typed = io.InputQueueCharacters.front();
        if (typed > ' ' && typed < 0x7F)
            wanted_ = next_with_letter(labels_, focused_, static_cast<char>(typed));
    }
    focused_.reset();
}

void ListLetters::note(std::string_view label) {
    if (wanted_ == drawn_.size()) ImGui::SetKeyboardFocusHere(-1);
    if (ImGui::IsItemFocused()) focused_ = drawn_.size();
    drawn_.emplace_back(label);
}

}  // namespace loopscope::panels
