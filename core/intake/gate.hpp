// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>

#include "core/base/id.hpp"
#include "core/base/result.hpp"
#include "core/trace/storage.hpp"
#include "recorder/spool.h"

namespace loopscope::intake {

/// The gate before each handle of a program that is recorded, and the storages that its reads are to be
/// answered by: the reader's end of the first page of a spool. Both processes have that page mapped, so what
/// is said here holds from the program's next handle or read on.
///
/// Used from one thread.
class Gate {
  public:
    /// Maps the first page of a spool. Fails if it cannot be mapped. REQUIRES: SpoolFile::open has found it.
    static Result<Gate> open(const std::filesystem::path& spool);

    Gate(Gate&& other) noexcept;
    Gate& operator=(Gate&& other) = delete;
    ~Gate();

    /// Returns whether the program runs freely: it was never told to wait, or a signal, or the end of its
    /// reader, has opened the gate.
    [[nodiscard]] bool is_open() const;
    /// Returns whether the program stands before a handle and may not run it.
    [[nodiscard]] bool is_paused() const;
    /// Returns how many records the program has written.
    [[nodiscard]] std::uint64_t published() const;

    /// Lets the program run so many more handles.
    void let_run(std::uint32_t handles);
    /// Has the program stand before its next handle, whatever it was let to run; unless it keeps the gate
    /// open itself, for something ends it.
    void close();
    /// Lets the program run freely.
    void set_open();
    /// Waits until is_paused() or the time has passed. Returns is_paused().
    bool wait(std::chrono::nanoseconds time) const;

    /// Has reads of a variable be answered by a storage, from the program's next read on. Variables beyond
    /// `SPOOL_VARIABLES` stay as they are.
    void select(VariableId variable, trace::Storage storage);
    /// Has reads of variables that come to be later be answered by a storage, if select_all() means them.
    void select_later(trace::Storage storage);

  private:
    explicit Gate(Spool_head* head) : head_(head) {}

    Spool_head* head_;  // shared with the program
};

}  // namespace loopscope::intake
