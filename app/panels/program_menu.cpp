// SPDX-License-Identifier: MIT
#include "app/panels/program_menu.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include <fmt/format.h>

#include "app/panels/command.hpp"
#include "app/panels/imgui_version.hpp"
#include "app/session/tweak.hpp"
#include "core/scenario/programs/catalogue.hpp"

namespace loopscope::panels {
namespace {

using scenario::Parameter;
using scenario::Program;

/// The sign after the name of the program.
constexpr std::string_view arrow = "  ↓";
constexpr float list_width = 420;
constexpr float about_width = 700;
constexpr float menu_height = 640;
/// The places and widths of the columns of a parameter's row, in design pixels.
constexpr float field_left = 150;
constexpr float field_width = 150;
constexpr float slider_left = 316;
constexpr float slider_width = 220;
constexpr float reset_left = 552;

void wrapped(std::string_view text) {
    ImGui::PushTextWrapPos(0);
    ImGui::TextUnformatted(text.data(), text.data() + text.size());
    ImGui::PopTextWrapPos();
}

/// Sets the look of fields and sliders, until the end of its scope.
class Controls {
  public:
    explicit Controls(const Ui& ui) {
        ImGui::PushStyleColor(ImGuiCol_FrameBg, to_im_vec(ui.theme.background));
        ImGui::PushStyleColor(ImGuiCol_SliderGrab, to_im_vec(ui.theme.faint));
        ImGui::PushStyleColor(ImGuiCol_SliderGrabActive, to_im_vec(ui.theme.faint));
        ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, to_im_vec(ui.theme.faint));
        ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, std::max(ui.px(1), 1.0F));
    }
    Controls(const Controls&) = delete;
    Controls& operator=(const Controls&) = delete;
    ~Controls() {
        ImGui::PopStyleVar();
        ImGui::PopStyleColor(4);
    }
};

}  // namespace

void ProgramMenu::fill(Field& field, std::string_view value) {
    field.value = value;
    field.error.clear();
    const std::size_t length = std::min(value.size(), field.text.size() - 1);
    std::memcpy(field.text.data(), value.data(), length);
    field.text[length] = '\0';
}

float ProgramMenu::button_width(const Ui& ui, const session::Session& session) {
    return std::ceil(text_width(ui.fonts.text, session.about().name) + text_width(ui.fonts.text, arrow)) +
           2 * ImGui::GetStyle().FramePadding.x;
}

// The name is drawn as text and not as ImGui's label, because a file's name may contain "##".
bool ProgramMenu::button(const Ui& ui, const session::Session& session, ImVec2 size) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool pressed = ImGui::Button("##program", size);
    if (ImGui::IsItemHovered()) show_tooltip(tip_of(Action::program));
    const timeline::Color ink = session.held() ? ui.theme.hint : ui.theme.text;
    const float padding = ImGui::GetStyle().FramePadding.x;
    const float y = at.y + (size.y - ui.fonts.text->FontSize) / 2;
    const float room = size.x - 2 * padding - text_width(ui.fonts.text, arrow);
    const float wide = draw_text(*ImGui::GetWindowDrawList(), ui.fonts.text, {at.x + padding, y}, ink,
                                 session.about().name, room + 1);
    draw_text(*ImGui::GetWindowDrawList(), ui.fonts.text, {at.x + padding + wide, y}, ink, arrow);
    return pressed;
}

ProgramMenu::Response ProgramMenu::update(const Ui& ui, const session::Session& session,
                                          ImVec2 size_of_button) {
    Response response;
    // A lesson must not show the text about its program, which says what the program prints.
    const bool secret = session.held();
    ImGui::BeginDisabled(secret);
    const bool pressed = size_of_button.x > 0 && button(ui, session, size_of_button);
    ImGui::EndDisabled();
    if (secret) toggles_ = false;
    if (pressed || (toggles_ && !ImGui::IsPopupOpen("programs"))) {
        ImGui::OpenPopup("programs");
        toggles_ = false;
    }
    const ImVec2 screen = ImGui::GetMainViewport()->Size;
    const ImVec2 size(std::min(ui.px(list_width + about_width + 48), screen.x - ui.px(20)),
                      std::min(ui.px(menu_height), screen.y - ui.px(90)));
    ImGui::SetNextWindowSize(size);
    ImGui::SetNextWindowPos({ui.px(12), ui.px(58)});
    open_ = ImGui::BeginPopup("programs", ImGuiWindowFlags_NoMove);
    if (!open_) return response;
    const bool leaves = !ImGui::IsAnyItemActive() && is_key_pressed(ImGuiKey_Escape, false);
    if (leaves || std::exchange(toggles_, false)) ImGui::CloseCurrentPopup();
    ImGui::BeginChild("list", {std::min(ui.px(list_width), size.x * 0.4F), 0}, false,
                      ImGuiWindowFlags_NavFlattened);
    programs(ui, session, response);
    ImGui::EndChild();
    ImGui::SameLine(0, ui.px(24));
    ImGui::BeginChild("about", {0, 0}, false, ImGuiWindowFlags_NavFlattened);
    about(ui, session, response);
    ImGui::EndChild();
    ImGui::EndPopup();
    return response;
}

void ProgramMenu::programs(const Ui& ui, const session::Session& session, Response& response) {
    letters_.begin(ImGui::IsWindowFocused(ImGuiFocusedFlags_RootAndChildWindows));
    for (const Program* program : scenario::all_programs()) {
        const bool on = session.setup() && program == session.setup()->program;
        const float width = ImGui::GetContentRegionAvail().x;
        const float pad = ui.px(10);
        ImGui::PushFont(ui.fonts.small);
        const float lines =
            ImGui::CalcTextSize(program->summary.data(), program->summary.data() + program->summary.size(),
                                false, width - 2 * pad)
                .y;
        ImGui::PopFont();
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const std::string id = "##" + std::string(program->name);
        if (ImGui::Selectable(id.c_str(), on, ImGuiSelectableFlags_DontClosePopups,
                              {width, ui.fonts.bold->FontSize + lines + ui.px(14)}))
            response.program = program;
        letters_.note(program->name);
        ImDrawList& list = *ImGui::GetWindowDrawList();
        draw_text(list, ui.fonts.bold, {at.x + pad, at.y + ui.px(5)}, ui.theme.text, program->name);
        list.AddText(ui.fonts.small, ui.fonts.small->FontSize,
                     {at.x + pad, at.y + ui.px(8) + ui.fonts.bold->FontSize}, to_im(ui.theme.dim),
                     program->summary.data(), program->summary.data() + program->summary.size(),
                     width - 2 * pad);
    }
}

void ProgramMenu::about(const Ui& ui, const session::Session& session, Response& response) {
    if (session.feed().is_live())
        return wrapped("This is a program of your own, whose arguments are given on the command line.");
    if (!session.setup())
        return wrapped("This is a recording, which cannot be run again. Choose a program to run one.");
    const Program& program = *session.setup()->program;
    const std::vector<Parameter> parameters = all_parameters(program);
    if (program_ != &program) {
        program_ = &program;
        fields_.assign(parameters.size(), {});
    }
    ImGui::PushFont(ui.fonts.bold);
    wrapped(program.name);
    ImGui::PopFont();
    wrapped(program.text);
    ImGui::Dummy({0, ui.px(6)});
    ImGui::Separator();
    ImGui::Dummy({0, ui.px(6)});
    const Controls controls(ui);
    for (std::size_t index = 0; index < parameters.size(); ++index)
        parameter(ui, session, parameters[index], fields_[index], response);
}

void ProgramMenu::parameter(const Ui& ui, const session::Session& session, const Parameter& parameter,
                            Field& field, Response& response) {
    const feed::Setup& setup = *session.wanted_setup();
    const std::string_view value = session::setting_of(setup, parameter.name);
    ImGui::PushID(parameter.name.data(), parameter.name.data() + parameter.name.size());
    if (field.value != value || (field.text[0] == '\0' && field.error.empty())) fill(field, value);
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(parameter.name.data(), parameter.name.data() + parameter.name.size());
    ImGui::SameLine(ui.px(field_left));
    std::string wanted;
    if (parameter.type == Parameter::Type::choice) {
        if (choices(ui, parameter, value, wanted)) change(session, parameter, field, wanted, response);
    } else {
        const bool is_slider = is_number(parameter);
        ImGui::SetNextItemWidth(ui.px(is_slider ? field_width : slider_left + slider_width - field_left));
        if (ImGui::InputText("##field", field.text.data(), field.text.size()))
            change(session, parameter, field, field.text.data(), response);
        if (ImGui::IsItemActivated()) used_ = false;
        if (is_slider && slider(ui, setup, parameter, wanted))
            change(session, parameter, field, wanted, response);
    }
    if (value != parameter.initial || !field.error.empty()) {
        ImGui::SameLine(ui.px(reset_left));
        if (ImGui::Button("reset")) {
            used_ = false;
            field.value.clear();
            change(session, parameter, field, parameter.initial, response);
        }
        if (ImGui::IsItemHovered()) show_tooltip(fmt::format("Back to '{}'", parameter.initial));
    }
    note(ui, parameter, field);
    ImGui::PopID();
}

// Draws a button for each word of a choice. Returns whether one was pressed, and which.
bool ProgramMenu::choices(const Ui& ui, const Parameter& parameter, std::string_view value,
                          std::string& wanted) {
    for (const std::string_view choice : parameter.choices) {
        if (choice != parameter.choices.front()) ImGui::SameLine(0, ui.px(6));
        const bool on = choice == value;
        ImGui::PushStyleColor(ImGuiCol_Button, to_im_vec(on ? ui.theme.faint : ui.theme.background));
        if (ImGui::Button(std::string(choice).c_str()) && !on) {
            wanted = choice;
            used_ = false;
        }
        ImGui::PopStyleColor();
    }
    return !wanted.empty();
}

// Draws what the parameter means, or what is wrong with the text in its field.
void ProgramMenu::note(const Ui& ui, const Parameter& parameter, const Field& field) {
    const std::string note = field.error.empty()
                                 ? fmt::format("{}; {}", parameter.summary, range_of(parameter))
                                 : field.error + ".";
    ImGui::PushFont(ui.fonts.small);
    ImGui::SetCursorPosX(ui.px(field_left));
    ImGui::PushStyleColor(ImGuiCol_Text, to_im_vec(field.error.empty() ? ui.theme.dim : ui.theme.text));
    if (!field.error.empty()) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        ImGui::GetWindowDrawList()->AddRectFilled({at.x - ui.px(10), at.y},
                                                  {at.x - ui.px(6), at.y + ui.fonts.small->FontSize},
                                                  to_im(ui.theme.text));
    }
    wrapped(note);
    ImGui::PopStyleColor();
    ImGui::PopFont();
    ImGui::Dummy({0, ui.px(4)});
}

bool ProgramMenu::slider(const Ui& ui, const feed::Setup& setup, const Parameter& parameter,
                         std::string& value) {
    double number = session::number_of(setup, parameter);
    const session::SliderRange range = session::slider_range(parameter, number);
    ImGui::SameLine(ui.px(slider_left));
    ImGui::SetNextItemWidth(ui.px(slider_width));
    const int flags = (range.logarithmic ? ImGuiSliderFlags_Logarithmic : 0) | ImGuiSliderFlags_NoInput;
    const bool moved =
        ImGui::SliderScalar("##slider", ImGuiDataType_Double, &number, &range.from, &range.to, "", flags);
    if (ImGui::IsItemActivated()) used_ = false;
    if (!moved) return false;
    value = session::number_text(parameter, number);
    return value != session::setting_of(setup, parameter.name);
}

void ProgramMenu::change(const session::Session& session, const Parameter& parameter, Field& field,
                         std::string_view value, Response& response) {
    auto setup = session::with_setting(*session.wanted_setup(), parameter.name, value);
    field.error = setup ? std::string() : setup.error().message;
    if (!setup) return;
    // The selected storage stays selected.
    setup->storage = session.storage();
    if (field.text.data() == value) field.value = value;  // typed by the user: the field keeps its text
    response.begins = !used_;
    used_ = true;
    response.setup = std::move(*setup);
}

}  // namespace loopscope::panels
