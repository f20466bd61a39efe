#pragma once

#include <optional>

#include "app/panels/ui.hpp"
#include "app/session/kept_run.hpp"

namespace loopscope::panels {

/// The session's run beside one that the user keeps: both outputs in lock-step under one cursor, the first
/// difference in words, and all that was set, side by side.
class ComparePanel {
  public:
    /// Shows it, and keeps the session's run if none is kept; or closes it.
    void toggle(const session::Session& session);
    [[nodiscard]] bool shown() const { return shown_; }
    void close() { shown_ = false; }
    /// Whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const { return shown_ && grows_; }
    [[nodiscard]] const session::KeptRun& kept() const { return kept_; }

    /// What the user asked for.
    struct Wish {
        std::optional<std::size_t> print;  ///< go to the print of this place
        bool keep = false;                 ///< keep the session's run instead
        bool swap = false;                 ///< run what is kept, keep what runs
    };
    Wish update(const Ui& ui, const session::Session& session, timeline::Rect rect);

    void keep(const session::Session& session) { kept_.keep(session); }
    void swap(session::Session& session, session::Session::Patience patience) {
        kept_.swap(session, patience);
    }

  private:
    void settings(const Ui& ui, const session::Session& session, const Panel& panel, float y) const;

    session::KeptRun kept_;
    bool shown_ = false;
    bool grows_ = false;
};

}  // namespace loopscope::panels
