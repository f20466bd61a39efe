// SPDX-License-Identifier: MIT
#include "core/context/bindings.hpp"

#include <algorithm>
#include <memory>
#include <new>

namespace loopscope::context {

Ref<Bindings::Array> Bindings::Array::create(std::uint32_t count) {
    static_assert(sizeof(Array) == sizeof(Cell));
    void* const memory = ::operator new(sizeof(Array) + count * sizeof(Cell));
    auto* const array = new (memory) Array;
    array->count = count;
    std::uninitialized_value_construct_n(&(*array)[VariableId{1}], count);
    return Ref(array);
}

void Bindings::Array::destroy(const Array* array) {
    ::operator delete(const_cast<Array*>(array));
}

void Bindings::make_own(std::uint32_t count) {
    const std::uint32_t shared = array_ ? array_->count : 0;
    Ref<Array> fresh = Array::create(std::max(shared, count));
    constexpr VariableId first{1};
    if (array_) std::copy_n(&(*array_)[first], shared, &(*fresh)[first]);
    array_ = std::move(fresh);
}

}  // namespace loopscope::context
