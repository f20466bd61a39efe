#pragma once

#include <span>

#include "app/panels/ui.hpp"
#include "app/session/storage_runs.hpp"

namespace loopscope::panels {

/// An output that is compared with the session's.
struct ComparedOutput {
    std::string_view name;
    session::Side side;
    bool cut = false;                       ///< it was not over where it had to stop
    bool on = false;                        ///< it is what the session shows
    std::optional<std::size_t> first = {};  ///< its first print that differs, as far as that is known
    std::string_view action = {};           ///< what a click on the name does; empty: nothing
};

/// What the user clicked.
struct ComparedClick {
    std::optional<std::size_t> row;    ///< the name of this one
    std::optional<std::size_t> print;  ///< a print of this place
};

/// Height of so many rows, in design pixels.
constexpr float compared_height(std::size_t rows) {
    return 22 * static_cast<float>(rows);
}

/// Draws outputs from `y` down, a row each, in lock-step with the session's: the prints of a number stand one
/// above the other, and what differs from the session's stands on a ground of its own.
ComparedClick comparison_rows(const Ui& ui, const session::Session& session,
                              std::span<const ComparedOutput> outputs, const Panel& panel, float y);

}  // namespace loopscope::panels
