#pragma once

#include "app/panels/ui.hpp"
#include "app/render/draw_list_renderer.hpp"
#include "app/timeline/timeline.hpp"

namespace loopscope::panels {

/// The timeline in the window: owns what part of it is seen, and turns the mouse into seeking, panning and
/// zooming.
class TimelinePanel {
  public:
    /// Lays out and takes the mouse. Gives the event that the user clicked, if any. `rect` is in pixels of
    /// the window.
    std::optional<std::uint32_t> update(const Ui& ui, const session::Session& session,
                                        const timeline::TextMetrics& text, timeline::Rect rect);
    /// Draws what `update` laid out into the bound framebuffer.
    void draw(const Ui& ui, const session::Session& session, render::DrawListRenderer& renderer,
              gl::Size framebuffer);

    void toggle_axis(const session::Session& session);
    void zoom(double factor, const session::Session& session);
    /// Pans by a part of the width.
    void pan(float part);
    void fit_all(const session::Session& session);
    void center(const session::Session& session);
    /// Keeps the cursor in view from now on, until the user pans.
    void follow() { follows_ = true; }
    /// The task whose lane was clicked last.
    [[nodiscard]] TaskId selected() const { return selected_; }
    [[nodiscard]] const timeline::DrawList& list() const { return list_; }

  private:
    [[nodiscard]] timeline::Scene scene(const Ui& ui, const session::Session& session,
                                        const timeline::TextMetrics& text) const;
    std::optional<std::uint32_t> take_mouse(const Ui& ui, const session::Session& session,
                                            const timeline::Scene& scene);
    void take_wheel(const session::Session& session, float x);
    void clicked_axis_word(const Ui& ui, const session::Session& session, float x,
                           const timeline::TextMetrics& text);
    void show_hover(const Ui& ui, const session::Session& session, const timeline::Hit& hit);
    [[nodiscard]] std::int64_t end(const session::Session& session) const;
    [[nodiscard]] double largest_fit() const;

    timeline::View view_;
    timeline::Layout layout_;
    timeline::LaneTree tree_;
    timeline::Tiles tiles_;
    timeline::DrawList list_;
    timeline::Rect rect_;
    TaskId selected_;
    std::optional<float> hairline_;  // where the mouse is, from the left of the timeline
    float scale_ = 1;
    bool follows_ = true;
    bool dragging_minimap_ = false;
    bool fit_pending_ = true;
};

}  // namespace loopscope::panels
