#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/loop/handle.hpp"

namespace loopscope::loop {

/// What becomes ready when a future is done, in the order of registration: tasks' steps and callbacks. The
/// first one stands inside, so that what a single task waits for allocates nothing.
///
/// Callbacks are retained for as long as they stand here, and may own the very future that has this list; so
/// the loop keeps an eye on every list that has some (EventLoop::watch), and clears it when it ends.
///
/// INVARIANT: more_ is empty unless has_first_. A list that is destroyed is not watched.
class CallbackList {
  public:
    CallbackList() = default;
    CallbackList(const CallbackList&) = delete;
    CallbackList& operator=(const CallbackList&) = delete;
    ~CallbackList() {
        assert(!watched());
        clear();
    }

    void push(Handle handle) {
        if (handle.kind() == Handle::Kind::call) handle.target().retain();
        if (has_first_) {
            more_.push_back(handle);
        } else {
            first_ = handle;
            has_first_ = true;
        }
    }

    /// Takes a callback out. Gives whether it was there.
    bool remove(Runnable& target) {
        if (!has_first_) return false;
        const auto is_target = [&](Handle handle) {
            return handle.kind() == Handle::Kind::call && &handle.target() == &target;
        };
        if (is_target(first_)) {
            has_first_ = !more_.empty();
            if (has_first_) {
                first_ = more_.front();
                more_.erase(more_.begin());
            }
        } else {
            const auto found = std::ranges::find_if(more_, is_target);
            if (found == more_.end()) return false;
            more_.erase(found);
        }
        target.release();
        return true;
    }

    /// Empties the list, and hands each handle over; the visitor becomes the owner of callbacks.
    template <class Visitor>
    void take_all(Visitor&& visit) {
        if (!std::exchange(has_first_, false)) return;
        const std::vector<Handle> more = std::exchange(more_, {});
        visit(first_);
        for (const Handle handle : more) visit(handle);
    }

    void clear() {
        take_all([](Handle handle) {
            if (handle.kind() == Handle::Kind::call) handle.target().release();
        });
    }

    /// Whether the loop keeps an eye on it.
    [[nodiscard]] bool watched() const { return place_ != nowhere; }

  private:
    friend class EventLoop;
    static constexpr std::uint32_t nowhere = ~std::uint32_t{0};

    Handle first_;
    bool has_first_ = false;
    std::uint32_t place_ = nowhere;  // among those that the loop watches
    std::vector<Handle> more_;
};

}  // namespace loopscope::loop
