// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

#include "app/timeline/theme.hpp"

namespace loopscope::timeline {

/// The minimum contrast of text and its ground: WCAG 2.1, success criterion 1.4.3.
inline constexpr double min_text_contrast = 4.5;

/// Returns WCAG 2.1's contrast ratio of two opaque colours, 1 … 21.
double contrast(Color one, Color other);

/// Returns what a colour looks like on an opaque ground.
Color over(Color color, Color ground);

/// Returns a colour for text on an opaque ground: `wanted` where it can be read there, or else with as little
/// white or black in it as makes that possible. Text of a hue, or on one, or of what stands back, takes its
/// colour from here; grey text has colours of its own, in the table below.
Color legible(Color wanted, Color ground);

/// A colour of grey text, and a ground that it stands on.
struct TextOnGround {
    std::string_view what;
    Color Theme::*text;
    Color Theme::*ground;
};

/// All that grey text stands on. Tests measure each in each theme, and that panels and timeline draw no other
/// that cannot be read.
inline constexpr std::array<TextOnGround, 14> text_on_grounds = {{
    {"text in the timeline", &Theme::text, &Theme::background},
    {"text on a panel", &Theme::text, &Theme::panel},
    {"text on a card", &Theme::text, &Theme::card},
    {"text on what is marked", &Theme::text, &Theme::marked},
    {"text on a leak count", &Theme::text, &Theme::leak},
    {"a label in the timeline", &Theme::dim, &Theme::background},
    {"a heading of a panel", &Theme::dim, &Theme::panel},
    {"a note on a card", &Theme::dim, &Theme::card},
    {"a note on what is marked", &Theme::dim, &Theme::marked},
    {"a note in the timeline", &Theme::hint, &Theme::background},
    {"a hint on a panel", &Theme::hint, &Theme::panel},
    {"a hint on a card", &Theme::hint, &Theme::card},
    {"a switch of storage on its flag", &Theme::ink, &Theme::text},
    {"the first difference on its flag", &Theme::ink, &Theme::accent},
}};

}  // namespace loopscope::timeline
