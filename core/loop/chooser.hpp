// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/base/time.hpp"

namespace loopscope::loop {

/// A point at which a loop may do something else than it does by itself. The numbers are those of
/// SPOOL_CHOICE (recorder/spool.h). This library's own loop has the first three and sets; a recorded
/// program's has all of them.
enum class Freedom : std::uint8_t {
    tie = 0,     ///< which of the timers that are due at the same deadline comes first
    jitter = 1,  ///< how late an iteration begins, while a timer runs
    ready = 2,   ///< which handle of the iteration's snapshot runs next: nothing that asyncio does
    io = 3,      ///< which of the descriptors that are ready comes first, and whether in this iteration
    set = 4,     ///< in which order asyncio walks through a set of tasks or generators
    thread = 5,  ///< which of the jobs of other threads is done first, and whether in this iteration
};

inline constexpr std::uint32_t freedom_count = 6;

/// The points at which a loop asks its Chooser.
struct Freedoms {
    bool ties = true;
    Duration jitter{0};  ///< the maximum delay of an iteration, in ns; 0: no delay
    bool ready = false;
    bool io = false;
    bool sets = false;
    bool threads = false;

    friend bool operator==(const Freedoms&, const Freedoms&) = default;
};

/// The number of steps into which the jitter is divided: an iteration begins late by none, half, or all of
/// it. Few, so that small programs can be explored completely.
inline constexpr std::uint32_t jitter_parts = 2;

/// Makes a loop's choices. A loop without one does what asyncio does. Called on the loop's thread.
class Chooser {
  public:
    explicit Chooser(const Freedoms& freedoms) : freedoms_(freedoms) {}
    Chooser(const Chooser&) = delete;
    Chooser& operator=(const Chooser&) = delete;

    [[nodiscard]] const Freedoms& freedoms() const { return freedoms_; }
    /// Returns one of `count` alternatives, from 0, which is asyncio's own. REQUIRES: count >= 2.
    virtual std::uint32_t choose(Freedom freedom, std::uint32_t count) = 0;

    /// Puts things that asyncio keeps in a set into the order in which to go through them.
    template <class Thing>
    void order_set(std::vector<Thing>& things) {
        if (!freedoms_.sets) return;
        for (auto next = things.begin(); things.end() - next > 1; ++next) {
            const auto chosen = next + choose(Freedom::set, static_cast<std::uint32_t>(things.end() - next));
            std::rotate(next, chosen, chosen + 1);
        }
    }

  protected:
    ~Chooser() = default;

  private:
    Freedoms freedoms_;
};

}  // namespace loopscope::loop
