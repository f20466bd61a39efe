// SPDX-License-Identifier: MIT
#include "app/timeline/slice_hue.hpp"

#include <algorithm>
#include <tuple>

namespace loopscope::timeline {

// FNV-1a. Names that differ in their middle only are rare, and then they have the same hue.
std::uint8_t hue_of_name(std::string_view name) {
    constexpr std::size_t end = 64;
    std::uint64_t hash = 0xcbf29ce484222325U;
    const auto add = [&](std::string_view part) {
        for (const char each : part) hash = (hash ^ static_cast<unsigned char>(each)) * 0x100000001b3U;
    };
    add(name.substr(0, end));
    if (name.size() > end) add(name.substr(std::max(name.size() - end, end)));
    return static_cast<std::uint8_t>((hash ^ hash >> 32) % std::tuple_size_v<decltype(Theme::hues)>);
}

std::uint8_t hue_of_slice(const trace::Log& log, const TrackTree& tree, EventIndex event) {
    constexpr std::uint32_t hues = std::tuple_size_v<decltype(Theme::hues)>;
    const trace::Event& slice = log[event];
    if (const auto hue = tree.hue_of(slice.subject)) return static_cast<std::uint8_t>(*hue % hues);
    return hue_of_name(log.strings()[StringId{slice.a}]);
}

}  // namespace loopscope::timeline
