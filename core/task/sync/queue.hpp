// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <utility>
#include <vector>

#include "core/base/heap.hpp"
#include "core/task/sync/event.hpp"

namespace loopscope::task {

/// Thrown by get_nowait() on an empty queue.
class QueueEmpty final : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "QueueEmpty"; }
};

/// Thrown by put_nowait() on a full queue.
class QueueFull final : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "QueueFull"; }
};

/// Thrown by put() and get() of a queue that has been shut down.
class QueueShutDown final : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "QueueShutDown"; }
};

/// The part of a queue that does not depend on its items: which tasks wait, and how many items are
/// unfinished.
class QueueCore {
  public:
    /// The awaiter of a turn to put or to get. The task leaves the list when it is woken, not when it
    /// resumes. A part of the coroutine that puts or gets, so that waiting makes no other one.
    class Turn {
      public:
        Turn(WaiterList& list, trace::Wait kind, ObjectId& object, SourceLine here)
            : list_(list), object_(object), here_(here), kind_(kind) {}

        [[nodiscard]] bool await_ready() const { return false; }
        void await_suspend(std::coroutine_handle<> leaf) {
            expect_leaf(leaf);
            wait_in(list_, kind_, object_, here_);
        }
        void await_resume() {
            came_ = !current_task().wait_cancelled();
            leave_list();
        }
        /// Returns whether the turn came: the task was woken, whatever else happened before it resumed.
        [[nodiscard]] bool came() const { return came_; }

      private:
        WaiterList& list_;
        ObjectId& object_;
        SourceLine here_;
        trace::Wait kind_;
        bool came_ = false;
    };

    explicit QueueCore(std::int64_t maxsize) : maxsize_(maxsize) { finished_.set(); }
    QueueCore(const QueueCore&) = delete;
    QueueCore& operator=(const QueueCore&) = delete;

    [[nodiscard]] bool full() const { return maxsize_ > 0 && static_cast<std::int64_t>(size()) >= maxsize_; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::int64_t maxsize() const { return maxsize_; }
    [[nodiscard]] bool is_shut_down() const { return shut_down_; }

    /// Has no events written about the queue's items from now on: it is a part of something else.
    void keep_silent() { silent_ = true; }
    /// Writes that an item is put, and returns the item's number; 0 if no loop is running, whose trace would
    /// tell of it, or the queue is silent.
    [[nodiscard]] ItemId say_put(SourceLine here) {
        loop::EventLoop* const loop = loop::EventLoop::running();
        if (!loop || silent_) return {};
        const ItemId item = loop->sink().next_item();
        loop->sink().emit(trace::Kind::put, item.value, loop->number(object_), about_line(here));
        return item;
    }
    /// Writes that an item is taken, if it was written that it was put.
    void say_taken(ItemId item, SourceLine here) {
        loop::EventLoop* const loop = loop::EventLoop::running();
        if (!loop || !item) return;
        loop->sink().emit(trace::Kind::take, item.value, loop->number(object_), about_line(here));
    }

    /// Throws QueueShutDown if the queue was shut down, QueueFull if it is full.
    void check_space() const;
    /// Throws QueueShutDown or QueueEmpty if the queue is empty.
    void check_item() const;
    /// Counts an item that was put, and wakes the first getter.
    void item_put();
    /// Counts an item that was taken, and wakes the first putter.
    void item_taken() {
        --size_;
        wake_next(putters_);
    }
    void task_done(SourceLine here);
    void shutdown(bool immediate);
    [[nodiscard]] const Event& finished() const { return finished_; }
    [[nodiscard]] std::size_t unfinished() const { return unfinished_; }

    /// Returns what waits until the queue may have a free slot; the caller has to check then, and to call
    /// pass_on_slot() where the wait ends with an exception. Throws QueueShutDown.
    [[nodiscard]] Turn turn_to_put(SourceLine here);
    void pass_on_slot(const Turn& turn);
    /// Returns what waits until the queue may have an item; the caller has to check then, and to call
    /// pass_on_item() where the wait ends with an exception. Throws QueueShutDown.
    [[nodiscard]] Turn turn_to_get(SourceLine here);
    void pass_on_item(const Turn& turn);

    void retain() { ++refs_; }
    void release() {
        if (--refs_ == 0) delete this;
    }

  protected:
    virtual ~QueueCore() = default;
    virtual void drop_items() = 0;

  private:
    static void wake_next(WaiterList& waiters);
    static void wake_all(WaiterList& waiters);
    static constexpr std::uint32_t about_line(SourceLine here) { return trace::tagged(0, line_of(here)); }

    std::int64_t maxsize_;
    ObjectId object_;
    WaiterList getters_;
    WaiterList putters_;
    std::size_t size_ = 0;        // items that are in it
    std::size_t unfinished_ = 0;  // items that were put and are not dealt with
    Event finished_;
    bool shut_down_ = false;
    bool silent_ = false;
    std::uint32_t refs_ = 0;
};

/// An item, and the number that it has in the trace; none: the trace does not tell of it.
template <class T>
struct Numbered {
    T item;
    ItemId number;
};

/// A queue (Lib/asyncio/queues.py). `Items` determines the order in which its items come out; it holds
/// Numbered<T>, and has push(), pop() and clear(). A handle: copies refer to the same queue.
///
/// The trace tells of each item when it is put and when it is taken, for who takes an item works for whoever
/// put it (trace::Behalf).
///
/// put_nowait() wakes the getter that has waited longest, which resumes one iteration later; if the item is
/// gone by then, the getter waits again, behind the others.
template <class T, class Items>
class BasicQueue {
  public:
    /// Makes a queue of at most `maxsize` items; of any number if it is 0 or less.
    explicit BasicQueue(std::int64_t maxsize = 0) : state_(new State(maxsize)) {}
    /// Returns a queue of any number of items of which the trace does not tell: for what is asyncio's own,
    /// and hands over no work.
    static BasicQueue silent() {
        BasicQueue queue;
        queue.state_->keep_silent();
        return queue;
    }

    /// Waits for a free slot, if there is none, and appends an item. Throws QueueShutDown.
    Coro<> put(T item, SourceLine here = SourceLine(__builtin_LINE())) const {
        return put(state_, std::move(item), here);
    }
    /// Appends an item without waiting. Throws QueueFull, or QueueShutDown.
    void put_nowait(T item, SourceLine here = SourceLine(__builtin_LINE())) const {
        state_->put(std::move(item), here);
    }
    /// Waits for an item, if there is none, and removes and returns it. Throws QueueShutDown.
    Coro<T> get(SourceLine here = SourceLine(__builtin_LINE())) const { return get(state_, here); }
    /// Removes the first item and returns it without waiting. Throws QueueEmpty, or QueueShutDown.
    T get_nowait(SourceLine here = SourceLine(__builtin_LINE())) const { return state_->get(here); }

    /// Notes that an item that was taken has been dealt with. Throws ValueError if all have been.
    void task_done(SourceLine here = SourceLine(__builtin_LINE())) const { state_->task_done(here); }
    /// Waits until all items that were put have been dealt with.
    Coro<> join(SourceLine here = SourceLine(__builtin_LINE())) const { return join(state_, here); }
    /// Shuts the queue down: from now on put() throws QueueShutDown, and so does get() once the queue is
    /// empty. If `immediate`, drops all items, so get() throws at once.
    void shutdown(bool immediate = false) const { state_->shutdown(immediate); }

    [[nodiscard]] std::size_t qsize() const { return state_->size(); }
    [[nodiscard]] std::int64_t maxsize() const { return state_->maxsize(); }
    [[nodiscard]] bool empty() const { return state_->empty(); }
    [[nodiscard]] bool full() const { return state_->full(); }

  private:
    class State final : public QueueCore, public Pooled {
      public:
        using QueueCore::QueueCore;

        void put(T item, SourceLine here) {
            check_space();
            items_.push({std::move(item), say_put(here)});
            item_put();
        }
        T get(SourceLine here) {
            check_item();
            Numbered<T> taken = items_.pop();
            say_taken(taken.number, here);
            item_taken();
            return std::move(taken.item);
        }

      protected:
        void drop_items() override { items_.clear(); }

      private:
        Items items_;
    };

    // Coroutines that own the queue for as long as they run.
    static Coro<> put(Ref<State> state, T item, SourceLine here) {
        while (state->full()) {
            QueueCore::Turn turn = state->turn_to_put(here);
            try {
                co_await turn;
            } catch (...) {
                state->pass_on_slot(turn);
                throw;
            }
        }
        state->put(std::move(item), here);
    }
    static Coro<T> get(Ref<State> state, SourceLine here) {
        while (state->empty()) {
            QueueCore::Turn turn = state->turn_to_get(here);
            try {
                co_await turn;
            } catch (...) {
                state->pass_on_item(turn);
                throw;
            }
        }
        co_return state->get(here);
    }
    static Coro<> join(Ref<State> state, SourceLine here) {
        if (state->unfinished() > 0) co_await state->finished().wait_from(here);
    }

    Ref<State> state_;
};

/// The items of a queue, first in, first out.
template <class T>
class FifoItems {
  public:
    void push(T item) { items_.push_back(std::move(item)); }
    T pop() {
        T item = std::move(items_.front());
        items_.pop_front();
        return item;
    }
    void clear() { items_.clear(); }

  private:
    std::deque<T> items_;
};

/// The items of a queue, last in, first out.
template <class T>
class LifoItems {
  public:
    void push(T item) { items_.push_back(std::move(item)); }
    T pop() {
        T item = std::move(items_.back());
        items_.pop_back();
        return item;
    }
    void clear() { items_.clear(); }

  private:
    std::vector<T> items_;
};

/// Compares numbered items by what they are: equal ones stay equal, whatever their numbers.
template <class Before>
struct ByItem {
    template <class T>
    bool operator()(const Numbered<T>& one, const Numbered<T>& other) const {
        return Before{}(one.item, other.item);
    }
};

/// A queue, first in, first out (`asyncio.Queue`).
template <class T>
using Queue = BasicQueue<T, FifoItems<Numbered<T>>>;
/// A queue, last in, first out (`asyncio.LifoQueue`).
template <class T>
using LifoQueue = BasicQueue<T, LifoItems<Numbered<T>>>;
/// A queue whose least item by `Before` comes out first (`asyncio.PriorityQueue`); equal items come out in
/// the order of CPython's heapq.
template <class T, class Before = std::less<T>>
using PriorityQueue = BasicQueue<T, Heap<Numbered<T>, ByItem<Before>>>;

}  // namespace loopscope::task
