// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "core/trace/namesakes.hpp"

namespace loopscope::trace {

class Log;

/// What the tasks of a trace are called: which end of a coroutine's qualified name tells it from all others
/// of the trace, and how many tasks have a name and the symbol of their chain in common.
///
/// Of `outer.<locals>.Handler.start` (PEP 3155) that end is `Handler.start`: the last two parts, and nothing
/// before the innermost `<locals>`. Where coroutines have that end in common, each begins one part earlier.
class TaskNames {
  public:
    /// Learns the name of a coroutine, so that useful_end() tells it from all that were learned.
    void learn(const Log& log, StringId coroutine);
    /// Returns where the end of a name begins that tells it from others, in bytes; 0: the whole name does.
    [[nodiscard]] std::size_t useful_end(StringId name) const;

    /// The tasks by what they are called, and the symbol of their chain; none: it has written nothing yet.
    [[nodiscard]] Namesakes& namesakes() { return namesakes_; }
    [[nodiscard]] const Namesakes& namesakes() const { return namesakes_; }

  private:
    /// Has a coroutine show the end that begins at `begin`, or, while that end is another's as well, a longer
    /// one; then the other shows a longer one too.
    void claim(const Log& log, StringId name, std::size_t begin);

    std::unordered_map<StringId, std::uint32_t> begins_;   // of the ends that coroutines are shown by
    std::unordered_map<std::string_view, StringId> ends_;  // whose end it is; none: more than one's
    Namesakes namesakes_;
};

}  // namespace loopscope::trace
