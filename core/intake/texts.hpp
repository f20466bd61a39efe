// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/id.hpp"
#include "core/intake/trace_writer.hpp"
#include "recorder/spool.h"

namespace loopscope::intake {

/// The strings of a spool: the bytes come in records behind the one that announces them, perhaps not all at
/// once, and get a number in the log.
class Texts {
  public:
    /// Begins the string that a record announces. Refuses one that is out of turn, or too long.
    bool begin(const Spool_record& record, TraceWriter& out);
    /// Returns whether the next records are bytes of a string.
    [[nodiscard]] bool wants_bytes() const { return missing_ > 0; }
    /// Takes a record of bytes. REQUIRES: wants_bytes().
    void take(const Spool_record& record, TraceWriter& out);

    /// Returns the log's number of a string; 0 for string 0. Refuses a number that no string has.
    bool find(std::uint32_t number, StringId& found, TraceWriter& out) const;

  private:
    std::vector<StringId> numbers_;
    std::string text_;
    std::uint32_t missing_ = 0;  // bytes that are still to come
};

}  // namespace loopscope::intake
