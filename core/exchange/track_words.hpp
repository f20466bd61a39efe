// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// Puts the events of imported traces into words, with the names of tracks, slices and counters, which
/// trace::details_of does not know. Reads the events of a log in order.
class TrackWords {
  public:
    explicit TrackWords(const trace::Log& log) : log_(log) {}

    /// Returns what an event says beyond its kind, as one line. REQUIRES: called for each event of the log in
    /// order; trace::check accepts the log.
    std::string details(EventIndex at);

  private:
    struct Track {
        StringId name;
        std::vector<StringId> open;  // the names of its open slices
    };
    [[nodiscard]] std::string quoted(StringId string) const;
    [[nodiscard]] std::string track(std::uint32_t number) const;
    [[nodiscard]] std::string innermost(std::uint32_t track) const;

    const trace::Log& log_;
    std::vector<Track> tracks_;
    std::vector<StringId> counters_;
};

}  // namespace loopscope::exchange
