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
    [[nodiscard]] const Cell& get(VariableId variable) const { return contents().get(variable); }
    void set(VariableId variable, Cell cell) { contents().set(variable, cell); }

  private:
    /// What a thread keeps for the object that it used last, which is nearly always the one that it uses
    /// next. Apart from its table, because what needs no constructor is there without a question whether it
    /// has been called.
    struct LastUsed {
        std::uint64_t key;  // 0: none
        Bindings* contents;
    };
    inline static constinit thread_local LastUsed last_used_{};

    [[nodiscard]] Bindings& contents() const {
        if (last_used_.key != key_) [[unlikely]]
            return look_up();
        return *last_used_.contents;
    }
    [[nodiscard, gnu::cold]] Bindings& look_up() const;

    std::uint64_t key_;  // never used twice in a process
};

}  // namespace loopscope::context
