#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <unordered_map>
#include <vector>

#include "core/base/id.hpp"

namespace loopscope::loop {

class FutureCore;

/// An exception that nothing in the program handles, as a loop tells its exception handler: the `context` of
/// `loop.call_exception_handler` (Lib/asyncio/base_events.py).
struct Unhandled {
    enum class Kind : std::uint8_t {
        callback,         ///< "Exception in callback …" (`Handle._run`, Lib/asyncio/events.py)
        never_retrieved,  ///< "Task exception was never retrieved" (`Future.__del__`, Lib/asyncio/futures.py)
    };

    Kind kind = Kind::callback;
    std::exception_ptr exception;
    TaskId task;        ///< the task that ended with it, or that the callback serves; none: no task
    StringId callback;  ///< what the program calls the callback; none: it has no name
};

/// Is told of each. Called in the middle of a step or a callback: it may look, and change nothing.
using ExceptionHandler = std::function<void(const Unhandled&)>;

/// Futures that have failed, until somebody asks for their exception: those whose `__log_traceback` is set in
/// asyncio. It is only touched where something fails.
class Unretrieved {
  public:
    void add(const FutureCore& future) { order_.emplace(&future, next_++); }
    void remove(const FutureCore& future) { order_.erase(&future); }
    /// Returns all of them, in the order in which they failed.
    [[nodiscard]] std::vector<const FutureCore*> in_order() const;

  private:
    std::unordered_map<const FutureCore*, std::uint64_t> order_;
    std::uint64_t next_ = 0;
};

}  // namespace loopscope::loop
