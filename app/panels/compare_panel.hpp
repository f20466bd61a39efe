// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "app/panels/list_scroll.hpp"
#include "app/session/kept_run.hpp"

namespace loopscope::panels {

/// The COMPARE panel: the session's run beside a kept run. Shows both outputs in lock-step under one cursor,
/// the first difference in words, and all settings side by side.
class ComparePanel {
  public:
    /// Opens the panel, and keeps the session's run if none is kept; or closes it and releases the kept run.
    void toggle(const session::Session& session);
    [[nodiscard]] bool shown() const { return shown_; }
    void close() { shown_ = false; }
    /// Returns whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const { return shown_ && grows_; }
    [[nodiscard]] const session::KeptRun& kept() const { return kept_; }

    /// The requests of the user in one frame.
    struct Response {
        std::optional<PrintIndex> print;  ///< go to this print
        bool keep = false;                ///< keep the session's run in place of the kept one
        bool swap = false;                ///< exchange the session's run and the kept one
    };
    /// Draws the panel. Returns what the user asked for.
    Response update(const Ui& ui, const session::Session& session, timeline::Rect rect);

    /// Keeps the session's run in place of the kept one.
    void keep(const session::Session& session) { kept_.keep(session); }
    /// Keeps another trace in place of the kept run.
    void keep(std::shared_ptr<feed::Branch> branch) { kept_.keep(std::move(branch)); }
    /// Exchanges the session's run and the kept one; what cannot be done within `patience` is continued by
    /// the session.
    void swap(session::Session& session, session::Session::TimeBudget budget) { kept_.swap(session, budget); }

  private:
    void settings(const Ui& ui, const session::Session& session, const Panel& panel, float y);

    session::KeptRun kept_;
    ListScroll settings_;
    bool shown_ = false;
    bool grows_ = false;
};

}  // namespace loopscope::panels
