// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "core/base/id.hpp"
#include "core/base/time.hpp"

namespace loopscope::loop {

/// An OS thread as a trace names it.
struct TraceThread {
    std::uint32_t number = 1;
    StringId name;  ///< none: "MainThread"
};

/// Threads that work beside a loop, as an executor's do. They have their turn where asyncio's loop waits in
/// `select`, which is between its iterations, and while one of its handles blocks: in between, CPython's loop
/// holds the interpreter. Used on the loop's thread.
class Beside {
  public:
    Beside() = default;
    Beside(const Beside&) = delete;
    Beside& operator=(const Beside&) = delete;
    virtual ~Beside() = default;

    /// Does all that can be done at the present loop time.
    virtual void work() = 0;
    /// Returns when there is something to do, which may be now; none if there never is, unless the loop asks
    /// for more.
    [[nodiscard]] virtual std::optional<Time> next_time() const = 0;
};

}  // namespace loopscope::loop
