// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "recorder/spool.h"

namespace loopscope::intake {

/// Hands records on up to the end of a handle, and at first up to the first iteration: what stands behind,
/// such as the beginning of the next iteration, waits for the handle that runs next. So the trace of a
/// program that stands before a handle ends where the last one has ended, as that of a program of Loopscope's
/// does.
///
/// Where several handles run at once for long, on several threads, it does not wait for a moment without any.
class WholeHandles {
  public:
    /// Takes the next records. Returns those that can be handed on now, valid until the next call.
    std::span<const Spool_record> add(std::span<const Spool_record> records);
    /// Returns all that waits, valid until the next call.
    std::span<const Spool_record> release();
    /// Returns whether a handle runs, as far as the records tell.
    [[nodiscard]] bool is_inside_handle() const { return open_ > 0; }

  private:
    void look_at(const Spool_record& record);
    void drop_handed_on();

    std::vector<Spool_record> held_;
    std::size_t seen_ = 0;       // of held_: records that were looked at
    std::size_t whole_ = 0;      // of held_: records up to the end of the last handle
    std::size_t handed_on_ = 0;  // of held_: records that the last call has returned
    std::uint32_t open_ = 0;     // handles that run
    std::uint64_t raw_ = 0;      // records to come that are a text's bytes
    bool begun_ = false;         // whether an iteration has begun
};

}  // namespace loopscope::intake
