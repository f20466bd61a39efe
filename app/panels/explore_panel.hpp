#pragma once

#include <memory>
#include <optional>

#include "app/panels/ui.hpp"
#include "core/feed/exploration.hpp"

namespace loopscope::panels {

/// The panel of what else could happen: the outputs of the session's program under many schedules, with the
/// storage at the cursor, the most frequent first. The exploration runs on threads of its own, and starts
/// over when the program, its settings or the storage change.
class ExplorePanel {
  public:
    /// Opens the panel, or closes it and ends the exploration.
    void toggle();
    void close() { shown_ = false, exploration_.reset(); }
    [[nodiscard]] bool shown() const { return shown_; }
    /// Returns whether an exploration is under way, so that the next frame will show more.
    [[nodiscard]] bool running() const { return exploration_ && !is_over(exploration_->poll()); }

    /// Draws the panel. Returns the schedule of the row that the user clicked.
    [[nodiscard]] std::optional<explore::Schedule> update(const Ui& ui, const session::Session& session,
                                                          timeline::Rect rect);

  private:
    void begin(const session::Session& session);
    [[nodiscard]] bool is_about(const session::Session& session) const;

    bool shown_ = false;
    std::unique_ptr<feed::Exploration> exploration_;
};

}  // namespace loopscope::panels
