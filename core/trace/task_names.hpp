#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>

#include "core/base/id.hpp"

namespace loopscope::trace {

class Log;

/// What the tasks of a trace are called: how many have a name, and which end of a coroutine's qualified name
/// tells it from all others of the trace.
///
/// Of `outer.<locals>.Handler.start` (PEP 3155) that end is `Handler.start`: the last two parts, and nothing
/// before the innermost `<locals>`. Where coroutines have that end in common, each begins one part earlier.
class TaskNames {
  public:
    /// Counts a task that is called `name`, which is a coroutine's unless the task was given it. Returns how
    /// many tasks are called so by now.
    std::uint32_t add(const Log& log, StringId name, bool is_coroutine);
    /// Takes back the last add() of a name, because the task was given another one. Does nothing if `number`
    /// is not what that returned.
    void take_back(StringId name, std::uint32_t number);

    /// Returns how many tasks are called so.
    [[nodiscard]] std::uint32_t count(StringId name) const;
    /// Returns where the end of a name begins that tells it from others, in bytes; 0: the whole name does.
    [[nodiscard]] std::size_t useful_end(StringId name) const;

  private:
    struct Entry {
        std::uint32_t count = 0;
        std::uint32_t begin = 0;  // of the end that is shown
    };

    /// Has a coroutine show the end that begins at `begin`, or, while that end is another's as well, a longer
    /// one; then the other shows a longer one too.
    void claim(const Log& log, StringId name, std::size_t begin);

    std::unordered_map<StringId, Entry> names_;
    std::unordered_map<std::string_view, StringId> ends_;  // whose end it is; none: more than one's
};

}  // namespace loopscope::trace
