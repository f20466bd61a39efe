// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <tuple>

#include "app/session/session.hpp"

namespace loopscope::session {

/// A value that is computed from a trace at the cursor, kept until the cursor moves or the trace grows: most
/// frames show the value of the frame before.
template <class T>
class AtCursor {
  public:
    /// Returns the value. Calls `compute` for it if the session's trace, its length or its cursor differs
    /// from those of the last call. The reference is valid until the next call.
    template <class Compute>
    const T& get(const Session& session, const Compute& compute) {
        const Stamp stamp{session.index().serial(), session.index().size(), session.cursor()};
        if (!value_ || stamp != stamp_) value_ = compute();
        stamp_ = stamp;
        return *value_;
    }

  private:
    using Stamp = std::tuple<std::uint64_t, std::uint32_t, EventIndex>;  // index, length, cursor
    Stamp stamp_;
    std::optional<T> value_;
};

}  // namespace loopscope::session
