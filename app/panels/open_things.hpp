// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace loopscope::panels {

/// The things that can be open in a workspace besides lists and sheets, which take all keys while they are:
/// what Escape ends, if nothing was opened after it.
enum class OpenThing : std::uint8_t { lesson, demo, filter, work, range, text };

/// What is open, in the order in which it was opened.
class OpenThings {
  public:
    /// Says whether a thing is open now. Called for all things once a frame.
    void note(OpenThing thing, bool is_open) {
        const auto at = std::ranges::find(things_, thing);
        if (is_open && at == things_.end()) things_.push_back(thing);
        if (!is_open && at != things_.end()) things_.erase(at);
    }
    /// Returns the thing that was opened last of those that are open; nothing if none is.
    [[nodiscard]] std::optional<OpenThing> top() const {
        return things_.empty() ? std::nullopt : std::optional(things_.back());
    }

  private:
    std::vector<OpenThing> things_;
};

}  // namespace loopscope::panels
