// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <unordered_map>
#include <vector>

#include "core/base/id.hpp"

namespace loopscope::loop {

class FutureCore;

/// An exception that nothing in the program handles, as a loop passes it to its exception handler: the
/// `context` of `loop.call_exception_handler` (Lib/asyncio/base_events.py).
struct Unhandled {
    enum class Kind : std::uint8_t {
        callback,         ///< "Exception in callback …" (`Handle._run`, Lib/asyncio/events.py)
        never_retrieved,  ///< "Task exception was never retrieved" (`Future.__del__`, Lib/asyncio/futures.py)
        shutdown,         ///< of a task that was cancelled at the end (`_cancel_all_tasks`, runners.py)
        generator,        ///< of an asynchronous generator that was closed at the end (`shutdown_asyncgens`)
        shielded,         ///< of a future whose shields were cancelled (`_log_on_exception`, tasks.py, 3.14)
        guard,    ///< of a lock's guard whose lock somebody else had released; asyncio raises it there
        program,  ///< what the program itself passed to `loop.call_exception_handler`
    };

    Kind kind = Kind::callback;
    std::exception_ptr exception;
    TaskId task;        ///< the task that ended with the exception, or that the callback serves
    StringId callback;  ///< the program's name for the callback; none: it has no name
};

/// A function that is called with each unhandled exception, in the middle of a step or a callback: it may
/// look at the loop, and must not change it.
using ExceptionHandler = std::function<void(const Unhandled&)>;

/// The futures that have failed and whose exception nobody has asked for: those whose `__log_traceback` is
/// set in asyncio. Costs nothing unless a future fails.
class Unretrieved {
  public:
    void add(const FutureCore& future) { order_.emplace(&future, next_++); }
    void remove(const FutureCore& future) { order_.erase(&future); }
    /// Returns all futures of the set, in the order in which they failed.
    [[nodiscard]] std::vector<const FutureCore*> in_order() const;
    /// Returns one of the futures, without asking for memory; null: there is none.
    [[nodiscard]] const FutureCore* any() const { return order_.empty() ? nullptr : order_.begin()->first; }

  private:
    std::unordered_map<const FutureCore*, std::uint64_t> order_;
    std::uint64_t next_ = 0;
};

}  // namespace loopscope::loop
