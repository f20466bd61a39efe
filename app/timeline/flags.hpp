// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

#include "app/timeline/layout.hpp"

namespace loopscope::timeline {

/// A flag above the lanes: a switch of storage, or a mark of the user's.
struct Flag {
    EventIndex event;
    bool is_mark = false;
    float x = 0;      ///< of its pole, in pixels
    float left = 0;   ///< of its cloth
    float width = 0;  ///< of its cloth; 0: there is no room for one
};

/// Returns the flags in view, from left to right. Of those of one kind that share a pixel only the last is
/// there, because a file may have millions of them. Cloths stand right of their poles, or left of them where
/// there is more room, and none covers another one.
std::vector<Flag> flags_in_view(const Scene& scene, const Layout& layout);

/// Draws flags: for a switch such as "global → contextvar" across all lanes, for a mark with its text.
void draw_flags(const Scene& scene, const Layout& layout, const std::vector<Flag>& flags, DrawList& out);

/// Returns the flag whose cloth or pole is at x, in pixels.
std::optional<Flag> flag_at(const Scene& scene, const std::vector<Flag>& flags, float x);

}  // namespace loopscope::timeline
