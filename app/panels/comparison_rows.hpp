// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "app/panels/ui.hpp"
#include "app/session/storage_runs.hpp"

namespace loopscope::panels {

/// An output that is compared with the session's output.
struct ComparedOutput {
    std::string_view name;
    session::Side side;
    bool cut = false;                      ///< whether the run was stopped before its end
    bool on = false;                       ///< whether the session shows this output
    std::optional<PrintIndex> first = {};  ///< the first print that differs, as far as it is known
    std::string_view action = {};          ///< tooltip of the name, which can be clicked; empty: it cannot
};

/// What the user clicked.
struct ComparedClick {
    std::optional<std::size_t> row;   ///< index of the output whose name was clicked
    std::optional<PrintIndex> print;  ///< the print that was clicked
};

/// Returns the height of `rows` rows, in design pixels.
constexpr float compared_height(std::size_t rows) {
    return 22 * static_cast<float>(rows);
}

/// Draws outputs from `y` (in pixels) down, a row for each. Prints with the same index stand one above the
/// other. A print that differs from the session's has a background of its own. Returns what the user clicked.
ComparedClick comparison_rows(const Ui& ui, const session::Session& session,
                              std::span<const ComparedOutput> outputs, const Panel& panel, float y);

}  // namespace loopscope::panels
