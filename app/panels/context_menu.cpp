// SPDX-License-Identifier: MIT
#include "app/panels/context_menu.hpp"

#include <utility>

namespace loopscope::panels {

std::span<const Action> ContextMenu::commands_for(Kind kind) {
    static constexpr Action empty[] = {Action::fit_all,  Action::axis, Action::arrows,
                                       Action::fold_all, Action::sort, Action::filter,
                                       Action::search,   Action::mark, Action::view_back};
    static constexpr Action lane[] = {Action::task_forward, Action::task_back, Action::fold,
                                      Action::fold_all,     Action::sort,      Action::filter};
    static constexpr Action step[] = {Action::fit_selection, Action::task_forward, Action::task_back,
                                      Action::mark,          Action::fold,         Action::arrows};
    static constexpr Action print[] = {Action::fit_selection, Action::print_forward, Action::print_back,
                                       Action::leak_forward,  Action::mark,          Action::arrows};
    static constexpr Action slice[] = {Action::fit_selection, Action::handle_forward, Action::handle_back,
                                       Action::mark, Action::fold};
    static constexpr Action moment[] = {Action::mark, Action::fit_all};
    static constexpr Action mark[] = {Action::mark};
    static constexpr Action range[] = {Action::fit_selection};
    switch (kind) {
        case Kind::empty: return empty;
        case Kind::lane: return lane;
        case Kind::step: return step;
        case Kind::print: return print;
        case Kind::slice: return slice;
        case Kind::moment: return moment;
        case Kind::mark: return mark;
        case Kind::range: return range;
    }
    return {};
}

void ContextMenu::open(Target target) {
    target_ = std::move(target);
    opens_ = true;
}

std::optional<ContextMenu::Choice> ContextMenu::update(const Ui& ui) {
    if (std::exchange(opens_, false)) ImGui::OpenPopup("context");
    is_open_ = ImGui::BeginPopup("context", ImGuiWindowFlags_NoMove);
    const bool closes = std::exchange(closes_, false);
    if (!is_open_) return std::nullopt;
    letters_.begin(ImGui::IsWindowFocused());
    if (!target_.title.empty()) {
        const FittedText title = fit_text(ui.fonts.text, target_.title, ui.px(420));
        ImGui::TextDisabled("%s%s", std::string(title.text).c_str(), title.whole ? "" : "…");
        ImGui::Separator();
    }
    std::optional<Choice> choice = entries();
    if (choice || closes) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
    return choice;
}

bool ContextMenu::entry(const char* name, std::string_view keys) {
    const std::string text(keys);
    const bool chosen = ImGui::MenuItem(name, text.empty() ? nullptr : text.c_str());
    letters_.note(name);
    return chosen;
}

std::optional<ContextMenu::Choice> ContextMenu::entries() {
    std::optional<Choice> choice;
    if (target_.event && entry("Go there", "Click")) choice = {target_.event, {}};
    for (const Action action : commands_for(target_.kind)) {
        const Command& command = command_of(action);
        if (entry(std::string(command.name).c_str(), command.keys)) choice = {target_.event, action};
    }
    if (target_.kind == Kind::mark && entry("Remove this mark", {})) choice = {target_.event, {}, true};
    if (target_.kind == Kind::range && entry("End the selection", "Escape")) choice = {{}, {}, false, true};
    return choice;
}

}  // namespace loopscope::panels
