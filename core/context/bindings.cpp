#include "core/context/bindings.hpp"

#include <algorithm>
#include <memory>
#include <new>

namespace loopscope::context {

Ref<Bindings::Array> Bindings::Array::create(std::uint32_t count) {
    void* const memory = ::operator new(sizeof(Array) + count * sizeof(Cell));
    auto* const array = new (memory) Array;
    array->count = count;
    std::uninitialized_value_construct_n(array->cells(), count);
    return Ref(array);
}

void Bindings::Array::destroy(const Array* array) {
    ::operator delete(const_cast<Array*>(array));
}

void Bindings::set(VariableId variable, Cell cell) {
    const std::uint32_t count = array_ ? array_->count : 0;
    if (!array_ || !array_->unique() || variable.value > count) {
        Ref<Array> fresh = Array::create(std::max(count, variable.value));
        if (array_) std::copy_n(array_->cells(), count, fresh->cells());
        array_ = std::move(fresh);
    }
    array_->cells()[variable.value - 1] = cell;
}

}  // namespace loopscope::context
