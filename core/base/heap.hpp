// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

namespace loopscope {

/// A binary heap whose items come out in exactly the order of CPython's heapq (Lib/heapq.py): smallest first,
/// and equal ones not first in, first out: eight equal items come out as 0, 2, 6, 5, 7, 4, 1, 3. `Before`
/// says whether an item is to come out before another, and is called for the pairs that heapq compares with
/// `<`.
template <class Item, class Before = std::less<Item>>
class Heap {
  public:
    [[nodiscard]] bool empty() const { return items_.empty(); }
    [[nodiscard]] std::size_t size() const { return items_.size(); }
    /// Returns an item by its position in heap order. REQUIRES: at < size().
    [[nodiscard]] const Item& operator[](std::size_t at) const { return items_[at]; }
    /// Returns the item that comes out next. REQUIRES: not empty().
    [[nodiscard]] const Item& front() const { return items_.front(); }
    [[nodiscard]] auto begin() const { return items_.begin(); }
    [[nodiscard]] auto end() const { return items_.end(); }

    /// Adds an item (`heapq.heappush`). If a comparison throws, the item is in the heap, which may then be
    /// out of order, as in CPython.
    void push(Item item) {
        items_.push_back(std::move(item));
        Hole hole(items_, items_.size() - 1);
        sift_towards_root(0, hole);
    }
    /// Removes the first item and returns it (`heapq.heappop`). REQUIRES: not empty().
    Item pop() {
        Item first = std::move(items_.front());
        if (items_.size() > 1) items_.front() = std::move(items_.back());
        items_.pop_back();
        if (!items_.empty()) sift_towards_leaf(0);
        return first;
    }
    /// Removes the items for which a predicate is true, and heapifies the others as they stand
    /// (`heapq.heapify`), which may change the order of equal ones.
    template <class Predicate>
    void erase_if(Predicate predicate) {
        std::erase_if(items_, predicate);
        for (std::size_t at = items_.size() / 2; at-- > 0;) sift_towards_leaf(at);
    }
    void clear() { items_.clear(); }

  private:
    [[nodiscard]] bool before(const Item& one, const Item& other) const { return Before{}(one, other); }

    /// The position of an item that is being moved: other items move into it, and the item is put there at
    /// the end, also when a comparison throws.
    class Hole {
      public:
        Hole(std::vector<Item>& items, std::size_t at)
            : items_(items.data()), at_(at), item_(std::move(items_[at])) {}
        Hole(const Hole&) = delete;
        Hole& operator=(const Hole&) = delete;
        ~Hole() { items_[at_] = std::move(item_); }

        [[nodiscard]] std::size_t at() const { return at_; }
        /// Returns the item that is to be put into the hole.
        [[nodiscard]] const Item& item() const { return item_; }
        /// Moves the item at `from` into the hole, which is at `from` afterwards.
        void move(std::size_t from) {
            items_[at_] = std::move(items_[from]);
            at_ = from;
        }

      private:
        Item* items_;
        std::size_t at_;
        Item item_;
    };

    // heapq._siftdown: the item moves to where it belongs on the way from `top` down to the hole.
    void sift_towards_root(std::size_t top, Hole& hole) {
        while (hole.at() > top) {
            const std::size_t parent = (hole.at() - 1) / 2;
            if (!before(hole.item(), items_[parent])) break;
            hole.move(parent);
        }
    }

    // heapq._siftup: the item moves down to a leaf along the smaller children (the right one of equals), then
    // back up to where it belongs. No processor can predict which child is smaller, so the choice is not a
    // branch; and the levels below are prefetched, for a large heap does not fit into a near cache.
    void sift_towards_leaf(std::size_t top) {
        static_assert(!std::is_same_v<Item, bool>, "a vector of bool has no addresses; take an int");
        const std::size_t size = items_.size();
        const Item* const items = items_.data();
        Hole hole(items_, top);
        std::size_t child = 2 * top + 1;
        while (child + 1 < size) {
            __builtin_prefetch(items + std::min(4 * child + 3, size - 1));
            child += static_cast<std::size_t>(!before(items[child], items[child + 1]));
            hole.move(child);
            child = 2 * child + 1;
        }
        if (child < size) hole.move(child);
        sift_towards_root(top, hole);
    }

    std::vector<Item> items_;
};

}  // namespace loopscope
