// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <type_traits>

namespace loopscope::trace {

/// A random-access iterator over a sequence whose elements are made on demand, by `sequence[key]`. `Key` is a
/// plain number or a SequenceIndex.
template <class Sequence, class Key = std::size_t>
class IndexIterator {
  public:
    using iterator_category = std::random_access_iterator_tag;
    using difference_type = std::ptrdiff_t;
    using value_type = std::remove_cvref_t<decltype(std::declval<const Sequence&>()[Key{}])>;
    using reference = value_type;
    /// An element, kept alive while operator-> reads it.
    struct Held {
        value_type value;
        const value_type* operator->() const { return &value; }
    };
    using pointer = Held;

    IndexIterator() = default;
    IndexIterator(const Sequence& sequence, std::size_t index)
        : sequence_(&sequence), index_(static_cast<difference_type>(index)) {}

    /// Returns the key of the element in the sequence.
    [[nodiscard]] Key index() const {
        const auto number = static_cast<std::size_t>(index_);
        if constexpr (std::integral<Key>)
            return number;
        else
            return Key::of(number);
    }

    reference operator*() const { return (*sequence_)[index()]; }
    Held operator->() const { return {**this}; }
    reference operator[](difference_type distance) const { return *(*this + distance); }

    IndexIterator& operator+=(difference_type distance) {
        index_ += distance;
        return *this;
    }
    IndexIterator& operator-=(difference_type distance) { return *this += -distance; }
    IndexIterator& operator++() { return *this += 1; }
    IndexIterator& operator--() { return *this -= 1; }
    IndexIterator operator++(int) {
        const IndexIterator before = *this;
        ++*this;
        return before;
    }
    IndexIterator operator--(int) {
        const IndexIterator before = *this;
        --*this;
        return before;
    }
    friend IndexIterator operator+(IndexIterator iterator, difference_type distance) {
        return iterator += distance;
    }
    friend IndexIterator operator+(difference_type distance, IndexIterator iterator) {
        return iterator += distance;
    }
    friend IndexIterator operator-(IndexIterator iterator, difference_type distance) {
        return iterator -= distance;
    }
    friend difference_type operator-(const IndexIterator& left, const IndexIterator& right) {
        return left.index_ - right.index_;
    }
    friend bool operator==(const IndexIterator& left, const IndexIterator& right) {
        return left.index_ == right.index_;
    }
    friend std::strong_ordering operator<=>(const IndexIterator& left, const IndexIterator& right) {
        return left.index_ <=> right.index_;
    }

  private:
    const Sequence* sequence_ = nullptr;
    difference_type index_ = 0;
};

}  // namespace loopscope::trace
