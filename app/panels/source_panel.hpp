// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "app/panels/source.hpp"
#include "app/panels/ui.hpp"
#include "app/session/at_cursor.hpp"
#include "app/session/line_runs.hpp"

namespace loopscope::panels {

/// By line number: the first tasks that are at the line.
using SourceMarks = std::map<std::uint32_t, std::vector<TaskId>>;

/// The SOURCE panel: the program's source. The line that WHY speaks of is highlighted, dots mark the lines
/// where tasks are, and a click on a line shows how often it ran and leads to where it did.
class SourcePanel {
  public:
    /// The requests of the user in one frame.
    struct Response {
        std::optional<Language> language;
        std::optional<EventIndex> event;  ///< put the cursor on this event
        bool nowhere = false;             ///< a line was clicked that no trace names
    };
    /// Draws the panel, from the line that the wheel has scrolled to, in the wanted language if the program
    /// has a source in it. Returns what the user asked for.
    Response update(const Ui& ui, const session::Session& session, timeline::Rect rect, Language wanted);

    /// Returns whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const { return !seen_; }

  private:
    /// The source that is shown: the serial number of the trace, the language, and the number of the file.
    using Code = std::tuple<std::uint64_t, Language, std::uint32_t>;

    void follow(const session::Session& session);
    [[nodiscard]] const FileLine& now(const session::Session& session);
    void look_at(std::uint32_t line, const session::Session& session, Language language, Response& response);

    session::LineRuns runs_;
    std::optional<Code> code_;
    std::uint32_t file_ = 1;                    // the number of the file that is shown
    std::size_t code_line_ = 1;                 // number of the first line of the program's own code
    bool seen_ = true;                          // whether runs_ has searched all of the trace
    std::optional<session::Direction> wanted_;  // direction to go in, once runs_ is complete
    EventIndex wanted_from_;                    // the cursor when a line was clicked
    session::AtCursor<FileLine> now_;           // the line that is highlighted
    std::ptrdiff_t scrolled_ = 0;               // lines that the wheel has scrolled down
    EventIndex scrolled_at_;                    // the cursor then: another one shows its own line again
    std::array<session::AtCursor<SourceMarks>, 2> marks_;  // by language
};

}  // namespace loopscope::panels
