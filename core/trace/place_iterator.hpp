#pragma once

#include <compare>
#include <cstddef>
#include <iterator>
#include <type_traits>

namespace loopscope::trace {

/// A random-access iterator over a sequence whose elements are made when they are asked for, by
/// `sequence[place]`.
template <class Sequence>
class PlaceIterator {
  public:
    using iterator_category = std::random_access_iterator_tag;
    using difference_type = std::ptrdiff_t;
    using value_type = std::remove_cvref_t<decltype(std::declval<const Sequence&>()[0])>;
    using reference = value_type;
    /// An element, for as long as something is asked of it.
    struct Held {
        value_type value;
        const value_type* operator->() const { return &value; }
    };
    using pointer = Held;

    PlaceIterator() = default;
    PlaceIterator(const Sequence& sequence, std::size_t place)
        : sequence_(&sequence), place_(static_cast<difference_type>(place)) {}

    /// Its place in the sequence.
    [[nodiscard]] std::size_t place() const { return static_cast<std::size_t>(place_); }

    reference operator*() const { return (*sequence_)[place()]; }
    Held operator->() const { return {**this}; }
    reference operator[](difference_type distance) const { return *(*this + distance); }

    PlaceIterator& operator+=(difference_type distance) {
        place_ += distance;
        return *this;
    }
    PlaceIterator& operator-=(difference_type distance) { return *this += -distance; }
    PlaceIterator& operator++() { return *this += 1; }
    PlaceIterator& operator--() { return *this -= 1; }
    PlaceIterator operator++(int) {
        const PlaceIterator before = *this;
        ++*this;
        return before;
    }
    PlaceIterator operator--(int) {
        const PlaceIterator before = *this;
        --*this;
        return before;
    }
    friend PlaceIterator operator+(PlaceIterator iterator, difference_type distance) {
        return iterator += distance;
    }
    friend PlaceIterator operator+(difference_type distance, PlaceIterator iterator) {
        return iterator += distance;
    }
    friend PlaceIterator operator-(PlaceIterator iterator, difference_type distance) {
        return iterator -= distance;
    }
    friend difference_type operator-(const PlaceIterator& left, const PlaceIterator& right) {
        return left.place_ - right.place_;
    }
    friend bool operator==(const PlaceIterator& left, const PlaceIterator& right) {
        return left.place_ == right.place_;
    }
    friend std::strong_ordering operator<=>(const PlaceIterator& left, const PlaceIterator& right) {
        return left.place_ <=> right.place_;
    }

  private:
    const Sequence* sequence_ = nullptr;
    difference_type place_ = 0;
};

}  // namespace loopscope::trace
