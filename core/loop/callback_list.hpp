// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "core/base/pool.hpp"
#include "core/loop/handle.hpp"

namespace loopscope::loop {

/// The handles that become ready when a future is done, in the order of registration: tasks' steps and
/// callbacks. A single task, which is what most futures have, is stored in the list itself: one word, and
/// nothing allocated.
///
/// Callbacks are retained while they are in the list, and may own the very future that has the list; so the
/// loop keeps a table of all lists that have callbacks (EventLoop::watch), and clears them when it ends.
///
/// INVARIANT: what_ is 0 if the list is empty; the address of a task if that is all there is; or the address
/// of a Many, with many_bit, once there were callbacks or several tasks. A list that is destroyed is not
/// watched.
class CallbackList {
  public:
    CallbackList() = default;
    /// Moves the handles out of `other`, which is empty afterwards. REQUIRES: `other` is not watched.
    CallbackList(CallbackList&& other) noexcept : what_(std::exchange(other.what_, 0)) { assert(!watched()); }
    CallbackList& operator=(CallbackList&&) = delete;
    ~CallbackList() {
        assert(!watched());
        clear();
    }

    [[nodiscard]] bool empty() const { return what_ == 0; }

    /// Appends a handle. Retains the target of a callback.
    void push(Handle handle) {
        if (what_ == 0 && handle.kind() == Handle::Kind::step) {
            what_ = reinterpret_cast<std::uintptr_t>(&handle.task());
            return;
        }
        if (handle.kind() == Handle::Kind::call) handle.target().retain();
        if (!many()) spill();
        many()->handles.push_back(handle);
    }

    /// Removes all callbacks that are equal to `target` and releases them. Returns how many there were.
    std::size_t remove(const Runnable& target) {
        if (!many()) return 0;
        std::vector<Handle>& handles = many()->handles;
        const void* const function = target.function();
        const auto others = std::stable_partition(handles.begin(), handles.end(), [&](Handle handle) {
            return handle.kind() != Handle::Kind::call || handle.target().function() != function;
        });
        // Out of the list first: the last reference to a callback may be the last one to what has the list.
        const std::vector<Handle> removed(others, handles.end());
        handles.erase(others, handles.end());
        for (const Handle handle : removed) handle.target().release();
        return removed.size();
    }

    /// Empties the list and calls `visit` with each handle, in order; the visitor takes over ownership of
    /// callbacks.
    template <class Visitor>
    void take_all(Visitor&& visit) {
        Many* const all = many();
        const std::uintptr_t only = std::exchange(what_, 0);
        if (all) {
            const std::unique_ptr<Many> owner(all);
            for (const Handle handle : all->handles) visit(handle);
        } else if (only != 0) {
            visit(Handle::step(*reinterpret_cast<Steppable*>(only)));
        }
    }

    /// Empties the list and releases its callbacks.
    void clear() {
        take_all([](Handle handle) {
            if (handle.kind() == Handle::Kind::call) handle.target().release();
        });
    }

    /// Returns whether the list is in the loop's table.
    [[nodiscard]] bool watched() const { return many() && many()->slot != nowhere; }

  private:
    friend class EventLoop;
    static constexpr std::uint32_t nowhere = ~std::uint32_t{0};

    struct Many : Pooled {
        std::vector<Handle> handles;
        std::uint32_t slot = nowhere;  // index in the loop's table of watched lists
    };

    static constexpr std::uintptr_t many_bit = 1;

    /// Returns the handles if they are stored apart; null if the list has at most one task.
    [[nodiscard]] Many* many() const {
        return (what_ & many_bit) != 0 ? reinterpret_cast<Many*>(what_ - many_bit) : nullptr;
    }

    void spill() {
        auto many = std::make_unique<Many>();
        if (what_ != 0) many->handles.push_back(Handle::step(*reinterpret_cast<Steppable*>(what_)));
        what_ = reinterpret_cast<std::uintptr_t>(many.release()) | many_bit;
    }

    std::uintptr_t what_ = 0;
};

}  // namespace loopscope::loop
