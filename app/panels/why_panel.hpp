// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "app/panels/list_scroll.hpp"
#include "app/session/at_cursor.hpp"
#include "core/explain/causes.hpp"
#include "core/explain/slice_why.hpp"
#include "core/explain/why.hpp"

namespace loopscope::panels {

/// The WHY panel: why what happens at the cursor happens, in words, and the causes that led to it.
class WhyPanel {
  public:
    /// Draws the panel. Returns the event of the cause that was clicked.
    std::optional<EventIndex> update(const Ui& ui, const session::Session& session, timeline::Rect rect);
    /// Draws what happens in one line, for the projector's layout.
    void line(const Ui& ui, const session::Session& session, timeline::Rect rect);

    /// Returns what the panel says of the cursor, as one text.
    [[nodiscard]] std::string text(const session::Session& session) { return why(session).text(); }

  private:
    const explain::Why& why(const session::Session& session);

    session::AtCursor<explain::Why> why_;
    session::AtCursor<std::vector<explain::Cause>> causes_;
    session::AtCursor<std::vector<explain::Cause>> history_;
    session::AtCursor<explain::Surroundings> surroundings_;
    std::array<ListScroll, 2> scrolls_;  // of the two lists of causes
    std::size_t wanted_history_ = 0;     // how many causes of the history are looked for
    EventIndex scrolled_at_;             // another cursor shows them from the top again
};

}  // namespace loopscope::panels
