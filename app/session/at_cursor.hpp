#pragma once

#include <optional>
#include <tuple>

#include "app/session/session.hpp"

namespace loopscope::session {

/// Something that is computed from a trace at the cursor, kept until the cursor moves or the trace grows:
/// most frames show what the last one did.
template <class T>
class AtCursor {
  public:
    /// `compute` gives it anew.
    template <class Compute>
    const T& get(const Session& session, const Compute& compute) {
        const Stamp stamp{session.index().serial(), session.index().size(), session.cursor()};
        if (!value_ || stamp != stamp_) value_ = compute();
        stamp_ = stamp;
        return *value_;
    }

  private:
    using Stamp = std::tuple<std::uint64_t, std::uint32_t, std::uint32_t>;  // which trace, how long, where
    Stamp stamp_;
    std::optional<T> value_;
};

}  // namespace loopscope::session
