#include "core/loop/timer_heap.hpp"

#include <memory>
#include <random>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace loopscope::loop {
namespace {

using testing::ElementsAre;
using namespace std::chrono_literals;

/// What a timer points at; nobody calls it here. Lives in the test, so the heap must not delete it.
class Target final : public Runnable {
  public:
    void run(EventLoop&) override {}
    [[nodiscard]] trace::Callback callback() const override { return trace::Callback::user; }

    int released = 0;

  private:
    void dispose() override { ++released; }
};

/// The timers of asyncio's BaseEventLoop as CPython writes them: `heapq` (Lib/heapq.py) on a list of handles,
/// and the counting in
/// `_timer_handle_cancelled` and `_run_once` (Lib/asyncio/base_events.py). Nothing is shared with the heap
/// under test.
class PythonTimers {
  public:
    struct TimerHandle {
        std::int64_t when = 0;
        std::uint32_t number = 0;
        bool cancelled = false;
        bool scheduled = true;
    };

    TimerHandle* call_at(std::int64_t when) {
        handles_.push_back(std::make_unique<TimerHandle>(
            TimerHandle{when, static_cast<std::uint32_t>(handles_.size() + 1)}));
        heappush(handles_.back().get());
        return handles_.back().get();
    }
    void cancel(TimerHandle* handle) {
        if (handle->cancelled) return;
        handle->cancelled = true;
        if (handle->scheduled) ++timer_cancelled_count_;
    }
    void purge() {
        const double count = static_cast<double>(scheduled_.size());
        if (scheduled_.size() > 100 && static_cast<double>(timer_cancelled_count_) / count > 0.5) {
            std::vector<TimerHandle*> kept;
            for (TimerHandle* handle : scheduled_) {
                if (handle->cancelled)
                    handle->scheduled = false;
                else
                    kept.push_back(handle);
            }
            scheduled_ = kept;
            for (std::size_t at = scheduled_.size() / 2; at-- > 0;) siftup(at);
            timer_cancelled_count_ = 0;
        } else {
            while (!scheduled_.empty() && scheduled_.front()->cancelled) {
                --timer_cancelled_count_;
                heappop()->scheduled = false;
            }
        }
    }
    TimerHandle* pop() {
        TimerHandle* const handle = heappop();
        handle->scheduled = false;
        return handle;
    }
    [[nodiscard]] const std::vector<TimerHandle*>& scheduled() const { return scheduled_; }

  private:
    static bool less(const TimerHandle* first, const TimerHandle* second) {
        return first->when < second->when;
    }

    void heappush(TimerHandle* item) {
        scheduled_.push_back(item);
        siftdown(0, scheduled_.size() - 1);
    }
    TimerHandle* heappop() {
        TimerHandle* const last = scheduled_.back();
        scheduled_.pop_back();
        if (scheduled_.empty()) return last;
        TimerHandle* const first = scheduled_[0];
        scheduled_[0] = last;
        siftup(0);
        return first;
    }
    void siftdown(std::size_t start, std::size_t position) {
        TimerHandle* const newitem = scheduled_[position];
        while (position > start) {
            const std::size_t parent = (position - 1) >> 1;
            if (!less(newitem, scheduled_[parent])) break;
            scheduled_[position] = scheduled_[parent];
            position = parent;
        }
        scheduled_[position] = newitem;
    }
    void siftup(std::size_t position) {
        const std::size_t end = scheduled_.size();
        const std::size_t start = position;
        TimerHandle* const newitem = scheduled_[position];
        std::size_t child = 2 * position + 1;
        while (child < end) {
            const std::size_t right = child + 1;
            if (right < end && !less(scheduled_[child], scheduled_[right])) child = right;
            scheduled_[position] = scheduled_[child];
            position = child;
            child = 2 * position + 1;
        }
        scheduled_[position] = newitem;
        siftdown(start, position);
    }

    std::vector<std::unique_ptr<TimerHandle>> handles_;
    std::vector<TimerHandle*> scheduled_;
    int timer_cancelled_count_ = 0;
};

class TimerHeapTest : public testing::Test {
  protected:
    std::uint32_t add(Time deadline) { return heap_.add(deadline, target_, TimerId{++last_id_}); }
    /// Takes the first timer out for good; gives its number from 0.
    std::uint32_t pop() {
        const std::uint32_t slot = heap_.pop();
        const std::uint32_t number = heap_[slot].id.value - 1;
        if (Runnable* const target = heap_.take(slot)) target->release();
        return number;
    }
    std::vector<std::uint32_t> pop_all() {
        std::vector<std::uint32_t> numbers;
        while (!heap_.empty()) numbers.push_back(pop());
        return numbers;
    }

    Target target_;
    TimerHeap heap_;
    std::uint32_t last_id_ = 0;
};

TEST_F(TimerHeapTest, gives_the_earliest_deadline_first) {
    for (const Time deadline : {5ms, 1ms, 4ms, 2ms, 3ms}) add(deadline);
    EXPECT_EQ(heap_.first_deadline(), 1ms);
    EXPECT_THAT(pop_all(), ElementsAre(1, 3, 4, 2, 0));
}

TEST_F(TimerHeapTest, gives_eight_equal_deadlines_in_the_order_of_cpython) {
    for (int timer = 0; timer < 8; ++timer) add(1s);
    EXPECT_THAT(pop_all(), ElementsAre(0, 2, 6, 5, 7, 4, 1, 3));
}

TEST_F(TimerHeapTest, drops_cancelled_timers_only_from_its_head_while_they_are_few) {
    const std::uint32_t first = add(1ms);
    add(2ms);
    const std::uint32_t third = add(3ms);
    heap_.cancel(first);
    heap_.cancel(third);
    heap_.purge();
    EXPECT_EQ(heap_.first_deadline(), 2ms);
    EXPECT_THAT(pop_all(), ElementsAre(1, 2)) << "the third is cancelled, but still there";
}

TEST_F(TimerHeapTest, lets_go_of_a_target_as_soon_as_its_timer_is_cancelled) {
    const std::uint32_t slot = add(1s);
    EXPECT_EQ(target_.released, 0);
    heap_.cancel(slot);
    EXPECT_EQ(target_.released, 1);
    heap_.cancel(slot);
    EXPECT_EQ(target_.released, 1);
}

TEST_F(TimerHeapTest, hands_over_no_target_for_a_timer_that_is_cancelled_between_heap_and_turn) {
    add(1s);
    const std::uint32_t slot = heap_.pop();
    heap_.cancel(slot);
    EXPECT_EQ(heap_.take(slot), nullptr);
}

TEST_F(TimerHeapTest, never_gives_a_number_twice_although_it_reuses_slots) {
    for (std::uint32_t number = 0; number < 10; ++number) {
        add(1s);
        EXPECT_EQ(pop(), number);
    }
}

TEST_F(TimerHeapTest, shows_the_timers_that_will_fire) {
    add(2s);
    const std::uint32_t cancelled = add(1s);
    add(3s);
    heap_.cancel(cancelled);
    std::vector<std::uint32_t> seen;
    heap_.for_each([&](Time, const TimerHeap::Timer& timer) { seen.push_back(timer.id.value); });
    EXPECT_THAT(seen, testing::UnorderedElementsAre(1, 3));
}

/// How many of `count` timers are left in the heap after `cancelled` of the later ones are cancelled and it
/// is purged.
std::size_t left_after_purge(std::uint32_t count, std::uint32_t cancelled) {
    Target target;
    TimerHeap heap;
    std::vector<std::uint32_t> slots;
    for (std::uint32_t timer = 0; timer < count; ++timer)
        slots.push_back(heap.add(Time(timer), target, TimerId{timer + 1}));
    for (std::uint32_t timer = 0; timer < cancelled; ++timer) heap.cancel(slots[count - 1 - timer]);
    heap.purge();
    std::size_t left = 0;
    for (; !heap.empty(); ++left) {
        if (Runnable* const taken = heap.take(heap.pop())) taken->release();
    }
    return left;
}

TEST(TimerHeap, is_purged_of_all_cancelled_timers_when_there_are_over_100_and_over_half_are_cancelled) {
    EXPECT_EQ(left_after_purge(101, 51), 50u);
    EXPECT_EQ(left_after_purge(102, 52), 50u);
    EXPECT_EQ(left_after_purge(1000, 999), 1u);
}

TEST(TimerHeap, keeps_cancelled_timers_when_there_are_only_100_or_only_half_are_cancelled) {
    EXPECT_EQ(left_after_purge(100, 99), 100u);
    EXPECT_EQ(left_after_purge(101, 50), 101u);
    EXPECT_EQ(left_after_purge(102, 51), 102u);
}

/// The heap and CPython's, side by side.
class SideBySide {
  public:
    explicit SideBySide(unsigned seed) : random_(seed) {}

    std::size_t below(std::size_t limit) { return random_() % limit; }

    void add(std::int64_t deadline) {
        PythonTimers::TimerHandle* const handle = python_.call_at(deadline);
        pending_.push_back({handle, heap_.add(Time(deadline), target_, TimerId{++last_id_})});
    }
    /// Cancels any timer that has not had its turn, in the heap or out of it.
    void cancel() {
        if (pending_.empty()) return;
        const auto chosen = pending_.begin() + static_cast<std::ptrdiff_t>(below(pending_.size()));
        python_.cancel(chosen->handle);
        heap_.cancel(chosen->slot);
        pending_.erase(chosen);
    }
    void purge() {
        python_.purge();
        heap_.purge();
    }
    void pop() {
        ASSERT_EQ(heap_.empty(), python_.scheduled().empty());
        if (heap_.empty()) return;
        PythonTimers::TimerHandle* const handle = python_.pop();
        const std::uint32_t slot = heap_.pop();
        ASSERT_EQ(heap_[slot].id.value, handle->number);
        popped_.push_back({handle, slot});
    }
    /// The turn of all timers that were popped.
    void take() {
        for (const Pair& pair : popped_) {
            std::erase_if(pending_, [&](const Pair& each) { return each.handle == pair.handle; });
            Runnable* const target = heap_.take(pair.slot);
            ASSERT_EQ(target == nullptr, pair.handle->cancelled);
            if (target) target->release();
        }
        popped_.clear();
    }
    void compare() const {
        std::vector<std::pair<std::int64_t, std::uint32_t>> ours;
        heap_.for_each([&](Time deadline, const TimerHeap::Timer& timer) {
            ours.emplace_back(deadline.count(), timer.id.value);
        });
        std::vector<std::pair<std::int64_t, std::uint32_t>> pythons;
        for (const auto* handle : python_.scheduled()) {
            if (!handle->cancelled) pythons.emplace_back(handle->when, handle->number);
        }
        ASSERT_EQ(ours, pythons);
    }

  private:
    struct Pair {
        PythonTimers::TimerHandle* handle;
        std::uint32_t slot;
    };

    std::mt19937 random_;
    Target target_;
    TimerHeap heap_;
    std::uint32_t last_id_ = 0;
    PythonTimers python_;
    std::vector<Pair> pending_;  // neither cancelled nor taken
    std::vector<Pair> popped_;   // out of the heap, not taken
};

TEST(TimerHeap, is_at_all_times_the_list_that_heapq_makes_of_it) {
    for (unsigned seed = 0; seed < 60; ++seed) {
        SideBySide both(seed);
        const std::size_t deadlines = 1 + both.below(20);  // few, so that most are equal
        for (int step = 0; step < 400 && !testing::Test::HasFatalFailure(); ++step) {
            switch (both.below(9)) {
                case 0: both.pop(); break;
                case 1: both.purge(); break;
                case 2: both.take(); break;
                case 3:
                case 4: both.cancel(); break;
                default: both.add(static_cast<std::int64_t>(both.below(deadlines)));
            }
            both.compare();
        }
        ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed;
    }
}

TEST(TimerHeap, is_the_list_that_heapq_makes_of_it_after_it_was_purged_of_many) {
    for (unsigned seed = 0; seed < 60; ++seed) {
        SideBySide both(seed);
        const std::size_t deadlines = 1 + both.below(10);
        for (int round = 0; round < 5; ++round) {
            for (int timer = 0; timer < 150; ++timer)
                both.add(static_cast<std::int64_t>(both.below(deadlines)));
            const std::size_t cancelled = 40 + both.below(80);
            for (std::size_t timer = 0; timer < cancelled; ++timer) both.cancel();
            for (int timer = 0; timer < 30; ++timer) {
                both.purge();
                both.pop();
                both.take();
                both.compare();
            }
        }
        ASSERT_FALSE(testing::Test::HasFatalFailure()) << "seed " << seed;
    }
}

}  // namespace
}  // namespace loopscope::loop
