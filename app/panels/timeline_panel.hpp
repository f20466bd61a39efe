#pragma once

#include "app/panels/range_selection.hpp"
#include "app/panels/task_lanes.hpp"
#include "app/panels/track_lanes.hpp"
#include "app/panels/ui.hpp"
#include "app/render/damage.hpp"
#include "app/render/draw_list_renderer.hpp"
#include "app/timeline/camera.hpp"

namespace loopscope::panels {

/// The timeline in the window: holds the view, and turns input of the mouse into seeking, panning and
/// zooming, whatever it shows: lanes of tasks, or the tracks of an imported trace. Used from the thread of
/// the OpenGL context only.
class TimelinePanel {
  public:
    /// Lays out the panel and handles the mouse. Returns the event that the user clicked, if any. `rect` is
    /// in pixels of the window; `passed` is the time since the last frame, in seconds.
    std::optional<EventIndex> update(const Ui& ui, const session::Session& session,
                                     const timeline::TextMetrics& text, timeline::Rect rect, double passed);
    /// Lays out the picture after update(). Adds the panel's region to `damage` if the picture differs from
    /// the one before.
    void lay_out(const Ui& ui, const session::Session& session, const timeline::TextMetrics& text,
                 render::Damage& damage);
    /// Draws the part of the picture that is within a region into the bound framebuffer.
    void draw(const timeline::Theme& theme, render::DrawListRenderer& renderer, gl::Size framebuffer,
              const gl::Region& region) const;

    /// Changes to the other axis and shows all of it. Returns false if there is none.
    bool toggle_axis(const session::Session& session);
    /// Zooms by steps of a quarter of an octave, around the mouse or else around the cursor.
    void zoom(int steps, const session::Session& session);
    /// Pans by a part of the width.
    void pan(float part);
    /// Shows the whole axis.
    void fit_all(const session::Session& session);
    /// Puts the cursor into the middle of the view.
    void center(const session::Session& session);
    /// Shows all of the selected range, or centres the cursor if no range is selected. If the range was
    /// selected on the other axis, centres the cursor and returns false.
    bool fit_selection(const session::Session& session);
    /// Keeps the cursor in view until the user pans.
    void follow() {
        follows_ = true;
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
    bool view_back() { return flown(camera_.back()); }
    /// Flies forward to the view that view_back() left. Returns false if there is none.
    bool view_forward() { return flown(camera_.forward()); }
    /// Returns how many moves of the view were remembered since the view was created.
    [[nodiscard]] std::uint64_t moves() const { return camera_.moves(); }
    /// Shows the next choice of arrows: those at the cursor, all, none.
    void next_arrows();
    /// Returns whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const { return camera_.flies() || content().pending() || range_.counting(); }
    /// Returns the task whose lane was selected last; none: no task's.
    [[nodiscard]] TaskId selected() const { return content().selected(); }

  private:
    /// Updates the lanes to the session's trace. If it is another trace, forgets what names tasks or events
    /// of the old one.
    void take_in(const session::Session& session);
    [[nodiscard]] TimelineContent& content() {
        return shows_tracks_ ? static_cast<TimelineContent&>(tracks_) : tasks_;
    }
    [[nodiscard]] const TimelineContent& content() const {
        return shows_tracks_ ? static_cast<const TimelineContent&>(tracks_) : tasks_;
    }
    [[nodiscard]] timeline::Scene scene(const Ui& ui, const session::Session& session,
                                        const timeline::TextMetrics& text) const;
    /// Follows the cursor no longer if the camera has left for another view; returns whether it has.
    bool flown(bool has_left) {
        follows_ = follows_ && !has_left;
        return has_left;
    }
    void settle(const timeline::Scene& scene);
    /// Sets the goal to the whole axis.
    void fit(const session::Session& session);
    std::optional<EventIndex> take_mouse(const Ui& ui, const session::Session& session,
                                         const timeline::Scene& scene);
    void take_wheel(const session::Session& session, float x);
    void show_hover(const Ui& ui, const session::Session& session, const timeline::Hit& hit);
    void zoom_at(int steps, float x, const session::Session& session);
    [[nodiscard]] std::int64_t end(const session::Session& session) const;
    [[nodiscard]] double max_fit() const;
    /// Returns the panel's rectangle, in pixels of the framebuffer.
    [[nodiscard]] gl::Region region() const;
    void add_changes(render::Damage& damage) const;

    std::uint64_t serial_ = 0;  // serial number of the index that is shown
    timeline::Camera camera_;
    float wheel_ = 0;  // turns of the wheel that do not make a step yet
    timeline::Layout layout_;
    TaskLanes tasks_;
    TrackLanes tracks_;
    bool shows_tracks_ = false;
    std::string filter_;
    timeline::DrawList list_;
    timeline::DrawList last_list_;
    timeline::Rect rect_;
    gl::Region last_region_;  // region of last_list_
    bool dragging_ = false;
    bool wheeling_ = false;  // consecutive pans by the wheel count as one move
    RangeSelection range_;
    bool selecting_ = false;
    timeline::Arrows arrows_ = timeline::Arrows::selected;
    std::optional<float> hairline_;  // x of the mouse, from the left of the timeline
    float scale_ = 1;
    bool follows_ = true;
    bool asks_ = false;
    timeline::Found found_;
    bool dragging_minimap_ = false;
    bool fit_pending_ = true;
};

}  // namespace loopscope::panels
