// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>

#include "app/panels/ui.hpp"

namespace loopscope::panels {

/// The list of all marks: their places and texts. Enter or a click goes to one, Delete removes it.
class MarksList {
  public:
    /// Opens the list; the mark at the cursor, or the one before it, is chosen.
    void open() { open_ = opening_ = true; }
    [[nodiscard]] bool is_open() const { return open_; }

    /// The requests of the user in one frame.
    struct Response {
        std::optional<EventIndex> event;   ///< go to this mark
        std::optional<EventIndex> remove;  ///< remove this mark
    };
    /// Draws the list while it is open. Returns what the user asked for.
    Response update(const Ui& ui, const session::Session& session);

  private:
    using Marks = std::span<const trace::Mark>;
    void keys(Marks marks, Response& response);
    void rows(const Ui& ui, const session::Session& session, Marks marks, Response& response);

    std::size_t lit_ = 0;
    bool open_ = false;
    bool opening_ = false;
    bool moved_ = false;  // by a key, so that the row has to be scrolled to
};

}  // namespace loopscope::panels
