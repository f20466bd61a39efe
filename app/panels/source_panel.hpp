#pragma once

#include <optional>

#include "app/panels/source.hpp"
#include "app/panels/ui.hpp"
#include "app/session/line_runs.hpp"

namespace loopscope::panels {

/// The program's source: the line of the handle at the cursor is lit, every task marks the line where it
/// waits, and a line that is clicked says how often it ran and leads to where it did.
class SourcePanel {
  public:
    /// What the user asked for.
    struct Wish {
        std::optional<Language> language;
        std::optional<std::uint32_t> event;  ///< to put the cursor on
        bool nowhere = false;                ///< of a line that no trace names
    };
    /// Shows it in a language, if the program has that.
    Wish update(const Ui& ui, const session::Session& session, timeline::Rect rect, Language wanted);

  private:
    session::LineRuns runs_;
};

}  // namespace loopscope::panels
