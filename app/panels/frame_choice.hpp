// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>

#include "app/settings/settings.hpp"

namespace loopscope::panels {

/// The borders between panels that can be dragged. Each divides the room of two parts, and has a place of its
/// own in each arrangement of the panels.
enum class Border : std::uint8_t {
    side,            ///< between the timeline and the column beside it
    below,           ///< between the timeline and the panels below it
    loop,            ///< between LOOP and STORAGE
    source,          ///< between SOURCE and WHY
    lesson,          ///< between the timeline and a lesson
    tracks,          ///< between the timeline of tracks and the panels below it
    details,         ///< between DETAILS and WHY
    presented,       ///< between the timeline and the panels below it, for a projector
    presented_side,  ///< between STORAGE and OUTPUT, for a projector
};
inline constexpr std::size_t border_count = 9;

/// The panels that can be hidden.
enum class Part : std::uint8_t { loop, storage, output, source, why, details };
inline constexpr std::size_t part_count = 6;

/// Returns the name of a border in the settings.
std::string_view name(Border border);
/// Returns the name of a panel in the settings.
std::string_view name(Part part);

/// What the user has chosen of the panels' arrangement.
class FrameChoice {
  public:
    /// Returns the share of a border, from 0 to 1; nothing: it has its default place.
    [[nodiscard]] std::optional<float> share(Border border) const { return shares_[index(border)]; }
    void set_share(Border border, std::optional<float> share) { shares_[index(border)] = share; }
    [[nodiscard]] bool shows(Part part) const { return !hidden_[index(part)]; }
    void show(Part part, bool shown = true) { hidden_[index(part)] = !shown; }
    /// Returns the panel that is folded to its title after the others beside it, where not all have room.
    [[nodiscard]] std::optional<Part> preferred() const { return preferred_; }
    void prefer(Part part) { preferred_ = part; }
    /// Gives all borders their default places, and shows all panels.
    void reset() { *this = {}; }

    /// Takes what settings say.
    void take(const settings::Settings& settings);
    /// Writes into settings what has been chosen; what they say of other names stays.
    void write(settings::Settings& settings) const;

    friend bool operator==(const FrameChoice&, const FrameChoice&) = default;

  private:
    template <class Name>
    static constexpr std::size_t index(Name name) {
        return static_cast<std::size_t>(name);
    }

    std::array<std::optional<float>, border_count> shares_;
    std::bitset<part_count> hidden_;
    std::optional<Part> preferred_;
};

}  // namespace loopscope::panels
