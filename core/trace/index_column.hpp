// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>

#include "core/base/id.hpp"
#include "core/trace/packed_column.hpp"

namespace loopscope::trace {

/// A compressed sequence of indices of one kind that grows at its end. `Key` is what its own elements are
/// found by: another kind of index, or a plain number.
template <class Index, class Key = std::size_t>
class IndexColumn {
  public:
    void push_back(Index index) { numbers_.push_back(index.value); }
    [[nodiscard]] std::size_t size() const { return numbers_.size(); }
    [[nodiscard]] bool empty() const { return numbers_.empty(); }
    /// Returns the element at a key. REQUIRES: the key is less than size().
    [[nodiscard]] Index operator[](Key key) const {
        if constexpr (std::integral<Key>)
            return {numbers_[key]};
        else
            return {numbers_[key.value]};
    }
    [[nodiscard]] Index back() const { return {numbers_.back()}; }
    [[nodiscard]] IndexIterator<IndexColumn, Key> begin() const { return {*this, 0}; }
    [[nodiscard]] IndexIterator<IndexColumn, Key> end() const { return {*this, size()}; }
    /// Asks for the memory into which the next element goes, which is needed soon.
    void fetch_end() const { numbers_.fetch_end(); }
    /// Returns how much memory the column takes, in bytes.
    [[nodiscard]] std::size_t bytes() const { return numbers_.bytes(); }

  private:
    PackedColumn numbers_;
};

}  // namespace loopscope::trace
