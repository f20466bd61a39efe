#pragma once

#include <optional>
#include <vector>

#include "app/panels/ui.hpp"
#include "app/session/at_cursor.hpp"
#include "core/explain/causes.hpp"
#include "core/explain/why.hpp"

namespace loopscope::panels {

/// Why what happens at the cursor happens, in words, and what led to it.
class WhyPanel {
  public:
    /// Gives the event of a cause that was clicked.
    std::optional<std::uint32_t> update(const Ui& ui, const session::Session& session, timeline::Rect rect);
    /// What happens in one line, for a screen that a class looks at.
    void line(const Ui& ui, const session::Session& session, timeline::Rect rect);

  private:
    const explain::Why& why(const session::Session& session);

    session::AtCursor<explain::Why> why_;
    session::AtCursor<std::vector<explain::Cause>> causes_;
    session::AtCursor<std::vector<explain::Cause>> history_;
};

}  // namespace loopscope::panels
