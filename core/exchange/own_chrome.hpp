// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "core/exchange/chrome_record.hpp"
#include "core/exchange/older_export.hpp"
#include "core/exchange/own_trace.hpp"
#include "core/format/info.hpp"
#include "core/trace/log.hpp"

namespace loopscope::exchange {

/// The trace that a file of Chrome's format was written of, if Loopscope wrote it. Takes no time for files of
/// other tools: the first record tells.
class OwnChrome {
  public:
    /// Takes the next record, in the order of the file.
    void take(const ChromeRecord& record);
    /// Returns whether the file is of Loopscope, as far as its records tell.
    [[nodiscard]] bool is_own() const { return state_ == State::own; }

    /// Returns the trace, and puts what else is known of it into `info`; null if its records make none, with
    /// a sentence about the file `name` in `missing`. That may also say what is missing in a trace.
    /// REQUIRES: is_own(), called once.
    [[nodiscard]] std::shared_ptr<trace::Log> restore(const std::string& name, format::Info& info,
                                                      std::string& missing);

  private:
    enum class State : std::uint8_t { start, own, other };

    State state_ = State::start;
    bool has_others_ = false;  // records of other processes
    OwnTrace trace_;
    OlderExport older_;
};

}  // namespace loopscope::exchange
