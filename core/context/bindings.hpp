// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

#include "core/base/id.hpp"
#include "core/base/ref.hpp"

namespace loopscope::context {

/// A stored value, and the event that wrote it. A cell without a writer is empty: the variable was never set.
struct Cell {
    StringId value;
    EventIndex writer;

    explicit operator bool() const { return static_cast<bool>(writer); }
    friend bool operator==(const Cell&, const Cell&) = default;
};

/// The cell of a variable that was never set.
inline constexpr Cell empty_cell;

/// A map from variables to cells with value semantics: copying it is O(1), for copies share their contents,
/// and `set` on one copy leaves the others as they are. This is what makes a PEP 567 context cheap to copy.
///
/// CPython keeps a context as a hash array mapped trie, whose `set` is O(log n). This is one flat array,
/// indexed by the variable's number: a read is one load, and for the few variables that a program declares a
/// copied array is faster than any tree. Not thread-safe: copies that share contents belong to one thread.
class Bindings {
  public:
    /// The contents that copies share: this header, which takes the space of the cell with the number 0, and
    /// the cells 1 to `count` right behind it in memory.
    struct Array : RefCounted<Array> {
        std::uint32_t count = 0;

        /// Returns the cell of a variable. REQUIRES: 1 <= variable.value <= count.
        [[nodiscard]] Cell& operator[](VariableId variable) {
            return reinterpret_cast<Cell*>(this)[variable.value];
        }
        [[nodiscard]] const Cell& operator[](VariableId variable) const {
            return reinterpret_cast<const Cell*>(this)[variable.value];
        }

        /// Allocates an array of `count` empty cells. REQUIRES: count >= 1.
        static Ref<Array> create(std::uint32_t count);
        static void destroy(const Array* array);
    };

    Bindings() = default;
    /// Makes a copy of the map whose contents are `array`; an empty map if it is null.
    explicit Bindings(Array* array) : array_(array) {}

    /// Returns the cell of a variable; empty_cell if it was not set. Valid until the next write.
    [[nodiscard]] const Cell& get(VariableId variable) const { return get(array_.get(), variable); }
    static const Cell& get(const Array* array, VariableId variable) {
        return array && variable.value <= array->count ? (*array)[variable] : empty_cell;
    }
    /// Returns the contents; null if no variable was ever set.
    [[nodiscard]] Array* array() const { return array_.get(); }

    /// Sets a variable's cell in this map and in no copy of it: in place if the contents are not shared.
    void set(VariableId variable, Cell cell) {
        if (!array_ || !array_->unique() || variable.value > array_->count) [[unlikely]]
            make_own(variable.value);
        (*array_)[variable] = cell;
    }

    /// Sets a variable's cell as set() does. Returns what it was before.
    Cell exchange(VariableId variable, Cell cell) {
        if (!array_ || !array_->unique() || variable.value > array_->count) [[unlikely]]
            make_own(variable.value);
        return std::exchange((*array_)[variable], cell);
    }

    /// Returns whether no variable was ever set.
    [[nodiscard]] bool empty() const { return !array_; }

  private:
    /// Replaces the contents by a copy that nobody shares, with room for at least `count` variables.
    void make_own(std::uint32_t count);

    Ref<Array> array_;
};

}  // namespace loopscope::context
