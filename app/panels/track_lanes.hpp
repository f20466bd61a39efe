// SPDX-License-Identifier: MIT
#pragma once

#include <tuple>

#include "app/panels/timeline_content.hpp"
#include "app/timeline/slice_tiles.hpp"

namespace loopscope::panels {

/// The tracks of an imported trace, in the panel of the timeline.
class TrackLanes final : public TimelineContent {
  public:
    [[nodiscard]] bool has_sequence() const override { return false; }
    void take_in(const session::Session& session, bool is_other) override;
    [[nodiscard]] timeline::Layout layout(float width, float height, float scale) const override;
    void describe(timeline::Scene& scene) const override;
    void focus(const timeline::Scene&, float) override {}
    void reveal(const timeline::Scene& scene, const timeline::Layout& layout, bool follows,
                timeline::View& view) override;
    void draw(const timeline::Scene& scene, const timeline::Layout& layout, timeline::DrawList& out) override;
    [[nodiscard]] bool pending() const override { return tiles_.pending(); }

    [[nodiscard]] timeline::Hit hit(const timeline::Scene& scene, const timeline::Layout& layout, float x,
                                    float y) override;
    [[nodiscard]] std::string hover(const session::Session& session, const timeline::Hit& hit) override;
    [[nodiscard]] std::optional<Extent> extent(const session::Session& session, const timeline::Axis& axis,
                                               EventIndex event) const override;
    /// A hit of a track has an event only where something is.
    [[nodiscard]] bool is_on(const timeline::Scene&, const timeline::Hit& hit) const override {
        return hit.event.has_value();
    }
    [[nodiscard]] ContextMenu::Target target(const session::Session& session,
                                             const timeline::Hit& hit) const override;
    void click(const timeline::Hit& hit) override;
    void follow(bool follows) override { follows_ = follows; }

    bool fold() override;
    bool fold_all() override { return tree_.toggle_all(); }
    void select_lane(int distance, const session::Session& session) override;
    void set_filter(const std::string& text) override;
    void next_order() override {}
    [[nodiscard]] TaskId selected() const override { return {}; }

  private:
    /// Scrolls so that what is so far below the top of the first lane is in view.
    static void reveal(const timeline::Layout& layout, float top, float height, timeline::View& view);
    void apply_filter(const session::Session& session);
    [[nodiscard]] std::optional<std::size_t> lane_of(const session::Session& session, EventIndex at) const;

    timeline::TrackTree tree_;
    timeline::SliceTiles tiles_;
    std::optional<timeline::TrackKey> selected_;
    std::optional<timeline::TrackKey> wanted_;  // the lane that is to be scrolled to
    EventIndex seen_;                           // the cursor whose lane was scrolled to
    EventIndex followed_;                       // the cursor whose lane was selected
    bool follows_ = true;
    std::string filter_;
    bool filter_changed_ = false;
};

}  // namespace loopscope::panels
