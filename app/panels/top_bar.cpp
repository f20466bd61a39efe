// SPDX-License-Identifier: MIT
#include "app/panels/top_bar.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "app/panels/icons.hpp"
#include "core/trace/text.hpp"

namespace loopscope::panels {
namespace {

using trace::Storage;

Action action_of(Storage storage) {
    switch (storage) {
        case Storage::argument: return Action::storage_argument;
        case Storage::global: return Action::storage_global;
        case Storage::thread_local_: return Action::storage_thread_local;
        case Storage::context_shared: return Action::storage_context_shared;
        case Storage::context_copy: return Action::storage_context_copy;
        case Storage::context_chainmap: return Action::storage_context_chainmap;
        case Storage::contextvar: break;
    }
    return Action::storage_contextvar;
}

constexpr float button_height = 38;
/// The padding of a button's label where there is little room, in design pixels.
constexpr float tight_padding = 10;
/// The widths of the storages' buttons where there is room, in design pixels.
constexpr float global_width = 108;
constexpr float thread_local_width = 142;
constexpr float contextvar_width = 124;
constexpr float more_width = 72;
constexpr float other_width = 176;
constexpr float segment_gap = 6;

/// Draws one button of a row in which one is on; `can`: they can be used. Returns true when it is clicked.
bool segment(const Ui& ui, const char* label, bool on, bool can, float width) {
    ImGui::PushStyleColor(ImGuiCol_Button, to_im_vec(on ? ui.theme.marked : ui.theme.panel));
    const timeline::Color off = can ? ui.theme.dim : ui.theme.hint;
    ImGui::PushStyleColor(ImGuiCol_Text, to_im_vec(!on ? off : can ? ui.theme.text : ui.theme.dim));
    ImGui::PushStyleColor(ImGuiCol_Border, to_im_vec(on ? ui.theme.faint : ui.theme.line));
    ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, std::max(ui.px(1), 1.0F));
    ImGui::PushFont(on ? ui.fonts.bold : ui.fonts.text);
    const bool clicked = ImGui::Button(label, {width, ui.px(button_height)});
    ImGui::PopFont();
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(3);
    return clicked;
}

std::string leak_text(const session::Session& session) {
    const std::uint32_t stales = session.index().stales_until(session.cursor());
    return fmt::format("{} of {} leak{}", session.index().leaks_until(session.cursor()),
                       session.index().prints_until(session.cursor()),
                       stales > 0 ? fmt::format(", {} stale", stales) : "");
}

std::string short_leak_text(const session::Session& session) {
    const std::uint32_t stales = session.index().stales_until(session.cursor());
    return fmt::format("{}{}/{}", session.index().leaks_until(session.cursor()),
                       stales > 0 ? fmt::format("+{}", stales) : "",
                       session.index().prints_until(session.cursor()));
}

/// Returns whether a storage has no button of its own.
bool is_other(Storage storage) {
    return storage == Storage::argument || storage == Storage::context_shared ||
           storage == Storage::context_copy || storage == Storage::context_chainmap;
}

/// Returns the label of the button that opens the list of all storages.
std::string more_label(Storage now) {
    return is_other(now) ? std::string(name(now)) : std::string("more");
}
std::string only_label(Storage now) {
    return fmt::format("{}  ↓", name(now));
}

BarWidths widths_of(const Ui& ui, const session::Session& session, Storage now, float menu, float program) {
    // Widths are those of the bold font, in which the selected label is drawn, so that nothing moves when
    // another one is selected.
    const auto tight = [&](std::string_view word) {
        return text_width(ui.fonts.bold, word) + 2 * ui.px(tight_padding);
    };
    const float more = ui.px(is_other(now) ? other_width : more_width);
    BarWidths widths;
    widths.menu = menu;
    widths.program = program;
    widths.storages = ui.px(global_width + thread_local_width + contextvar_width + 3 * segment_gap) + more;
    widths.tight_storages = tight(name(Storage::global)) + tight(name(Storage::thread_local_)) +
                            tight(name(Storage::contextvar)) + tight(more_label(now)) +
                            ui.px(3 * segment_gap);
    widths.one_storage = tight(only_label(now));
    widths.leaks = text_width(ui.fonts.bold, leak_text(session)) + ui.px(36);
    widths.short_leaks = text_width(ui.fonts.bold, short_leak_text(session)) + ui.px(28);
    return widths;
}

}  // namespace

TopBar::Response TopBar::update(const Ui& ui, const session::Session& session, VariableId variable,
                                const Player& player, const Menu::State& menu, timeline::Rect rect) {
    Response response;
    const trace::State& state = session.state();
    const Storage now = variable ? state.storage(variable) : state.common_storage();
    ImGui::SetNextWindowPos({rect.x, rect.y});
    ImGui::SetNextWindowSize({rect.width, rect.height});
    ImGui::Begin("bar", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoBringToFrontOnFocus);
    ImGui::GetWindowDrawList()->AddLine({rect.x, rect.bottom() - 1}, {rect.right(), rect.bottom() - 1},
                                        to_im(ui.theme.line));
    const float top = (rect.height - ui.px(button_height)) / 2;
    const BarLayout layout = BarLayout::create(
        rect.width, ui.scale,
        widths_of(ui, session, now, Menu::width(ui), ProgramMenu::button_width(ui, session)));
    ImGui::SetCursorPos({ui.px(bar_menu_left), top});
    Menu::Response chosen = menu_.update(ui, ui.px(button_height), menu);
    response.action = chosen.action;
    response.file = std::move(chosen.file);
    ImGui::SetCursorPos({layout.program_x, top});
    response.program = programs_.update(ui, session, {layout.program_width, ui.px(button_height)});
    ImGui::SetCursorPosY(top);
    storages(ui, session, now, layout, response);
    ImGui::SetCursorPosY(top);
    transport(ui, session, player, layout, response);
    status(ui, session, rect, layout, response);
    ImGui::End();
    return response;
}

void TopBar::storages(const Ui& ui, const session::Session& session, Storage now, const BarLayout& layout,
                      Response& response) {
    if (layout.storages == BarLayout::Storages::none || !session.has_storages()) return;
    const Result<void> can = session.can_select();
    ImGui::SetCursorPosX(layout.storages_x);
    ImGui::BeginGroup();
    ImGui::BeginDisabled(!can);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(segment_gap), 0});
    const bool is_wide = layout.storages == BarLayout::Storages::wide;
    if (!is_wide) ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, {0, 0});
    const auto width_of = [&](std::string_view word, float wide) {
        return is_wide ? ui.px(wide) : text_width(ui.fonts.bold, word) + 2 * ui.px(tight_padding);
    };
    const auto more = [&](const std::string& label, bool on, float width) {
        if (segment(ui, (label + "##more").c_str(), on, can.has_value(), width)) ImGui::OpenPopup("storages");
        if (can && ImGui::IsItemHovered()) show_tooltip("All storages: click for the list");
    };
    if (layout.storages == BarLayout::Storages::one) {
        const std::string label = only_label(now);
        more(label, true, width_of(label, 0));
    } else {
        const auto button = [&](Storage storage, float wide) {
            const std::string label(name(storage));
            if (segment(ui, label.c_str(), now == storage, can.has_value(), width_of(label, wide)))
                response.action = action_of(storage);
            if (can && ImGui::IsItemHovered()) show_tooltip(tip_of(action_of(storage)));
            ImGui::SameLine();
        };
        button(Storage::global, global_width);
        button(Storage::thread_local_, thread_local_width);
        button(Storage::contextvar, contextvar_width);
        const std::string label = more_label(now);
        more(label, is_other(now), width_of(label, is_other(now) ? other_width : more_width));
    }
    if (!is_wide) ImGui::PopStyleVar();
    ImGui::PopStyleVar();
    ImGui::EndDisabled();
    ImGui::EndGroup();
    if (!can && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) show_tooltip(can.error().message);
    list_of_storages(ui, now, response);
}

void TopBar::list_of_storages(const Ui& ui, Storage now, Response& response) {
    if (!ImGui::BeginPopup("storages")) return;
    const float width = std::min(ui.px(760), ImGui::GetMainViewport()->Size.x - ui.px(60));
    letters_.begin(ImGui::IsWindowFocused());
    for (const Storage storage : trace::all_storages) {
        const std::string text(name(storage));
        if (ImGui::Selectable(text.c_str(), storage == now, 0, {width, 0}))
            response.action = action_of(storage);
        letters_.note(text);
        ImGui::SameLine(ui.px(180));
        const std::string about = fmt::format("{} — {}", python_name(storage), summary(storage));
        const FittedText fitted = fit_text(ui.fonts.text, about, width - ui.px(180));
        ImGui::TextDisabled("%s", (std::string(fitted.text) + (fitted.whole ? "" : "…")).c_str());
    }
    ImGui::EndPopup();
}

void TopBar::transport(const Ui& ui, const session::Session& session, const Player& player,
                       const BarLayout& layout, Response& response) {
    struct Button {
        Icon icon;
        Action action;
        bool enabled;
    };
    const bool at_start = session.cursor() == session.first_event();
    const Button buttons[] = {
        {Icon::start, Action::start, !at_start},
        {Icon::handle_back, Action::handle_back, !at_start},
        {player.playing() ? Icon::pause : Icon::play, Action::play, !session.index().is_of_tracks()},
        {Icon::handle_forward, Action::handle_forward, !session.at_end()},
        {Icon::head, Action::head, !session.at_head()},
    };
    ImGui::SetCursorPosX(layout.transport_x);
    // The middle buttons are needed most.
    const auto left_out = static_cast<std::size_t>(5 - layout.buttons) / 2;
    const std::size_t shown = layout.buttons == 0 ? 0 : 5 - 2 * left_out;
    for (const Button& button : std::span(buttons).subspan(left_out, shown)) {
        if (icon_button(ui, button.icon, command_of(button.action),
                        {ui.px(bar_button_width), ui.px(button_height)}, button.enabled))
            response.action = button.action;
        ImGui::SameLine(0, ui.px(bar_button_gap));
    }
    if (!layout.speed || session.index().is_of_tracks()) return;
    const std::string speed = player.speed_text();
    ImGui::SetCursorPosX(layout.transport_x + ui.px(270));
    if (word_button(ui, (speed + "##speed").c_str(), {ui.px(64), ui.px(button_height)}, ui.theme.dim))
        response.action = Action::faster;
    if (ImGui::IsItemClicked(ImGuiMouseButton_Right)) response.action = Action::slower;
    if (ImGui::IsItemHovered()) show_tooltip("Speed: click for faster  (.), right-click for slower  (,)");
}

// Of a count of leaks and stale reads, each part leads to the next one of its kind.
void TopBar::leaks(const Ui& ui, const session::Session& session, const BarLayout& layout, ImVec2 at,
                   Response& response) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const std::uint32_t stales = session.index().stales_until(session.cursor());
    const bool goes_wrong = session.index().leaks_until(session.cursor()) > 0 || stales > 0;
    const std::string text = layout.short_leaks ? short_leak_text(session) : leak_text(session);
    const float wide = layout.leaks_width;
    const float half = ui.px(15);
    const float left = at.x + (wide - text_width(ui.fonts.bold, text)) / 2;
    // Where the count of stale reads begins.
    const std::size_t parts = stales == 0 ? text.size() : text.find(layout.short_leaks ? '+' : ',');
    const float border =
        stales == 0 ? at.x + wide : left + text_width(ui.fonts.bold, std::string_view(text).substr(0, parts));
    list.AddRectFilled({at.x, at.y - half}, {at.x + wide, at.y + half},
                       to_im(goes_wrong ? ui.theme.leak : ui.theme.card), half);
    const timeline::Color ink = goes_wrong ? ui.theme.text : ui.theme.dim;
    const auto part = [&](const char* id, float from, float to, Action action) {
        if (to - from < 1) return;
        ImGui::SetCursorScreenPos({from, at.y - half});
        if (ImGui::InvisibleButton(id, {to - from, 2 * half})) response.round = action;
        if (!ImGui::IsItemHovered()) return;
        list.AddRect({from, at.y - half}, {to, at.y + half}, to_im(ink), half, 0,
                     std::max(ui.px(1.5F), 1.0F));
        show_tooltip(tip_of(action));
    };
    part("leaks", at.x, border, Action::leak_forward);
    part("stales", border, at.x + wide, Action::stale_forward);
    draw_text(list, ui.fonts.bold, {left, at.y - ui.fonts.bold->FontSize / 2}, ink, text);
}

void TopBar::status(const Ui& ui, const session::Session& session, timeline::Rect rect,
                    const BarLayout& layout, Response& response) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float middle = rect.y + rect.height / 2;
    ImGui::SetCursorPos({layout.help_x, (rect.height - ui.px(button_height)) / 2});
    if (layout.help && word_button(ui, "?##help", {ui.px(bar_help_width), ui.px(button_height)}))
        response.action = Action::help;
    if (layout.help && ImGui::IsItemHovered()) show_tooltip(tip_of(Action::help));
    if (layout.leaks_width <= 0) return;

    float x = rect.x + layout.leaks_x;
    // Where nothing is read, nothing leaks.
    if (session.has_storages())
        leaks(ui, session, layout, {x, middle}, response);
    else
        x += layout.leaks_width;

    // What does not fit in a narrow window is in the LOOP panel as well.
    const float free_from = rect.x + layout.free_from;
    const std::string time = "t = " + fmt::format("{:.6f} s", to_seconds(session.state().time()));
    x -= std::max(text_width(ui.fonts.mono, time), text_width(ui.fonts.mono, "t = 0.000000 s")) + ui.px(36);
    if (x < free_from) return;
    draw_text(list, ui.fonts.mono, {x, middle - ui.fonts.mono->FontSize / 2}, ui.theme.text, time);
    if (session.index().is_of_tracks()) return;
    const std::string iteration = fmt::format("iteration {}", session.state().iteration());
    x -= std::max(text_width(ui.fonts.text, iteration), text_width(ui.fonts.text, "iteration 000")) +
         ui.px(20);
    if (x < free_from) return;
    draw_text(list, ui.fonts.text, {x, middle - ui.fonts.text->FontSize / 2}, ui.theme.dim, iteration);
}

}  // namespace loopscope::panels
