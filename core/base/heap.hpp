#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <type_traits>
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

    /// `heapq.heappush`. If a comparison throws, the item is in the heap, which may be out of order, as
    /// there.
    void push(Item item) {
        items_.push_back(std::move(item));
        Hole hole(items_, items_.size() - 1);
        sift_towards_root(0, hole);
    }
    /// `heapq.heappop`. REQUIRES: not empty().
    Item pop() {
        Item first = std::move(items_.front());
        if (items_.size() > 1) items_.front() = std::move(items_.back());
        items_.pop_back();
        if (!items_.empty()) sift_towards_leaf(0);
        return first;
    }
    /// Drops the items that a predicate is true for, and heapifies the others as they stand
    /// (`heapq.heapify`): equal ones may change places.
    template <class Predicate>
    void erase_if(Predicate predicate) {
        std::erase_if(items_, predicate);
        for (std::size_t at = items_.size() / 2; at-- > 0;) sift_towards_leaf(at);
    }
    void clear() { items_.clear(); }

  private:
    [[nodiscard]] bool before(const Item& one, const Item& other) const { return Before{}(one, other); }

    /// The place of an item that is on its way: others move into it, and it is filled in the end, also when a
    /// comparison throws.
    class Hole {
      public:
        Hole(std::vector<Item>& items, std::size_t at)
            : items_(items.data()), at_(at), item_(std::move(items_[at])) {}
        Hole(const Hole&) = delete;
        Hole& operator=(const Hole&) = delete;
        ~Hole() { items_[at_] = std::move(item_); }

        [[nodiscard]] std::size_t at() const { return at_; }
        /// What is to stand in it.
        [[nodiscard]] const Item& item() const { return item_; }
        /// The item from there moves in, and the hole is there.
        void move(std::size_t from) {
            items_[at_] = std::move(items_[from]);
            at_ = from;
        }

      private:
        Item* items_;
        std::size_t at_;
        Item item_;
    };

    // heapq._siftdown: the item goes to where it belongs on the way from `top` down to the hole.
    void sift_towards_root(std::size_t top, Hole& hole) {
        while (hole.at() > top) {
            const std::size_t parent = (hole.at() - 1) / 2;
            if (!before(hole.item(), items_[parent])) break;
            hole.move(parent);
        }
    }

    // heapq._siftup: the item goes down to a leaf along the smaller children (the right one of equals), then
    // back up to where it belongs. Which child is smaller nobody can predict, so it is no branch; and the
    // levels below are asked for early, for a large heap is in no near cache.
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
