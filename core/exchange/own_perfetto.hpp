// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/exchange/own_trace.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// The trace that a file of Perfetto's format was written of, if Loopscope wrote it. Of files of other tools
/// nothing is kept.
class OwnPerfetto {
  public:
    /// Takes an argument of an event.
    void take_argument(std::string_view name, std::string_view text) {
        if (trace_.is_own() || name == own_format_argument) trace_.take(name, text);
    }
    /// Takes an event that is no end of a slice, after its arguments: the number of its sequence, and its
    /// category.
    void take_event(std::uint32_t sequence, std::string_view category);
    /// Returns whether the file is of Loopscope.
    [[nodiscard]] bool is_own() const { return trace_.is_own(); }

    /// Returns the trace, and puts what else is known of it into `info`; null if the file makes none, with a
    /// sentence about the file `name` in `missing`. REQUIRES: is_own(), called once.
    [[nodiscard]] std::shared_ptr<trace::Log> restore(const std::string& name, format::Info& info,
                                                      std::string& missing);

  private:
    bool has_others_ = false;  // events that Loopscope has not written
    OwnTrace trace_;
};

}  // namespace loopscope::exchange
