// SPDX-License-Identifier: MIT
#pragma once

#include "app/panels/context_menu.hpp"
#include "app/panels/range_selection.hpp"
#include "app/panels/task_lanes.hpp"
#include "app/panels/track_lanes.hpp"
#include "app/panels/ui.hpp"
#include "app/panels/view_control.hpp"
#include "app/render/damage.hpp"
#include "app/render/draw_list_renderer.hpp"
#include "app/session/outlook.hpp"

namespace loopscope::panels {

/// The timeline in the window: holds the view, and turns input of the mouse into seeking, panning and
/// zooming, whatever it shows: lanes of tasks, or the tracks of an imported trace. Used from the thread of
/// the OpenGL context only.
class TimelinePanel {
  public:
    /// The requests of the user in one frame.
    struct Response {
        std::optional<EventIndex> event;  ///< go there
        std::optional<ContextMenu::Choice> choice;
        bool double_clicked = false;  ///< a double click has moved the view
    };
    /// Lays out the panel and handles the mouse. Returns what the user asked for. `rect` is in pixels of the
    /// window; `passed` is the time since the last frame, in seconds.
    Response update(const Ui& ui, const session::Session& session, const timeline::TextMetrics& text,
                    timeline::Rect rect, double passed);
    /// Lays out the picture after update(). Adds the panel's region to `damage` if the picture differs from
    /// the one before.
    void lay_out(const Ui& ui, const session::Session& session, const timeline::TextMetrics& text,
                 render::Damage& damage);
    /// Draws the part of the picture that is within a region into the bound framebuffer.
    void draw(const timeline::Theme& theme, render::DrawListRenderer& renderer, gl::Size framebuffer,
              const gl::Region& region) const;

    /// Returns what lay_out() has drawn, and where it stands, in pixels of the window.
    [[nodiscard]] const timeline::DrawList& picture() const { return list_; }
    [[nodiscard]] const timeline::Rect& rect() const { return rect_; }

    /// Changes to the other axis and shows all of it; a range stays selected. Returns false if there is none.
    bool toggle_axis(const session::Session& session);
    /// Zooms by steps of a quarter of an octave, around the mouse or else around the cursor.
    void zoom(int steps, const session::Session& session);
    /// Pans by a part of the width.
    void pan(float part);
    /// Shows the whole axis.
    void fit_all(const session::Session& session);
    /// Shows all of the selected range, or else of the step or the slice at the cursor; centres the cursor
    /// where that has no length.
    void fit_selection(const session::Session& session);
    /// Shows the same part of the axis with pixels of another size, for a picture that is larger than the
    /// window.
    void rescale(float factor) { view_.rescale(factor); }
    /// Keeps the cursor in view until the user moves the view.
    void follow() {
        view_.follow();
        content().follow(true);
    }
    /// Folds or unfolds the selected lane, or the one of many tasks that it belongs to. Returns false if
    /// there is nothing to fold.
    bool fold() { return content().fold(); }
    /// Folds all lanes, or unfolds all if any is folded. Returns false if there is nothing to fold.
    bool fold_all() { return content().fold_all(); }
    /// Selects the lane that is so many lanes below the selected one, or else below the one of the task that
    /// runs at the cursor, and scrolls to it.
    void select_lane(int distance, const session::Session& session) {
        content().select_lane(distance, session);
    }
    /// Shows only the lanes that a text matches, as in session::is_meant; all if it is empty.
    void set_filter(const std::string& text);
    [[nodiscard]] const std::string& filter_text() const { return filter_; }
    /// Sorts the lanes by the next order; the first follows the last.
    void next_order() { content().next_order(); }
    /// Sets whether the user is asked what comes next: it is veiled then, and fit_all() leaves room for it.
    void set_asks(bool asks) { asks_ = asks; }
    /// Sets what a search has found. REQUIRES: it is there until the next call.
    void set_found(const timeline::Found& found) { found_ = found; }
    /// Flies back to the view before the last move. Returns false if there is none.
    bool view_back() { return left(view_.back()); }
    /// Flies forward to the view that view_back() left. Returns false if there is none.
    bool view_forward() { return left(view_.forward()); }
    /// Returns how many moves of the view were remembered since the view was created.
    [[nodiscard]] std::uint64_t moves() const { return view_.moves(); }
    /// Shows the next choice of arrows: those at the cursor, all, none.
    void next_arrows();
    /// Returns whether a range is selected.
    [[nodiscard]] bool has_range() const { return range_.stretch().has_value(); }
    /// Ends the selection of a range.
    void end_range() { range_.forget(); }
    /// The menu of what the user clicked on with the right button.
    [[nodiscard]] ContextMenu& menu() { return menu_; }
    /// Returns whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const { return view_.flies() || content().pending() || range_.counting(); }
    /// Returns the task whose lane was selected last; none: no task's.
    [[nodiscard]] TaskId selected() const { return content().selected(); }

  private:
    /// What the mouse does while its button is down.
    enum class Drag : std::uint8_t { none, click, view, range, minimap, done };

    /// Updates the lanes to the session's trace. If it is another trace, forgets what names tasks or events
    /// of the old one.
    void take_in(const session::Session& session);
    /// Shows the whole axis where that is what the user has seen last, at another width or of another trace.
    void refit(const session::Session& session);
    [[nodiscard]] TimelineContent& content() {
        return shows_tracks_ ? static_cast<TimelineContent&>(tracks_) : tasks_;
    }
    [[nodiscard]] const TimelineContent& content() const {
        return shows_tracks_ ? static_cast<const TimelineContent&>(tracks_) : tasks_;
    }
    [[nodiscard]] timeline::Scene scene(const Ui& ui, const session::Session& session,
                                        const timeline::TextMetrics& text) const;
    /// Stops to scroll to what happens at the cursor if the view has left for another one; returns whether it
    /// has.
    bool left(bool has_left) {
        if (has_left) content().follow(false);
        return has_left;
    }
    void settle(const timeline::Scene& scene);
    [[nodiscard]] timeline::Axis axis(const session::Session& session) const {
        return {view_.goal().axis, session.log(), session.index()};
    }
    /// Returns whether it is known where the run will end, and all of that fits.
    [[nodiscard]] bool is_foreseen() const;
    /// Returns where the axis ends once all has happened, as far as that is known, or else where it ends now.
    [[nodiscard]] std::int64_t extent(const session::Session& session) const;
    /// Returns the maximum scale at which all is shown, in pixels a tick.
    [[nodiscard]] double max_fit(const session::Session& session) const;
    /// Returns the panel's rectangle, in pixels of the framebuffer.
    [[nodiscard]] gl::Region region() const;
    void add_changes(render::Damage& damage) const;

    // The mouse, in timeline_mouse.cpp.

    std::optional<EventIndex> take_mouse(const Ui& ui, const session::Session& session,
                                         const timeline::Scene& scene);
    void begin_drag(const session::Session& session, const timeline::Scene& scene, const timeline::Hit& hit,
                    float x);
    void go_on_with_drag(const session::Session& session, const timeline::Scene& scene, float x);
    std::optional<EventIndex> click(const session::Session& session, const timeline::Hit& hit);
    /// Zooms to what is under the mouse: a range, a step, a slice; or else around it. Returns false where
    /// nothing is.
    bool zoom_to(const session::Session& session, const timeline::Scene& scene, const timeline::Hit& hit,
                 float x);
    void open_menu(const session::Session& session, const timeline::Hit& hit, float x);
    [[nodiscard]] bool is_in_range(const session::Session& session,
                                   const std::optional<RangeSelection::Stretch>& range, float x) const;
    void take_wheel(const session::Session& session, float x);
    void show_hover(const Ui& ui, const session::Session& session, const timeline::Hit& hit, ImVec2 mouse);

    std::uint64_t serial_ = 0;  // serial number of the index that is shown
    ViewControl view_;
    std::optional<session::Outlook> outlook_;  // of the trace that is shown
    timeline::Layout layout_;
    TaskLanes tasks_;
    TrackLanes tracks_;
    bool shows_tracks_ = false;
    std::string filter_;
    timeline::DrawList list_;
    timeline::DrawList last_list_;
    timeline::Rect rect_;
    gl::Region last_region_;  // region of last_list_
    Drag drag_ = Drag::none;
    bool wheeling_ = false;  // consecutive pans by the wheel count as one move
    RangeSelection range_;
    ContextMenu menu_;
    timeline::Arrows arrows_ = timeline::Arrows::selected;
    std::optional<float> hairline_;  // x of the mouse, from the left of the timeline
    float scale_ = 1;
    bool asks_ = false;
    timeline::Found found_;
    bool begins_ = true;     // whether the view has not been shown yet
    bool is_other_ = false;  // whether the trace is another one than in the frame before
    float fitted_width_ = 0;
};

}  // namespace loopscope::panels
