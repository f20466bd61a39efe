#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace loopscope {

/// A binary heap whose items come out in exactly the order that CPython's heapq gives (Lib/heapq.py): the
/// first ones first, and equal ones not first in, first out; eight of them come out as 0, 2, 6, 5, 7, 4, 1,
/// 3. `Before` says whether an item is to come out before another, and is asked about the pairs that heapq
/// compares with `<`.
template <class Item, class Before = std::less<Item>>
class Heap {
  public:
    [[nodiscard]] bool empty() const { return items_.empty(); }
    [[nodiscard]] std::size_t size() const { return items_.size(); }
    /// An item in heap order. REQUIRES: at < size().
    [[nodiscard]] const Item& operator[](std::size_t at) const { return items_[at]; }
    /// The one that comes out next. REQUIRES: not empty().
    [[nodiscard]] const Item& front() const { return items_.front(); }
    [[nodiscard]] auto begin() const { return items_.begin(); }
    [[nodiscard]] auto end() const { return items_.end(); }

    /// `heapq.heappush`.
    void push(Item item) {
        items_.push_back(std::move(item));
        Item pushed = std::move(items_.back());
        sift_towards_root(0, items_.size() - 1, std::move(pushed));
    }
    /// `heapq.heappop`. REQUIRES: not empty().
    Item pop() {
        Item first = std::move(items_.front());
        Item last = std::move(items_.back());
        items_.pop_back();
        if (!items_.empty()) sift_towards_leaf(0, std::move(last));
        return first;
    }
    /// Drops the items that a predicate is true for, and heapifies the others as they stand
    /// (`heapq.heapify`): equal ones may change places.
    template <class Predicate>
    void erase_if(Predicate predicate) {
        std::erase_if(items_, predicate);
        for (std::size_t at = items_.size() / 2; at-- > 0;) {
            Item item = std::move(items_[at]);
            sift_towards_leaf(at, std::move(item));
        }
    }
    void clear() { items_.clear(); }

  private:
    [[nodiscard]] bool before(const Item& one, const Item& other) const { return Before{}(one, other); }

    // heapq._siftdown: puts the item where it belongs on the way from `top` down to the hole.
    void sift_towards_root(std::size_t top, std::size_t hole, Item item) {
        while (hole > top) {
            const std::size_t parent = (hole - 1) / 2;
            if (!before(item, items_[parent])) break;
            items_[hole] = std::move(items_[parent]);
            hole = parent;
        }
        items_[hole] = std::move(item);
    }

    // heapq._siftup: down to a leaf along the smaller children (the right one of equals), then back up to
    // where the item belongs. Which child is smaller nobody can predict, so it is no branch; and the levels
    // below are asked for early, for a large heap is in no near cache.
    void sift_towards_leaf(std::size_t hole, Item item) {
        const std::size_t top = hole;
        const std::size_t size = items_.size();
        Item* const items = items_.data();
        std::size_t child = 2 * hole + 1;
        while (child + 1 < size) {
            __builtin_prefetch(items + std::min(4 * child + 3, size - 1));
            child += static_cast<std::size_t>(!before(items[child], items[child + 1]));
            items[hole] = std::move(items[child]);
            hole = child;
            child = 2 * hole + 1;
        }
        if (child < size) {
            items[hole] = std::move(items[child]);
            hole = child;
        }
        sift_towards_root(top, hole, std::move(item));
    }

    std::vector<Item> items_;
};

}  // namespace loopscope
