// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/trace/log.hpp"
#include "core/trace/tracks.hpp"

namespace loopscope::exchange {

/// Where the records of a track say that they are ("Trace Event Format").
struct ChromePlace {
    enum class Form : std::uint8_t { thread, process, operation };

    Form form = Form::thread;
    std::string process;   ///< its pid, as JSON; empty: none
    std::string thread;    ///< its tid, as JSON; empty: none
    std::string id;        ///< of an operation, as JSON
    std::string scope;     ///< of that id; empty: none
    bool is_first = true;  ///< no track before has the same pid and tid
    bool shared = false;   ///< there are other tracks of this pid and tid
};

/// What the records of a counter say of it.
struct ChromeCounter {
    std::string name;
    std::string id;           ///< as JSON; empty: none
    std::uint32_t track = 0;  ///< of whose process it is; 0: of none
};

/// Where the tracks and counters of an imported trace are in a file of Chrome's: as in the file that they
/// were read from, but for those that would be taken for another one there. Looks at each event of the log,
/// where operations have ids in common.
class ChromePlaces {
  public:
    ChromePlaces(const trace::Log& log, const trace::Tracks& tracks);

    [[nodiscard]] const ChromePlace& of_track(std::uint32_t number) const { return places_[number - 1]; }
    [[nodiscard]] const ChromeCounter& of_counter(std::uint32_t number) const {
        return counters_[number - 1];
    }

    /// The maximum length of a number as JavaScript knows it without losing digits.
    static constexpr std::size_t max_digits = 15;

  private:
    using Key = std::pair<std::string, std::string>;

    [[nodiscard]] std::string process_of(std::uint32_t track);
    ChromePlace place_of(std::uint32_t track);
    void tell_operations_apart();
    void tell_resources_apart();
    void tell_overlapping_apart(const std::vector<std::uint32_t>& groups);
    void place_counters();
    [[nodiscard]] std::string_view string(StringId id) const { return log_.strings()[id]; }

    const trace::Log& log_;
    const trace::Tracks& tracks_;
    std::vector<ChromePlace> places_;       // of track n at n - 1
    std::vector<ChromeCounter> counters_;   // number n at n - 1
    std::set<std::string> pids_;            // that processes have
    std::map<Key, std::uint32_t> threads_;  // their first tracks, by pid and tid
};

}  // namespace loopscope::exchange
