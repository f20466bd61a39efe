// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace loopscope {

/// A queue whose elements are contiguous in memory. Elements that were taken from its front are erased now
/// and then; a copy has none of them. Unlike std::deque it allocates nothing in a steady state, and taking
/// the first element is an addition.
template <class T>
class Fifo {
  public:
    using const_iterator = const T*;

    Fifo() = default;
    explicit Fifo(std::vector<T> items) : items_(std::move(items)) {}
    Fifo(const Fifo& other) : items_(other.begin(), other.end()) {}
    Fifo(Fifo&& other) noexcept : items_(std::move(other.items_)), front_(std::exchange(other.front_, 0)) {}
    Fifo& operator=(const Fifo& other) {
        if (this != &other) {
            items_.assign(other.begin(), other.end());
            front_ = 0;
        }
        return *this;
    }
    Fifo& operator=(Fifo&& other) noexcept {
        items_ = std::move(other.items_);
        front_ = std::exchange(other.front_, 0);
        return *this;
    }
    ~Fifo() = default;

    [[nodiscard]] std::size_t size() const { return items_.size() - front_; }
    [[nodiscard]] bool empty() const { return size() == 0; }
    [[nodiscard]] const T* begin() const { return items_.data() + front_; }
    [[nodiscard]] const T* end() const { return items_.data() + items_.size(); }
    [[nodiscard]] T* begin() { return items_.data() + front_; }
    [[nodiscard]] T* end() { return items_.data() + items_.size(); }
    /// REQUIRES: at < size().
    [[nodiscard]] const T& operator[](std::size_t at) const { return begin()[at]; }
    /// REQUIRES: not empty().
    [[nodiscard]] const T& front() const { return *begin(); }
    [[nodiscard]] const T& back() const { return items_.back(); }

    void push_back(T item) {
        // At least half of the elements are dropped at once, so each is moved once or twice in all.
        if (items_.size() == items_.capacity() && front_ > items_.size() / 2) drop_taken();
        items_.push_back(std::move(item));
    }
    /// Removes an element and returns it; those behind it move up. REQUIRES: begin() <= item < end().
    T take(const T* item) {
        T taken = *item;
        if (item == begin())
            ++front_;
        else
            items_.erase(items_.begin() + (item - items_.data()));
        if (front_ == items_.size()) clear();
        return taken;
    }
    T pop_front() { return take(begin()); }
    void clear() {
        items_.clear();
        front_ = 0;
    }

    friend bool operator==(const Fifo& one, const Fifo& other) {
        return one.size() == other.size() && std::equal(one.begin(), one.end(), other.begin());
    }

  private:
    void drop_taken() {
        items_.erase(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(front_));
        front_ = 0;
    }

    std::vector<T> items_;
    std::size_t front_ = 0;  // the elements before this one were taken
};

}  // namespace loopscope
