// SPDX-License-Identifier: MIT
#include "app/panels/open_dialog.hpp"

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/panels/frame_budget.hpp"
#include "app/panels/imgui_version.hpp"
#include "app/panels/palette.hpp"
#include "core/base/excerpt.hpp"
#include "core/base/size_text.hpp"

namespace loopscope::panels {
namespace {

namespace fs = std::filesystem;
using Kind = feed::FolderListing::Kind;

/// The size of the dialog, in design pixels.
constexpr float dialog_width = 900;
constexpr float dialog_height = 620;
constexpr float size_column = 120;
constexpr float margin = 40;
constexpr std::size_t rows_of_a_page = 10;

/// Returns whether a text that was typed is a path and no filter.
bool is_path(std::string_view typed) {
    return typed.starts_with('/') || typed.starts_with('~') || typed.starts_with("./") ||
           typed.starts_with("../");
}

fs::path path_of(std::string_view typed) {
    const char* const home = std::getenv("HOME");
    if (!typed.starts_with('~') || home == nullptr) return typed;
    typed.remove_prefix(1);
    while (typed.starts_with('/')) typed.remove_prefix(1);
    return fs::path(home) / typed;
}

}  // namespace

void OpenDialog::open(const fs::path& folder, std::vector<fs::path> recent) {
    recent_ = std::move(recent);
    open_ = opening_ = true;
    show_folder(folder);
}

void OpenDialog::open_recent(const fs::path& folder, std::vector<fs::path> recent) {
    recent_ = std::move(recent);
    open_ = opening_ = true;
    folder_ = folder;
    show_recent();
}

void OpenDialog::show_folder(const fs::path& folder) {
    std::error_code unknown;
    fs::path absolute = fs::absolute(folder, unknown).lexically_normal();
    if (!absolute.has_filename() && absolute.has_relative_path()) absolute = absolute.parent_path();
    next_ = std::make_unique<feed::FolderListing>(unknown ? folder : absolute);
    next_is_recent_ = false;
    sentence_.clear();
}

void OpenDialog::show_recent() {
    next_ = std::make_unique<feed::FolderListing>(recent_);
    next_is_recent_ = true;
    sentence_.clear();
}

void OpenDialog::go_up() {
    if (is_recent_) return show_folder(folder_);
    if (!folder_.has_relative_path()) return;
    came_from_ = folder_.filename().string();
    show_folder(folder_.parent_path());
}

// The folder that is shown stays until the next one can be: not all can be listed.
void OpenDialog::take_listing() {
    if (next_) {
        const Status status = next_->poll(frame_slice);
        if (status == Status::failed) {
            sentence_ = next_->error().message;
            next_.reset();
        } else if (next_->listed()) {
            listing_ = std::move(next_);
            is_recent_ = next_is_recent_;
            if (!is_recent_) folder_ = listing_->folder();
            filter_ = {};
            ++lists_;
            const auto& entries = listing_->entries();
            const auto below =
                std::ranges::find(entries, std::exchange(came_from_, {}), &feed::FolderListing::Entry::name);
            lit_ = below == entries.end() ? 0 : static_cast<std::size_t>(below - entries.begin());
            scroll_to_lit_ = focus_ = true;
        }
    }
    listing_over_ = !next_ && listing_ && is_over(listing_->poll(frame_slice));
}

std::vector<std::size_t> OpenDialog::fitting() const {
    std::vector<std::size_t> rows;
    if (!listing_) return rows;
    const std::string_view filter(filter_.data());
    const auto& entries = listing_->entries();
    for (std::size_t each = 0; each < entries.size(); ++each) {
        const bool hidden = entries[each].name.starts_with('.') && !filter.starts_with('.');
        if (!hidden && (is_path(filter) || fits_query(entries[each].name, filter))) rows.push_back(each);
    }
    return rows;
}

void OpenDialog::choose(std::size_t entry) {
    const Kind kind = listing_->kind(entry);
    const bool is_folder = listing_->entries()[entry].is_folder;
    choose(listing_->path(entry), is_folder, kind == Kind::trace || kind == Kind::unknown);
}

void OpenDialog::choose_typed() {
    const fs::path path = path_of(filter_.data());
    std::error_code unknown;
    const fs::file_status status = fs::status(path, unknown);
    if (!fs::exists(status)) {
        sentence_ = fmt::format("There is no '{}'", excerpt(path.string()));
        return;
    }
    const bool is_folder = fs::is_directory(status);
    choose(path, is_folder, !fs::is_regular_file(status) || feed::begins_like_trace(path));
}

void OpenDialog::choose(const fs::path& path, bool is_folder, bool is_trace) {
    if (is_folder) return show_folder(path);
    if (is_trace)
        chosen_ = path;
    else
        sentence_ = fmt::format("'{}' is no trace that can be read", excerpt(path.filename().string()));
}

void OpenDialog::head(const Ui& ui) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const std::string where = is_recent_ ? "Recent files" : folder_.string();
    // Of a long path the end says most.
    std::string_view shown = where;
    while (text_width(ui.fonts.bold, shown) > width && shown.find('/', 1) != std::string_view::npos)
        shown.remove_prefix(shown.find('/', 1));
    draw_text(list, ui.fonts.bold, at, ui.theme.text, shown, width);
    ImGui::Dummy({width, ui.fonts.bold->FontSize + ui.px(4)});
}

void OpenDialog::take_keys(const std::vector<std::size_t>& rows) {
    const std::size_t last = rows.empty() ? 0 : rows.size() - 1;
    const std::size_t before = lit_;
    if (is_key_pressed(ImGuiKey_DownArrow)) ++lit_;
    if (is_key_pressed(ImGuiKey_UpArrow) && lit_ > 0) --lit_;
    if (is_key_pressed(ImGuiKey_PageDown)) lit_ += rows_of_a_page;
    if (is_key_pressed(ImGuiKey_PageUp)) lit_ -= std::min(lit_, rows_of_a_page);
    lit_ = std::min(lit_, last);
    scroll_to_lit_ = scroll_to_lit_ || lit_ != before;
    if (!is_key_pressed(ImGuiKey_Enter, false) && !is_key_pressed(keypad_enter, false)) return;
    focus_ = true;
    if (is_path(filter_.data()))
        choose_typed();
    else if (!rows.empty())
        choose(rows[lit_]);
    else
        sentence_ = "Nothing here has such a name";
}

void OpenDialog::row(const Ui& ui, std::size_t entry, bool lit, float width) {
    const feed::FolderListing::Entry& it = listing_->entries()[entry];
    const Kind kind = listing_->kind(entry);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    ImGui::PushID(static_cast<int>(entry));
    const float height = ui.fonts.text->FontSize + ui.px(10);
    if (ImGui::Selectable("##row", lit, ImGuiSelectableFlags_AllowDoubleClick, {width, height})) {
        sentence_.clear();
        if (ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left)) {
            double_clicked_ = true;
            choose(entry);
        }
    }
    ImGui::PopID();
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float y = at.y + (height - ui.fonts.text->FontSize) / 2;
    const bool is_bright = it.is_folder || kind == Kind::trace;
    ImFont* const font = kind == Kind::trace ? ui.fonts.bold : ui.fonts.text;
    const float room = width - ui.px(size_column);
    draw_text(list, font, {at.x + ui.px(8), y}, is_bright ? ui.theme.text : ui.theme.dim,
              it.is_folder ? it.name + "/" : it.name, room - ui.px(16));
    if (it.is_folder) return;
    const std::string size = size_text(it.size);
    draw_text(list, ui.fonts.small, {at.x + width - ui.px(8) - text_width(ui.fonts.small, size), y},
              ui.theme.dim, size);
}

void OpenDialog::list(const Ui& ui, const std::vector<std::size_t>& rows, float height) {
    ImGui::BeginChild("entries", {0, height});
    const float width = ImGui::GetContentRegionAvail().x;
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0, 0});
    if (std::exchange(scroll_to_lit_, false)) {
        const float step = ui.fonts.text->FontSize + ui.px(10);
        const float top = static_cast<float>(lit_) * step;
        const float least = top + step - ImGui::GetWindowHeight();
        ImGui::SetScrollY(std::clamp(ImGui::GetScrollY(), std::max(least, 0.0F), std::max(top, 0.0F)));
    }
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(rows.size()), ui.fonts.text->FontSize + ui.px(10));
    while (clipper.Step()) {
        for (int each = clipper.DisplayStart; each < clipper.DisplayEnd; ++each) {
            const auto at = static_cast<std::size_t>(each);
            row(ui, rows[at], at == lit_, width);
            if (ImGui::IsItemClicked()) lit_ = at;
        }
    }
    ImGui::PopStyleVar();
    if (rows.empty())
        ImGui::TextDisabled("%s", !listing_ ? "…" : is_recent_ ? "No file was opened yet" : "Nothing here");
    ImGui::EndChild();
}

void OpenDialog::content(const Ui& ui) {
    head(ui);
    const bool was_empty = filter_[0] == '\0';
    if (std::exchange(focus_, false)) ImGui::SetKeyboardFocusHere();
    ImGui::SetNextItemWidth(-1);
    ImGui::PushID(lists_);  // a field that is active has a text of its own, which clearing ours leaves
    if (ImGui::InputTextWithHint("##filter",
                                 "Type to filter, or a path;  Enter opens,  Backspace goes up,  Esc closes",
                                 filter_.data(), filter_.size())) {
        lit_ = 0;
        scroll_to_lit_ = true;
        sentence_.clear();
    }
    ImGui::PopID();
    if (was_empty && is_key_pressed(ImGuiKey_Backspace, false)) go_up();
    const std::vector<std::size_t> rows = fitting();
    take_keys(rows);
    const float line = ui.fonts.text->FontSize + ui.px(12);
    list(ui, rows, ImGui::GetContentRegionAvail().y - line);
    const std::string left = listing_ && listing_->left_out() > 0
                                 ? fmt::format("{} more are not listed: type a path", listing_->left_out())
                                 : std::string();
    draw_text(*ImGui::GetWindowDrawList(), ui.fonts.text, ImGui::GetCursorScreenPos(),
              sentence_.empty() ? ui.theme.dim : ui.theme.text, sentence_.empty() ? left : sentence_,
              ImGui::GetContentRegionAvail().x);
}

std::optional<fs::path> OpenDialog::update(const Ui& ui) {
    if (!open_) return std::nullopt;
    take_listing();
    if (std::exchange(opening_, false)) {
        ImGui::OpenPopup("open");
        closing_ = false;
        sentence_.clear();
        focus_ = true;
    }
    const ImGuiViewport& viewport = *ImGui::GetMainViewport();
    ImGui::SetNextWindowPos({viewport.Size.x / 2, viewport.Size.y / 2}, ImGuiCond_Always, {0.5F, 0.5F});
    ImGui::SetNextWindowSize({std::min(ui.px(dialog_width), viewport.Size.x - ui.px(margin)),
                              std::min(ui.px(dialog_height), viewport.Size.y - ui.px(margin))});
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {ui.px(24), ui.px(22)});
    const bool shown = ImGui::BeginPopupModal("open", nullptr,
                                              ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                                  ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav);
    ImGui::PopStyleVar();
    if (!shown) {
        open_ = false;
        return std::nullopt;
    }
    content(ui);
    auto chosen = std::exchange(chosen_, std::nullopt);
    if (chosen || closing_ || is_key_pressed(ImGuiKey_Escape, false)) {
        ImGui::CloseCurrentPopup();
        open_ = closing_ = false;
    }
    ImGui::EndPopup();
    return chosen;
}

}  // namespace loopscope::panels
