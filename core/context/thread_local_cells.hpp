#pragma once

#include "core/context/bindings.hpp"

namespace loopscope::context {

/// `threading.local()`: an object whose contents each OS thread has to itself. Kept as CPython keeps it
/// (Modules/_threadmodule.c): every thread has a table from such objects to contents; here the table is a C++
/// `thread_local`.
class ThreadLocalCells {
  public:
    ThreadLocalCells();
    ThreadLocalCells(const ThreadLocalCells&) = delete;
    ThreadLocalCells& operator=(const ThreadLocalCells&) = delete;
    /// Frees the calling thread's contents; another thread's go when it ends.
    ~ThreadLocalCells();

    /// The calling thread's cell.
    [[nodiscard]] Cell get(VariableId variable) const;
    void set(VariableId variable, Cell cell);

  private:
    std::uint64_t key_;  // never used twice in a process
};

}  // namespace loopscope::context
