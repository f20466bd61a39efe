// SPDX-License-Identifier: MIT
#pragma once

#include "core/base/threads.hpp"
#include "core/context/bindings.hpp"

namespace loopscope::context {

/// `threading.local()`: an object with separate contents for each OS thread. Kept as in CPython
/// (Modules/_threadmodule.c): every thread has a table from such objects to contents; here the table is a C++
/// `thread_local`, or, where threads are numbers, one of many tables.
class ThreadLocalCells {
  public:
    ThreadLocalCells();
    ThreadLocalCells(const ThreadLocalCells&) = delete;
    ThreadLocalCells& operator=(const ThreadLocalCells&) = delete;
    /// Frees the calling thread's contents; another thread's are freed when it ends.
    ~ThreadLocalCells();

    /// Returns the variable's cell in the calling thread's contents; empty if it was never set there.
    [[nodiscard]] const Cell& get(VariableId variable) const { return contents().get(variable); }
    /// Sets the variable's cell in the calling thread's contents.
    void set(VariableId variable, Cell cell) { contents().set(variable, cell); }
    /// Sets the variable's cell as set() does. Returns what it was before.
    Cell exchange(VariableId variable, Cell cell) { return contents().exchange(variable, cell); }

  private:
    /// A thread's contents of the object that it used last, which is nearly always the one that it uses next.
    /// Apart from the thread's table, because a variable without a constructor is read without a check
    /// whether it has been constructed.
    struct LastUsed {
        std::uint64_t key;  // 0: none
        Bindings* contents;
        unsigned thread;  // where threads are numbers
    };
    inline static constinit thread_local LastUsed last_used_{};

    [[nodiscard]] Bindings& contents() const {
        if (last_used_.key != key_) [[unlikely]]
            return look_up();
#if !LOOPSCOPE_THREADS
        if (last_used_.thread != thread_at_turn) return look_up();
#endif
        return *last_used_.contents;
    }
    [[nodiscard, gnu::cold]] Bindings& look_up() const;

    std::uint64_t key_;  // never used twice in a process
};

}  // namespace loopscope::context
