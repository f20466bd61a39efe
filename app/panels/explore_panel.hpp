// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/panels/list_scroll.hpp"
#include "core/feed/exploration.hpp"

namespace loopscope::panels {

/// The panel of what else could happen: the outcomes of the session's program under many schedules, those
/// that failed and the most frequent first. A program of Loopscope's runs with the storage at the cursor, a
/// live Python program as it was started. The exploration runs on threads of its own, and starts over when
/// the program, its settings or the storage change.
class ExplorePanel {
  public:
    /// Opens the panel, or closes it.
    void toggle() { shown_ ? close() : void(shown_ = true); }
    /// Closes the panel. An exploration under way ends; what came of one that is over stays.
    void close();
    [[nodiscard]] bool shown() const { return shown_; }
    /// Returns whether an exploration is under way, or its end was not shown yet, so that the next frame will
    /// show more.
    [[nodiscard]] bool running() const { return exploration_ && !told_; }

    /// Draws the panel. Returns the schedule of the row that the user clicked.
    [[nodiscard]] std::optional<explore::Schedule> update(const Ui& ui, const session::Session& session,
                                                          timeline::Rect rect);
    /// Says that the session shows one of the outcomes now, so that the others stay.
    void shows_outcome(const session::Session& session) { about_.push_back(session.branch()->feed); }
    /// Returns the Python program that is explored; null: it is one of Loopscope's, or none.
    [[nodiscard]] const std::shared_ptr<const feed::ExploredProgram>& program() const { return program_; }

  private:
    /// What the rows of a report have in common.
    struct Common {
        explicit Common(const explore::Report& report);

        bool leaks = false;      ///< whether any outcome leaks
        bool stales = false;     ///< whether any has stale prints
        std::size_t output = 0;  ///< how many bytes of all outputs are the same lines, which are left out
    };

    [[nodiscard]] static std::string row(const explore::Outcome& outcome, const explore::Report& report,
                                         const Common& common);
    void begin(const session::Session& session);
    void begin(std::shared_ptr<const feed::ExploredProgram> program);
    [[nodiscard]] bool is_about(const session::Session& session) const;
    /// Draws how far the exploration is, and what ends it.
    void progress(const Ui& ui, Panel& panel);
    void rows(const Ui& ui, const Panel& panel, const explore::Report& report, float y,
              std::optional<explore::Schedule>& clicked);

    bool shown_ = false;
    std::unique_ptr<feed::Exploration> exploration_;
    std::shared_ptr<const feed::ExploredProgram> program_;
    std::vector<std::weak_ptr<feed::Feed>>
        about_;                                // the Python program's feed, and its outcomes that were shown
    bool told_ = false;                        // whether the end of the exploration was shown
    std::optional<Common> common_;             // of the report, once it is there
    std::optional<explore::Schedule> chosen_;  // the row that was clicked last
    ListScroll scroll_;
};

}  // namespace loopscope::panels
