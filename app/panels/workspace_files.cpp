// SPDX-License-Identifier: MIT
// What becomes of files in a workspace: what is opened, saved, and asked for before the window closes; and
// the settings that are kept between two windows.

#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/panels/copying.hpp"
#include "app/panels/frame_budget.hpp"
#include "app/panels/workspace.hpp"
#include "core/base/excerpt.hpp"

namespace loopscope::panels {

namespace fs = std::filesystem;

void Workspace::take(const settings::Settings& settings) {
    settings_ = settings;
    choice_.take(settings);
    if (const timeline::Theme* const theme = timeline::Theme::find(settings.theme))
        look_.choose_theme(*theme);
    look_.set_text_size(settings.text_size);
}

settings::Settings Workspace::settings() const {
    settings::Settings now = settings_;
    choice_.write(now);
    now.theme = look_.chosen_theme().name;
    now.text_size = look_.text_size();
    return now;
}

std::string Workspace::title() const {
    const auto file = saved_.file_of(session_);
    return window_title(file ? file->filename().string() : std::string(session_.about().name),
                        saved_.unsaved(session_) != SavedTraces::Unsaved::nothing);
}

void Workspace::came_from(const fs::path& file) {
    remember_file(SavedTraces::saved_in(file, session_));
}

void Workspace::remember_file(SavedTraces::Saved saved) {
    std::error_code unknown;
    if (fs::is_regular_file(saved.file, unknown)) settings_.add_recent(saved.file);
    saved_.add(std::move(saved));
}

void Workspace::show_branch(std::shared_ptr<feed::Branch> branch, feed::Annotations annotations) {
    navigator_.halt();
    demo_.reset();
    to_show_.clear();
    lesson_.close(session_);
    session_.open(std::move(branch), std::move(annotations));
    show_anew();
}

void Workspace::take_arrival(feed::Opening::Arrival arrival, Files::News& news) {
    if (!news.begun) {
        show_branch(std::move(arrival.branch), std::move(arrival.annotations));
        return came_from(news.file);
    }
    if (session_.complete(news.begun, std::move(arrival.branch), arrival.annotations)) {
        navigator_.search_anew();
        SavedTraces::Saved saved = SavedTraces::saved_in(news.file, session_);
        saved.marks = feed::in_order(std::move(arrival.annotations)).marks;  // others were made meanwhile
        remember_file(std::move(saved));
    } else if (news.sentence.empty()) {
        news.sentence =
            fmt::format("All of '{}' was read: Undo goes back to it", news.file.filename().string());
    }
}

bool Workspace::is_whole() {
    if (!files_.reads(session_)) return true;
    set_notice(session_.feed().can().fork.error().message);
    return false;
}

void Workspace::go_on_with_files() {
    Files::News news = files_.go_on(frame_slice);
    if (news.beginning) show_branch(std::move(news.beginning), {});
    if (news.arrival) take_arrival(std::move(*news.arrival), news);
    if (news.saved) {
        written_.push_back(news.saved->file);
        remember_file(std::move(*news.saved));
        quit_ = quit_ || quits_once_saved_;
    }
    if (news.saved || news.save_failed) quits_once_saved_ = false;
    if (!news.sentence.empty()) set_notice(std::move(news.sentence));
    const auto path = exports_.path();
    if (std::string written = exports_.go_on(frame_slice); !written.empty()) {
        if (path && exports_.was_written()) written_.push_back(*path);
        set_notice(std::move(written));
    }
}

void Workspace::ask_for_trace(bool recent) {
    std::error_code unknown;
    const auto file = saved_.file_of(session_);
    const fs::path folder = file                       ? file->parent_path()
                            : settings_.recent.empty() ? fs::current_path(unknown)
                                                       : settings_.recent.front().parent_path();
    const fs::path there = fs::is_directory(folder, unknown) ? folder : fs::current_path(unknown);
    if (recent)
        open_dialog_.open_recent(there, settings_.recent);
    else
        open_dialog_.open(there, settings_.recent);
}

void Workspace::save() {
    const auto file = saved_.file_of(session_);
    if (file && file->extension() == ".loopscope") return save(file->string());
    ask_for_file();
}

void Workspace::ask_for_file() {
    if (!is_whole()) return;
    if (const auto name = files_.name_for(session_, saved_.file_of(session_)))
        text_bar_.open(TextBar::Purpose::save, *name);
}

void Workspace::save(const std::string& name) {
    if (!is_whole()) return;
    Files::Reply reply = files_.save(name, session_, saved_.file_of(session_));
    if (!reply.name.empty()) text_bar_.open(TextBar::Purpose::save, reply.name);
    if (!reply.sentence.empty()) set_notice(std::move(reply.sentence));
}

void Workspace::ask_to_export(ExportAs as) {
    if (as != ExportAs::picture && as != ExportAs::large_picture && !is_whole()) return;
    text_bar_.open(TextBar::Purpose::export_, exports_.choose(as, session_, saved_.file_of(session_)));
}

void Workspace::start_to_export(const std::string& name) {
    Exports::Show show;
    if (const lesson::OpenLesson* const lesson = lesson_.lesson())
        show = {std::filesystem::path(lesson->document().name()).filename().string(),
                lesson->document().text(),
                {}};
    if (demo_) show = {demo_->demo().file, {}, demo_->demo().text};
    Exports::Reply reply = exports_.start(name, session_, look_.theme(), std::move(show));
    if (!reply.name.empty()) text_bar_.open(TextBar::Purpose::export_, reply.name);
    if (!reply.sentence.empty()) set_notice(std::move(reply.sentence));
}

void Workspace::quit() {
    switch (saved_.unsaved(session_)) {
        case SavedTraces::Unsaved::nothing: quit_ = true; return;
        case SavedTraces::Unsaved::marks: return quit_question_.ask("The marks are");
        case SavedTraces::Unsaved::recording: return quit_question_.ask("The recording is");
    }
}

void Workspace::answer(QuitQuestion::Answer answer) {
    quit_question_.close();
    switch (answer) {
        case QuitQuestion::Answer::save:
            // In the next frame, when the question has gone: a field for a name gets no focus behind it.
            return ask([this] {
                quits_once_saved_ = true;
                save();
            });
        case QuitQuestion::Answer::leave: quit_ = true; return;
        case QuitQuestion::Answer::stay: return;
    }
}

void Workspace::copy(Action what) {
    const ImVec2 mouse = ImGui::GetMousePos();
    const bool over_output = mouse.x >= output_.x && mouse.x < output_.right() && mouse.y >= output_.y &&
                             mouse.y < output_.bottom();
    std::string text;
    // Tooltips in OUTPUT say what a click does there.
    if (what == Action::copy_output || (what == Action::copy && over_output))
        text = output_text(session_);
    else if (what == Action::copy && !tooltip_.empty())
        text = tooltip_;
    else
        text = why_.text(session_);
    if (text.empty()) return set_notice("There is no output to copy yet");
    ImGui::SetClipboardText(text.c_str());
    constexpr std::size_t told = 60;
    const std::string_view line = std::string_view(text).substr(0, text.find('\n'));
    const std::string_view beginning = beginning_of(line, told);
    set_notice(fmt::format("Copied: {}{}", beginning, beginning.size() < text.size() ? "…" : ""));
}

bool Workspace::acts_on_files(Action action) {
    switch (action) {
        case Action::open:
            if (in_browser)
                wants_file_ = true;  // the browser asks
            else
                ask_for_trace(false);
            return true;
        case Action::open_recent: ask_for_trace(true); return true;
        case Action::save: save(); return true;
        case Action::save_as: ask_for_file(); return true;
        case Action::export_picture: ask_to_export(ExportAs::picture); return true;
        case Action::export_large_picture: ask_to_export(ExportAs::large_picture); return true;
        case Action::export_drawing: ask_to_export(ExportAs::drawing); return true;
        case Action::export_chrome: ask_to_export(ExportAs::chrome); return true;
        case Action::export_table: ask_to_export(ExportAs::table); return true;
        case Action::export_page: ask_to_export(ExportAs::page); return true;
        case Action::copy:
        case Action::copy_why:
        case Action::copy_output: copy(action); return true;
        case Action::quit: quit(); return true;
        default: return false;
    }
}

bool Workspace::acts_on_panels(Action action) {
    switch (action) {
        case Action::panel_loop: toggle(Part::loop); return true;
        case Action::panel_storage: toggle(Part::storage); return true;
        case Action::panel_output: toggle(Part::output); return true;
        case Action::panel_source: toggle(Part::source); return true;
        case Action::panel_why: toggle(Part::why); return true;
        case Action::panel_details: toggle(Part::details); return true;
        case Action::panels_reset: choice_.reset(); return true;
        default: return false;
    }
}

void Workspace::toggle(Part part) {
    choice_.show(part, !choice_.shows(part));
    if (choice_.shows(part)) choice_.prefer(part);
}

}  // namespace loopscope::panels
