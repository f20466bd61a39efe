#pragma once

#include <optional>

#include "app/panels/ui.hpp"
#include "app/session/storage_runs.hpp"

namespace loopscope::panels {

/// What the user clicked in the OUTPUT panel.
struct OutputWish {
    std::optional<std::size_t> print;       ///< go to the print of this place in the output
    std::optional<trace::Storage> storage;  ///< select this one
};

/// What the program has printed up to the cursor, each symbol in the hue of the chain that wrote it,
/// underlined in the printing chain's hue where it leaks; and below it what it would print under each
/// storage, in lock-step, with the differences marked.
///
/// While a lesson is under way, that stays hidden; if it is what prints next, a `?` stands where the answer
/// will.
enum class Riddle : std::uint8_t { none, open, next_print };
OutputWish output_panel(const Ui& ui, const session::Session& session, const session::StorageRuns& runs,
                        Riddle riddle, timeline::Rect rect);

}  // namespace loopscope::panels
