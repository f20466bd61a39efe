#pragma once

#include "core/base/id.hpp"
#include "core/base/ref.hpp"

namespace loopscope::context {

/// A stored value, and the event that wrote it. A cell without a writer is empty: the variable was never set
/// there.
struct Cell {
    StringId value;
    EventIndex writer;

    explicit operator bool() const { return static_cast<bool>(writer); }
    friend bool operator==(const Cell&, const Cell&) = default;
};

/// What a read of a variable that was never set refers to.
inline constexpr Cell empty_cell;

/// An immutable map from variables to cells: copying it is O(1), for copies share their contents, and `set`
/// on one leaves the others as they are. This is what makes a PEP 567 context cheap to copy.
///
/// CPython keeps it as a hash array mapped trie, whose `set` is O(log n). Ours is one flat array, indexed by
/// the variable's number: a read is one load, and for the few variables that a program declares a copied
/// array beats any tree.
class Bindings {
  public:
    /// What copies share.
    struct Array : RefCounted<Array> {
        std::uint32_t count = 0;

        /// A variable's cell: they stand right behind this header, which takes a cell's room, that of number
        /// 0. REQUIRES: there is one.
        [[nodiscard]] Cell& operator[](VariableId variable) {
            return reinterpret_cast<Cell*>(this)[variable.value];
        }
        [[nodiscard]] const Cell& operator[](VariableId variable) const {
            return reinterpret_cast<const Cell*>(this)[variable.value];
        }

        static Ref<Array> create(std::uint32_t count);
        static void destroy(const Array* array);
    };

    Bindings() = default;
    /// A copy of those that have this array; null: nothing is bound.
    explicit Bindings(Array* array) : array_(array) {}

    /// The cell of a variable; an empty one if it was not set. Valid until the next write.
    [[nodiscard]] const Cell& get(VariableId variable) const { return get(array_.get(), variable); }
    static const Cell& get(const Array* array, VariableId variable) {
        return array && variable.value <= array->count ? (*array)[variable] : empty_cell;
    }
    /// Null: nothing was ever set.
    [[nodiscard]] Array* array() const { return array_.get(); }

    /// Binds the variable in this map and in no copy of it. In place if there are no copies.
    void set(VariableId variable, Cell cell) {
        if (!array_ || !array_->unique() || variable.value > array_->count) [[unlikely]]
            make_own(variable.value);
        (*array_)[variable] = cell;
    }

    /// Whether nothing was ever set.
    [[nodiscard]] bool empty() const { return !array_; }

  private:
    /// A copy that nobody shares, with room for `count` variables at least.
    void make_own(std::uint32_t count);

    Ref<Array> array_;
};

}  // namespace loopscope::context
