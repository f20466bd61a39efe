#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/lesson/library.hpp"
#include "app/panels/workspace.hpp"
#include "app/render/font_set.hpp"
#include "tests/support/drawn_frame.hpp"
#include "tests/support/headless_imgui.hpp"
#include "tests/support/recordings.hpp"
#include "tests/support/served_requests.hpp"
#include "tests/support/sessions.hpp"
#include "tests/support/track_trace.hpp"

namespace loopscope::panels {

/// Something that the window may show: a session, and what is done to it, a frame between each.
struct WindowState {
    std::string name;
    std::function<session::Session()> session;
    std::vector<std::function<void(Workspace&)>> steps = {};
};

inline std::function<void(Workspace&)> doing(Action action) {
    return [action](Workspace& workspace) { workspace.perform(action); };
}
/// Types into the field that was opened before.
inline std::function<void(Workspace&)> typing(std::string text) {
    return [text = std::move(text)](Workspace&) { ImGui::GetIO().AddInputCharactersUTF8(text.c_str()); };
}

/// Returns the seed's program at its middle, with some marks.
inline session::Session marked_seed(trace::Storage storage = trace::Storage::global) {
    session::Session session = session::finished_seed(storage);
    session.seek(EventIndex{session.cursor().value / 2});
    for (const std::uint32_t event : {20U, 60U, session.cursor().value})
        session.mark(EventIndex{event}, "what happens here");
    return session;
}
inline session::Session tracks_in_the_middle() {
    session::Session session = session::browser_and_server().session();
    session.seek(EventIndex{session.log().size() / 2});
    return session;
}
inline session::Session served_in_the_middle() {
    session::Session session = session::ServedRequests(60, 8).session();
    session.seek(EventIndex{session.log().size() / 2});
    return session;
}

/// Returns states that together show every panel, list and sheet.
inline std::vector<WindowState> window_states() {
    using trace::Storage;
    std::vector<WindowState> all;
    all.push_back({"the start", [] { return session::seed(); }});
    for (const Storage storage : trace::all_storages) {
        all.push_back({std::string(trace::name(storage)) + " in the middle",
                       [storage] { return marked_seed(storage); }});
    }
    all.push_back({"the end", [] { return session::finished_seed(); }});
    const auto seed = [&](std::string name, std::vector<std::function<void(Workspace&)>> steps) {
        all.push_back({std::move(name), [] { return marked_seed(); }, std::move(steps)});
    };
    seed("compare", {doing(Action::compare)});
    seed("compared", {doing(Action::compare), doing(Action::storage_contextvar)});
    seed("explore", {doing(Action::explore)});
    seed("lessons", {doing(Action::lesson)});
    for (const char* const lesson : {"global", "traps"}) {
        seed(std::string("lesson ") + lesson, {[lesson](Workspace& workspace) {
                                                   if (auto opened = lesson::OpenLesson::open(lesson))
                                                       workspace.open_lesson(std::move(*opened));
                                               },
                                               doing(Action::next), doing(Action::next)});
    }
    seed("presented", {doing(Action::present)});
    seed("Python", {doing(Action::language)});
    seed("help", {doing(Action::help)});
    seed("palette", {doing(Action::palette)});
    seed("programs", {doing(Action::program)});
    seed("menu", {doing(Action::menu)});
    seed("marks", {doing(Action::marks)});
    seed("quit", {doing(Action::mark), typing("new"), doing(Action::leave), doing(Action::quit)});
    seed("search", {doing(Action::search), typing("b")});
    seed("filter", {doing(Action::filter), typing("nothing")});
    seed("a lane", {doing(Action::lane_below), doing(Action::lane_below), doing(Action::fold)});
    seed("all arrows", {doing(Action::arrows), doing(Action::axis)});
    all.push_back(
        {"a recording", [] { return session::recording_of(session::two_tasks("handler", "line")); }});
    all.push_back({"a server", served_in_the_middle});
    all.push_back({"tracks", tracks_in_the_middle});
    all.push_back(
        {"tracks, a lane", tracks_in_the_middle, {doing(Action::lane_below), doing(Action::fold_all)}});
    all.push_back({"tracks, presented", tracks_in_the_middle, {doing(Action::present)}});
    return all;
}

/// A window without a GPU that shows a state: everything but OpenGL runs.
class ShownWindow {
  public:
    ShownWindow(HeadlessFonts& fonts, const WindowState& state, gl::Size size, const timeline::Theme& theme)
        : imgui_(fonts), workspace_(state.session(), timeline_fonts()), size_(size), theme_(theme) {
        apply_style(theme, fonts.scale);
        workspace_.appearance().set_theme(theme);
        workspace_.appearance().set_fonts(imgui_.fonts(), fonts.scale);
        for (const auto& step : state.steps) {
            frames(2);
            step(workspace_);
        }
        frames(4);
        workspace_.appearance().set_theme(theme);  // to present has one of its own
        // Cards on their way pass over others.
        for (int frame = 0; workspace_.moving() && frame < 300; ++frame) frames(1);
        frames(1);
    }

    /// Draws frames, and returns what the last one has drawn.
    DrawnFrame drawn(bool with_grounds) {
        frames(1);
        DrawnFrame frame(size_, theme_, with_grounds);
        frame.draw(workspace_.timeline(), timeline_fonts());
        frame.draw(*ImGui::GetDrawData());
        return frame;
    }
    void move_mouse(ImVec2 to) { ImGui::GetIO().MousePos = to; }
    [[nodiscard]] Workspace& workspace() { return workspace_; }

  private:
    static const timeline::TextMetrics& timeline_fonts() {
        static const auto fonts = render::FontSet::create();
        return **fonts;
    }
    void frames(int count) {
        for (; count > 0; --count) {
            workspace_.advance(0.1);
            imgui_.frame(size_, [&] { workspace_.update(size_, 0.1); });
            render::Damage damage;
            workspace_.lay_out(damage);
        }
    }

    HeadlessImGui imgui_;
    Workspace workspace_;
    gl::Size size_;
    const timeline::Theme& theme_;
};

}  // namespace loopscope::panels
