// SPDX-License-Identifier: MIT
#include "app/panels/appearance.hpp"

#include <algorithm>
#include <utility>

#include "app/settings/settings.hpp"

namespace loopscope::panels {
namespace {

/// The factor by which everything is larger while presenting.
constexpr float presented = 1.25F;

constexpr float zoom_step = 1.125F;
using settings::max_text_size;
using settings::min_text_size;

}  // namespace

void Appearance::set_fonts(const Fonts& fonts, float scale) {
    fonts_ = fonts;
    scale_ = scale;
}

void Appearance::next_theme() {
    const auto all = timeline::Theme::all();
    const auto now = std::ranges::find(all, theme_);
    choose_theme(now == all.end() || std::next(now) == all.end() ? *all.front() : **std::next(now));
}

float Appearance::zoom() const {
    return presents_ ? zoom_ * presented : zoom_;
}

void Appearance::larger() {
    zoom_ = std::min(zoom_ * zoom_step, max_text_size);
}

void Appearance::smaller() {
    zoom_ = std::max(zoom_ / zoom_step, min_text_size);
}

void Appearance::set_text_size(float zoom) {
    zoom_ = std::clamp(zoom, min_text_size, max_text_size);
}

// When presenting ends, the old theme comes back, unless the user has chosen another one meanwhile.
void Appearance::toggle_presenting() {
    presents_ = !presents_;
    const timeline::Theme* const projector = &timeline::Theme::projector_theme();
    if (presents_)
        theme_before_ = std::exchange(theme_, projector);
    else if (theme_ == projector)
        theme_ = theme_before_;
}

}  // namespace loopscope::panels
