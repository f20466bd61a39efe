#include "app/panels/top_bar.hpp"

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
/// Where the transport's buttons and the speed stand, in design pixels.
constexpr float transport_left = 930;
constexpr float transport_width = 340;

/// A button of a row in which one is on. Gives true when it is clicked.
bool segment(const Ui& ui, const char* label, bool on, float width) {
    ImGui::PushStyleColor(ImGuiCol_Button, to_im_vec(on ? ui.theme.line : ui.theme.panel));
    ImGui::PushStyleColor(ImGuiCol_Text, to_im_vec(on ? ui.theme.text : ui.theme.dim));
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
    return fmt::format("{} of {} leak", session.index().leaks_until(session.cursor()),
                       session.index().prints_until(session.cursor()));
}

/// Of the box that says it, in pixels.
float leak_width(const Ui& ui, const session::Session& session) {
    return std::max(text_width(ui.fonts.bold, leak_text(session)) + ui.px(36), ui.px(150));
}

}  // namespace

TopBar::Wish TopBar::update(const Ui& ui, const session::Session& session, const Player& player,
                            timeline::Rect rect) {
    Wish wish;
    ImGui::SetNextWindowPos({rect.x, rect.y});
    ImGui::SetNextWindowSize({rect.width, rect.height});
    ImGui::Begin("bar", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav |
                     ImGuiWindowFlags_NoBringToFrontOnFocus);
    ImGui::GetWindowDrawList()->AddLine({rect.x, rect.bottom() - 1}, {rect.right(), rect.bottom() - 1},
                                        to_im(ui.theme.line));
    const float top = (rect.height - ui.px(button_height)) / 2;
    ImGui::SetCursorPos({ui.px(14), top});
    wish.action = menu_.update(ui, ui.px(button_height));
    ImGui::SetCursorPos({ui.px(134), top});
    wish.program = programs_.update(ui, session, ui.px(button_height));
    ImGui::SetCursorPosY(top);
    storages(ui, session, ui.px(338), wish);
    ImGui::SetCursorPosY(top);
    // In a narrow window the transport comes as near to the storages as it has to, and loses its speed.
    const float storages_end = ImGui::GetItemRectMax().x - rect.x + ui.px(10);
    const float free = rect.width - ui.px(72) - leak_width(ui, session) - ui.px(16);
    const float left = std::max(std::min(ui.px(transport_left), free - ui.px(transport_width)), storages_end);
    transport(ui, session, player, left, left + ui.px(transport_width) <= free, wish);
    status(ui, session, rect, wish);
    ImGui::End();
    return wish;
}

void TopBar::storages(const Ui& ui, const session::Session& session, float x, Wish& wish) {
    const Storage now = session.storage();
    const Result<void> can = session.can_select();
    ImGui::SetCursorPosX(x);
    ImGui::BeginGroup();
    ImGui::BeginDisabled(!can);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {ui.px(6), 0});
    if (segment(ui, "Global", now == Storage::global, ui.px(108))) wish.action = Action::storage_global;
    ImGui::SameLine();
    if (segment(ui, "Thread-local", now == Storage::thread_local_, ui.px(142)))
        wish.action = Action::storage_thread_local;
    ImGui::SameLine();
    if (segment(ui, "Context", now == Storage::contextvar, ui.px(116)))
        wish.action = Action::storage_contextvar;
    ImGui::SameLine();
    const bool other = now == Storage::argument || now == Storage::context_shared ||
                       now == Storage::context_copy || now == Storage::context_chainmap;
    const std::string label = other ? std::string(name(now)) + "##more" : std::string("more##more");
    if (segment(ui, label.c_str(), other, other ? ui.px(176) : ui.px(72))) ImGui::OpenPopup("storages");
    ImGui::PopStyleVar();
    ImGui::EndDisabled();
    ImGui::EndGroup();
    if (!can && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled))
        ImGui::SetTooltip("%s", can.error().message.c_str());
    if (!ImGui::BeginPopup("storages")) return;
    for (const Storage storage : trace::all_storages) {
        const std::string text(name(storage));
        if (ImGui::Selectable(text.c_str(), storage == now, 0, {ui.px(760), 0}))
            wish.action = action_of(storage);
        ImGui::SameLine(ui.px(180));
        ImGui::TextDisabled("%s", fmt::format("{} — {}", python_name(storage), summary(storage)).c_str());
    }
    ImGui::EndPopup();
}

void TopBar::transport(const Ui& ui, const session::Session& session, const Player& player, float x,
                       bool with_speed, Wish& wish) {
    struct Button {
        Icon icon;
        Action action;
        bool enabled;
    };
    const bool at_start = session.cursor() == session.first_event();
    const Button buttons[] = {
        {Icon::start, Action::start, !at_start},
        {Icon::handle_back, Action::handle_back, !at_start},
        {player.playing() ? Icon::pause : Icon::play, Action::play, true},
        {Icon::handle_forward, Action::handle_forward, !session.at_end()},
        {Icon::head, Action::head, !session.at_head()},
    };
    ImGui::SetCursorPosX(x);
    for (const Button& button : buttons) {
        if (icon_button(ui, button.icon, command_of(button.action), {ui.px(46), ui.px(button_height)},
                        button.enabled))
            wish.action = button.action;
        ImGui::SameLine(0, ui.px(6));
    }
    if (!with_speed) return;
    const std::string speed = player.speed() < 1 ? fmt::format("1/{:.0f}×", 1 / player.speed())
                                                 : fmt::format("{:.0f}×", player.speed());
    ImGui::SetCursorPosX(x + ui.px(270));
    ImGui::PushStyleColor(ImGuiCol_Button, to_im_vec(ui.theme.panel));
    ImGui::PushStyleColor(ImGuiCol_Text, to_im_vec(ui.theme.dim));
    if (ImGui::Button((speed + "##speed").c_str(), {ui.px(64), ui.px(button_height)}))
        wish.action = Action::faster;
    if (ImGui::IsItemClicked(ImGuiMouseButton_Right)) wish.action = Action::slower;
    ImGui::PopStyleColor(2);
    if (ImGui::IsItemHovered())
        ImGui::SetTooltip("Speed: click for faster ( . ), right-click for slower ( , )");
}

void TopBar::status(const Ui& ui, const session::Session& session, timeline::Rect rect, Wish& wish) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float middle = rect.y + rect.height / 2;
    float x = rect.right() - ui.px(56);
    ImGui::SetCursorPos({x - rect.x, (rect.height - ui.px(button_height)) / 2});
    ImGui::PushStyleColor(ImGuiCol_Button, to_im_vec(ui.theme.panel));
    if (ImGui::Button("?##help", {ui.px(36), ui.px(button_height)})) wish.action = Action::help;
    ImGui::PopStyleColor();

    const std::uint32_t leaks = session.index().leaks_until(session.cursor());
    const std::string leak = leak_text(session);
    const float wide = leak_width(ui, session);
    x -= wide + ui.px(16);
    const float half = ui.px(15);
    list.AddRectFilled({x, middle - half}, {x + wide, middle + half},
                       to_im(leaks > 0 ? ui.theme.leak : ui.theme.card), half);
    const timeline::Color ink = leaks > 0 ? ui.theme.text : ui.theme.dim;
    draw_text(list, ui.fonts.bold,
              {x + (wide - text_width(ui.fonts.bold, leak)) / 2, middle - ui.fonts.bold->FontSize / 2}, ink,
              leak);

    // What a narrow window has no room for is in the LOOP panel, too.
    const float free_from = rect.x + ui.px(transport_left + transport_width);
    const std::string time = "t = " + fmt::format("{:.6f} s", to_seconds(session.state().time()));
    x -= std::max(text_width(ui.fonts.mono, time), text_width(ui.fonts.mono, "t = 0.000000 s")) + ui.px(36);
    if (x < free_from) return;
    draw_text(list, ui.fonts.mono, {x, middle - ui.fonts.mono->FontSize / 2}, ui.theme.text, time);
    const std::string iteration = fmt::format("iteration {}", session.state().iteration());
    x -= std::max(text_width(ui.fonts.text, iteration), text_width(ui.fonts.text, "iteration 000")) +
         ui.px(20);
    if (x < free_from) return;
    draw_text(list, ui.fonts.text, {x, middle - ui.fonts.text->FontSize / 2}, ui.theme.dim, iteration);
}

}  // namespace loopscope::panels
