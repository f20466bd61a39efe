#pragma once

#include "app/panels/lane_choice.hpp"
#include "app/panels/ui.hpp"
#include "app/render/damage.hpp"
#include "app/render/draw_list_renderer.hpp"
#include "app/timeline/camera.hpp"
#include "app/timeline/timeline.hpp"
#include "core/explain/statistics.hpp"

namespace loopscope::panels {

/// The timeline in the window: owns what part of it is seen, and turns the mouse into seeking, panning and
/// zooming.
class TimelinePanel {
  public:
    /// Lays out and takes the mouse. Gives the event that the user clicked, if any. `rect` is in pixels of
    /// the window.
    std::optional<std::uint32_t> update(const Ui& ui, const session::Session& session,
                                        const timeline::TextMetrics& text, timeline::Rect rect,
                                        double passed);
    /// Lays out the picture of what is seen since `update`; adds to `damage` where it looks different than
    /// the one before.
    void lay_out(const Ui& ui, const session::Session& session, const timeline::TextMetrics& text,
                 render::Damage& damage);
    /// Draws what of that is within a region into the bound framebuffer.
    void draw(const timeline::Theme& theme, render::DrawListRenderer& renderer, gl::Size framebuffer,
              const gl::Region& region) const;

    void toggle_axis(const session::Session& session);
    /// Zooms by steps of a quarter of an octave, at the mouse or at the cursor.
    void zoom(int steps, const session::Session& session);
    /// Pans by a part of the width.
    void pan(float part);
    void fit_all(const session::Session& session);
    void center(const session::Session& session);
    /// Shows all of the range that is selected; if none is, has the cursor in the middle. Gives false if one
    /// is selected on the other axis.
    bool fit_selection(const session::Session& session);
    /// Keeps the cursor in view from now on, until the user pans.
    void follow() { follows_ = true; }
    /// Folds or unfolds the lane of the task that was clicked last, or all lanes. Gives false if there is
    /// nothing to fold.
    bool fold() { return tree_.toggle(selected_); }
    bool fold_all() { return tree_.toggle_all(); }
    /// Shows only the lanes that a text means, as in session::is_meant; empty: all.
    void set_filter(const std::string& text) { choice_.set_filter(text); }
    [[nodiscard]] const std::string& filter_text() const { return choice_.filter_text(); }
    /// Sorts lanes by the next one of what they can be sorted by.
    void next_order() { choice_.next_order(); }
    /// Whether what comes next is asked: it is veiled, and fitting leaves room for it.
    void set_asks(bool asks) { asks_ = asks; }
    /// To where the view was before it was last sent somewhere, and back again. Gives false if there is no
    /// such place.
    bool view_back();
    bool view_forward();
    /// How often it was sent somewhere.
    [[nodiscard]] std::uint64_t moves() const { return camera_.moves(); }
    /// Which arrows are drawn: those at the cursor, all, none.
    void next_arrows();
    /// Whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const {
        return camera_.flies() || tiles_.pending() || (range_ && !range_->counted);
    }
    /// The task whose lane was clicked last.
    [[nodiscard]] TaskId selected() const { return selected_; }

  private:
    /// Takes in what the trace has become. Of another one nothing may be kept that names its tasks or events.
    void take_in(const session::Session& session);
    [[nodiscard]] timeline::Scene scene(const Ui& ui, const session::Session& session,
                                        const timeline::TextMetrics& text) const;
    std::optional<std::uint32_t> take_mouse(const Ui& ui, const session::Session& session,
                                            const timeline::Scene& scene);
    void take_wheel(const session::Session& session, float x);
    void clicked_axis_word(const Ui& ui, const session::Session& session, float x,
                           const timeline::TextMetrics& text);
    void show_hover(const Ui& ui, const session::Session& session, const timeline::Hit& hit);
    void zoom_at(int steps, float x, const session::Session& session);
    [[nodiscard]] std::int64_t end(const session::Session& session) const;
    [[nodiscard]] double largest_fit() const;
    /// Where it stands, in pixels of the framebuffer.
    [[nodiscard]] gl::Region region() const;

    /// A stretch of the axis that the user selected with Shift and the mouse, and what happened in it.
    struct Range {
        timeline::AxisKind axis;
        std::int64_t from;
        std::int64_t to;
        explain::RangeStatistics statistics;
        bool counted = false;  ///< whether that is done
    };
    void select_range(const session::Session& session, float x);
    void draw_range(const Ui& ui, const session::Session& session);

    std::uint64_t serial_ = 0;  // of the index that is shown
    timeline::Camera camera_;
    LaneChoice choice_;
    float wheel_ = 0;  // turned, and not yet taken for a step
    timeline::Layout layout_;
    timeline::LaneTree tree_;
    timeline::Tiles tiles_;
    timeline::DrawList list_;
    timeline::DrawList last_list_;
    timeline::Rect rect_;
    gl::Region last_region_;  // where last_list_ was drawn
    bool dragging_ = false;
    bool wheeling_ = false;  // pans by the wheel that follow each other are one way
    std::optional<Range> range_;
    bool selecting_ = false;
    timeline::Arrows arrows_ = timeline::Arrows::selected;
    TaskId selected_;
    std::optional<float> hairline_;  // where the mouse is, from the left of the timeline
    float scale_ = 1;
    bool follows_ = true;
    bool asks_ = false;
    bool dragging_minimap_ = false;
    bool fit_pending_ = true;
};

}  // namespace loopscope::panels
