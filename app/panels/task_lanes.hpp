// SPDX-License-Identifier: MIT
#pragma once

#include "app/panels/lane_choice.hpp"
#include "app/panels/lane_selection.hpp"
#include "app/panels/timeline_content.hpp"

namespace loopscope::panels {

/// Lanes of tasks, in the panel of the timeline.
class TaskLanes final : public TimelineContent {
  public:
    [[nodiscard]] bool has_sequence() const override { return true; }
    void take_in(const session::Session& session, bool is_other) override;
    [[nodiscard]] timeline::Layout layout(float width, float height, float scale) const override;
    void describe(timeline::Scene& scene) const override;
    void focus(const timeline::Scene& scene, float width) override;
    void reveal(const timeline::Scene& scene, const timeline::Layout& layout, bool follows,
                timeline::View& view) override;
    void draw(const timeline::Scene& scene, const timeline::Layout& layout, timeline::DrawList& out) override;
    [[nodiscard]] bool pending() const override { return tiles_.pending(); }

    [[nodiscard]] timeline::Hit hit(const timeline::Scene& scene, const timeline::Layout& layout, float x,
                                    float y) override;
    [[nodiscard]] std::string hover(const session::Session& session, const timeline::Hit& hit) override;
    [[nodiscard]] std::optional<Extent> extent(const session::Session& session, const timeline::Axis& axis,
                                               EventIndex event) const override;
    [[nodiscard]] bool is_on(const timeline::Scene& scene, const timeline::Hit& hit) const override;
    [[nodiscard]] ContextMenu::Target target(const session::Session& session,
                                             const timeline::Hit& hit) const override;
    void click(const timeline::Hit& hit) override;
    void follow(bool follows) override { selection_.follow(follows); }

    bool fold() override { return selection_.fold(tree_); }
    bool fold_all() override { return tree_.toggle_all(); }
    void select_lane(int distance, const session::Session& session) override;
    void set_filter(const std::string& text) override { choice_.set_filter(text); }
    void next_order() override { choice_.next_order(); }
    [[nodiscard]] TaskId selected() const override {
        return selection_.lane().value_or(timeline::LaneKey{}).task;
    }

  private:
    LaneChoice choice_;
    LaneSelection selection_;
    timeline::LaneTree tree_;
    timeline::Tiles tiles_;
};

}  // namespace loopscope::panels
