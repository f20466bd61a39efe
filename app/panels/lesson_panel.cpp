// SPDX-License-Identifier: MIT
#include "app/panels/lesson_panel.hpp"

#include <fmt/format.h>

#include "app/panels/rich_text.hpp"

namespace loopscope::panels {
namespace {

/// A part of a panel that scrolls, until the end of its scope.
class Column {
  public:
    Column(const Ui& ui, const char* name, ImVec2 at, ImVec2 size) {
        ImGui::SetCursorScreenPos(at);
        ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, ui.px(8)});
        ImGui::BeginChild(name, size, false, ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
    }
    Column(const Column&) = delete;
    Column& operator=(const Column&) = delete;
    ~Column() {
        ImGui::EndChild();
        ImGui::PopStyleVar();
    }
};

/// Draws a row with a key: a choice, a lesson, or a button. Returns whether it was clicked.
bool row(const Ui& ui, std::string_view key, std::string_view text, std::string_view note, float width) {
    const float height = ui.px(36);
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const ImVec2 to(from.x + width, from.y + height);
    const bool clicked = ImGui::InvisibleButton(fmt::format("{}{}", key, text).c_str(), {width, height});
    if (ImGui::IsItemHovered()) show_tooltip(fmt::format("{}  ({})", text, key));
    ImDrawList& list = *ImGui::GetWindowDrawList();
    draw_card(ui, list, from, to, ImGui::IsItemHovered() ? ui.theme.marked : ui.theme.card, ui.theme.line,
              std::max(ui.px(1), 1.0F));
    const float y = from.y + (height - ui.fonts.text->FontSize) / 2;
    const float key_width = std::max(text_width(ui.fonts.mono_bold, key) + ui.px(20), ui.px(36));
    list.AddRectFilled({from.x + ui.px(3), from.y + ui.px(3)}, {from.x + key_width, to.y - ui.px(3)},
                       to_im(ui.theme.marked), ui.px(5));
    draw_text(list, ui.fonts.mono_bold,
              {from.x + (key_width + ui.px(3) - text_width(ui.fonts.mono_bold, key)) / 2, y}, ui.theme.dim,
              key);
    const float left = from.x + key_width + ui.px(14);
    ImFont* const font = note.empty() ? ui.fonts.mono_bold : ui.fonts.bold;
    const float wide = draw_text(list, font, {left, y}, ui.theme.text, text, to.x - left - ui.px(10));
    const float after = left + std::max(wide, note.empty() ? 0.0F : ui.px(210)) + ui.px(16);
    if (after < to.x - ui.px(40))
        draw_text(list, ui.fonts.text, {after, y}, ui.theme.dim, note, to.x - after - ui.px(10));
    return clicked;
}

/// Draws a box with a value and a label.
void value_box(const Ui& ui, ImVec2 from, ImVec2 size, std::string_view what, std::string_view value,
               bool strong) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float pad = ui.px(14);
    draw_card(ui, list, from, {from.x + size.x, from.y + size.y}, ui.theme.card,
              strong ? ui.theme.accent : ui.theme.faint, std::max(ui.px(strong ? 2.0F : 1.0F), 1.0F));
    draw_text(list, ui.fonts.small, {from.x + pad, from.y + ui.px(8)}, ui.theme.dim, what);
    draw_text(list, ui.fonts.mono_bold, {from.x + pad, from.y + ui.px(32)}, ui.theme.text, value,
              size.x - 2 * pad);
}

/// Draws the prediction beside the answer, or above it if they are too long, so that they can be compared.
void beside(const Ui& ui, const lesson::Verdict& verdict, float width) {
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const float gap = ui.px(12);
    const float half = (width - gap) / 2;
    const float height = ui.px(64);
    const float widest = std::max(text_width(ui.fonts.mono_bold, verdict.prediction),
                                  text_width(ui.fonts.mono_bold, verdict.answer));
    const bool stacked = widest > half - ui.px(28);
    const ImVec2 size(stacked ? width : half, height);
    const ImVec2 second(stacked ? from.x : from.x + half + gap, stacked ? from.y + height + gap : from.y);
    value_box(ui, from, size, "you said", verdict.prediction, false);
    value_box(ui, second, size, verdict.right ? "it is, as you said" : "it is", verdict.answer, true);
    ImGui::Dummy({width, second.y + height - from.y});
}

}  // namespace

void LessonPanel::toggle(session::Session& session) {
    if (shown_) return close(session);
    shown_ = true;
}

void LessonPanel::open(lesson::OpenLesson lesson, session::Session& session) {
    lesson_.emplace(std::move(lesson));
    error_.clear();
    shown_ = true;
    lesson_->player().begin(session);
}

bool LessonPanel::leave(session::Session& session) {
    if (!shown_) return false;
    if (!lesson_) shown_ = false;
    lesson_.reset();
    session.hold(false);
    return true;
}

void LessonPanel::close(session::Session& session) {
    lesson_.reset();
    shown_ = false;
    session.hold(false);
}

bool LessonPanel::asks() const {
    return lesson_ && lesson_->player().phase() == lesson::Player::Phase::asking;
}

bool LessonPanel::hides() const {
    return lesson_ && lesson_->player().phase() != lesson::Player::Phase::over;
}

bool LessonPanel::asks_for_print() const {
    return asks() && lesson_->player().question()->ask == lesson::Ask::next_print;
}

std::size_t LessonPanel::choices() const {
    if (lists()) return lesson::lesson_names().size();
    return asks() ? lesson_->player().question()->choices.size() : 0;
}

bool LessonPanel::start(std::size_t number, session::Session& session) {
    const auto names = lesson::lesson_names();
    if (number == 0 || number > names.size()) return false;
    auto lesson = lesson::OpenLesson::open(names[number - 1]);
    if (!lesson) {
        error_ = lesson.error().message;
        return false;
    }
    open(std::move(*lesson), session);
    return true;
}

bool LessonPanel::choose(std::size_t number, session::Session& session) {
    if (!lesson_) return start(number, session);
    lesson::Player& player = lesson_->player();
    if (player.phase() != lesson::Player::Phase::asking) return false;
    const auto& choices = player.question()->choices;
    if (number == 0 || number > choices.size()) return false;
    return player.predict(choices[number - 1], session).has_value();
}

bool LessonPanel::next(session::Session& session) {
    if (!lesson_) return false;
    if (lesson_->player().phase() != lesson::Player::Phase::over) return lesson_->player().next(session);
    lesson_.reset();  // shows the list again
    return false;
}

bool LessonPanel::back(session::Session& session) {
    return lesson_ && lesson_->player().back(session);
}

bool LessonPanel::poll(session::Session& session) {
    if (!lesson_) return false;
    const auto edited = lesson_->poll(session);
    if (!edited)
        error_ = edited.error().message;
    else if (*edited)
        error_.clear();
    return edited && *edited;
}

LessonPanel::Response LessonPanel::update(const Ui& ui, timeline::Rect rect) const {
    Panel panel(ui, "LESSON", {rect.x, rect.y}, {rect.width, rect.height});
    return lesson_ ? stop(ui, panel) : list(ui, panel);
}

LessonPanel::Response LessonPanel::list(const Ui& ui, const Panel& panel) const {
    const Column column(ui, "lessons", panel.origin(), {panel.width(), panel.bottom() - panel.origin().y});
    const auto names = lesson::lesson_names();
    Response response;
    for (std::size_t at = 0; at < names.size(); ++at) {
        const lesson::Lesson& lesson = lesson::lesson_of(names[at]);
        if (row(ui, fmt::format("{}", at + 1), lesson.title, lesson.summary, panel.width() - ui.px(16)))
            response.choice = at + 1;
    }
    rich_text(ui, error_.empty() ? "Predict, then see. Escape leaves." : error_, ui.theme.dim, panel.width());
    return response;
}

LessonPanel::Response LessonPanel::stop(const Ui& ui, Panel& panel) const {
    const lesson::Player& player = lesson_->player();
    const bool over = player.phase() == lesson::Player::Phase::over;
    panel.note(player.lesson().title, ui.theme.dim);
    panel.right_note(fmt::format("{} of {}", player.stop_index() + 1, player.lesson().stops.size()),
                     ui.theme.dim);
    const float gap = ui.px(40);
    const float width = (panel.width() - gap) / 2;
    const float height = panel.bottom() - panel.origin().y;
    {
        const Column left(ui, "text", panel.origin(), {width, height});
        const float inner = width - ui.px(14);
        wrapped_text(ui, ui.fonts.large, over ? "What you predicted" : player.stop().heading, ui.theme.text,
                     inner);
        if (!over) rich_text(ui, player.stop().text, ui.theme.text, inner);
        if (player.phase() == lesson::Player::Phase::revealed)
            rich_text(ui, player.stop().afterwards, ui.theme.text, inner);
        if (over) {
            for (std::size_t at = 0; at < player.lesson().stops.size(); ++at) {
                const lesson::Verdict* const verdict = player.verdict_of(at);
                if (!verdict) continue;
                const std::string_view heading = player.lesson().stops[at].heading;
                rich_text(ui,
                          verdict->right ? fmt::format("{}: as you said", heading)
                                         : fmt::format("{}: `{}`, where you said `{}`", heading,
                                                       verdict->answer, verdict->prediction),
                          verdict->right ? ui.theme.dim : ui.theme.text, inner);
            }
        }
        if (!error_.empty()) rich_text(ui, error_, ui.theme.text, inner);
    }
    const Column right(ui, "question", {panel.origin().x + width + gap, panel.origin().y}, {width, height});
    const float inner = width - ui.px(14);
    if (over) return end(ui, inner);
    if (player.phase() == lesson::Player::Phase::asking) return question(ui, inner);
    if (player.phase() == lesson::Player::Phase::revealed) outcome(ui, inner);
    return {0, row(ui, "Enter", "continue", "", ui.px(160))};
}

LessonPanel::Response LessonPanel::question(const Ui& ui, float width) const {
    const lesson::Question& question = *lesson_->player().question();
    wrapped_text(ui, ui.fonts.large, question.prompt, ui.theme.text, width);
    Response response;
    // Short choices are drawn in two columns.
    const bool narrow =
        std::ranges::all_of(question.choices, [](const auto& each) { return each.size() < 20; });
    const float each = narrow ? (width - ui.px(8)) / 2 : width;
    for (std::size_t at = 0; at < question.choices.size(); ++at) {
        if (narrow && at % 2 == 1) ImGui::SameLine(0, ui.px(8));
        if (row(ui, fmt::format("{}", at + 1), question.choices[at], "", each)) response.choice = at + 1;
    }
    return response;
}

void LessonPanel::outcome(const Ui& ui, float width) const {
    const lesson::Player& player = lesson_->player();
    const lesson::Verdict& verdict = player.verdict();
    wrapped_text(ui, ui.fonts.text, player.question()->prompt, ui.theme.dim, width);
    beside(ui, verdict, width);
    wrapped_text(ui, ui.fonts.bold, verdict.note, ui.theme.text, width);
    wrapped_text(ui, ui.fonts.text, verdict.why, ui.theme.text, width);
}

LessonPanel::Response LessonPanel::end(const Ui& ui, float width) const {
    const lesson::Score score = lesson_->player().score();
    wrapped_text(ui, ui.fonts.large, fmt::format("{} of {} as you said.", score.right, score.questions),
                 ui.theme.text, width);
    rich_text(ui, "What surprised you is what is worth another look: Shift Enter goes back.", ui.theme.dim,
              width);
    return {0, row(ui, "Enter", "all lessons", "", ui.px(240))};
}

}  // namespace loopscope::panels
