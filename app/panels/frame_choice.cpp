// SPDX-License-Identifier: MIT
#include "app/panels/frame_choice.hpp"

#include <string>

namespace loopscope::panels {
namespace {

constexpr std::array<std::string_view, border_count> borders = {
    "side", "below", "loop", "source", "lesson", "tracks", "details", "present", "present-side"};
constexpr std::array<std::string_view, part_count> parts = {"loop",   "storage", "output",
                                                            "source", "why",     "details"};

}  // namespace

std::string_view name(Border border) {
    return borders[static_cast<std::size_t>(border)];
}

std::string_view name(Part part) {
    return parts[static_cast<std::size_t>(part)];
}

void FrameChoice::take(const settings::Settings& settings) {
    for (std::size_t each = 0; each < border_count; ++each) {
        const auto found = settings.shares.find(borders[each]);
        shares_[each] = found == settings.shares.end() ? std::nullopt : std::optional(found->second);
    }
    for (std::size_t each = 0; each < part_count; ++each)
        hidden_[each] = settings.hidden.contains(parts[each]);
}

void FrameChoice::write(settings::Settings& settings) const {
    for (std::size_t each = 0; each < border_count; ++each) {
        const std::string name(borders[each]);
        if (shares_[each])
            settings.shares.insert_or_assign(name, *shares_[each]);
        else
            settings.shares.erase(name);
    }
    for (std::size_t each = 0; each < part_count; ++each) {
        const std::string name(parts[each]);
        if (hidden_[each])
            settings.hidden.insert(name);
        else
            settings.hidden.erase(name);
    }
}

}  // namespace loopscope::panels
