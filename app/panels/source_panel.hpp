#pragma once

#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "app/panels/source.hpp"
#include "app/panels/ui.hpp"
#include "app/session/at_cursor.hpp"
#include "app/session/line_runs.hpp"

namespace loopscope::panels {

/// By line: the first of the tasks that are there.
using SourceMarks = std::map<std::uint32_t, std::vector<TaskId>>;

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

    /// Whether the next frame will differ without any input.
    [[nodiscard]] bool moving() const { return !seen_; }

  private:
    /// Which source it is: of which trace, in which language.
    using Code = std::pair<std::uint64_t, Language>;

    session::LineRuns runs_;
    std::optional<Code> code_;
    std::size_t code_line_ = 1;                 // the first line of the code in it
    bool seen_ = true;                          // whether they have looked at all of the trace
    std::optional<session::Direction> wanted_;  // where a line was clicked: to go there once they have
    std::uint32_t wanted_from_ = 0;             // the cursor then
    std::array<session::AtCursor<SourceMarks>, 2> marks_;  // by language
};

}  // namespace loopscope::panels
