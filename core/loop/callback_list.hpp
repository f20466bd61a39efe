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

/// What becomes ready when a future is done, in the order of registration: tasks' steps and callbacks. One
/// task, which is what most futures have, stands in the list itself: a word, and nothing allocated.
///
/// Callbacks are retained for as long as they stand here, and may own the very future that has this list; so
/// the loop keeps an eye on every list that has some (EventLoop::watch), and clears it when it ends.
///
/// INVARIANT: many_ is null unless there are callbacks, or several tasks; only_ is what is there without it.
/// A list that is destroyed is not watched.
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
        if (!many_ && !only_ && handle.kind() == Handle::Kind::step) {
            only_ = &handle.task();
            return;
        }
        if (handle.kind() == Handle::Kind::call) handle.target().retain();
        if (!many_) spill();
        many_->handles.push_back(handle);
    }

    /// Takes a callback out. Gives whether it was there.
    bool remove(Runnable& target) {
        if (!many_) return false;
        const auto found = std::ranges::find_if(many_->handles, [&](Handle handle) {
            return handle.kind() == Handle::Kind::call && &handle.target() == &target;
        });
        if (found == many_->handles.end()) return false;
        many_->handles.erase(found);
        target.release();
        return true;
    }

    /// Empties the list, and hands each handle over; the visitor becomes the owner of callbacks.
    template <class Visitor>
    void take_all(Visitor&& visit) {
        if (Steppable* const only = std::exchange(only_, nullptr)) visit(Handle::step(*only));
        if (!many_) return;
        const std::unique_ptr<Many> many = std::move(many_);
        for (const Handle handle : many->handles) visit(handle);
    }

    void clear() {
        take_all([](Handle handle) {
            if (handle.kind() == Handle::Kind::call) handle.target().release();
        });
    }

    /// Whether the loop keeps an eye on it.
    [[nodiscard]] bool watched() const { return many_ && many_->place != nowhere; }

  private:
    friend class EventLoop;
    static constexpr std::uint32_t nowhere = ~std::uint32_t{0};

    struct Many : Pooled {
        std::vector<Handle> handles;
        std::uint32_t place = nowhere;  // among the lists that the loop watches
    };

    void spill() {
        many_ = std::make_unique<Many>();
        if (only_) many_->handles.push_back(Handle::step(*std::exchange(only_, nullptr)));
    }

    Steppable* only_ = nullptr;
    std::unique_ptr<Many> many_;
};

}  // namespace loopscope::loop
