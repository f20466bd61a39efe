#pragma once

#include <cstdint>

#include "core/base/time.hpp"

namespace loopscope::loop {

/// What a loop may do otherwise than it does by itself.
enum class Freedom : std::uint8_t {
    tie,     ///< which of the timers that are due at the same deadline comes first
    jitter,  ///< how late an iteration begins, while a timer runs
    ready,   ///< which handle of the iteration's snapshot runs next: nothing that asyncio does
};

/// Which freedoms a loop takes.
struct Freedoms {
    bool ties = true;
    Duration jitter{0};  ///< an iteration begins up to this late; 0: none of them does
    bool ready = false;

    friend bool operator==(const Freedoms&, const Freedoms&) = default;
};

/// An iteration begins so many parts of the jitter late: not at all, half of it, or all of it. Few, so that
/// small programs can be explored to the end.
inline constexpr std::uint32_t jitter_parts = 2;

/// Takes a loop's choices. Without one a loop does what asyncio does.
class Chooser {
  public:
    explicit Chooser(const Freedoms& freedoms) : freedoms_(freedoms) {}
    Chooser(const Chooser&) = delete;
    Chooser& operator=(const Chooser&) = delete;

    [[nodiscard]] const Freedoms& freedoms() const { return freedoms_; }
    /// One of `count` alternatives, from 0, which is asyncio's own. REQUIRES: count >= 2.
    virtual std::uint32_t choose(Freedom freedom, std::uint32_t count) = 0;

  protected:
    ~Chooser() = default;

  private:
    Freedoms freedoms_;
};

}  // namespace loopscope::loop
