// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

#include "core/base/ref.hpp"

namespace loopscope {

/// An owner of a First, of a Second, or of nothing, in one word. First and Second are RefCounted; they may be
/// the same class, which makes this an owner with a flag.
template <class First, class Second>
class EitherRef {
  public:
    EitherRef() = default;
    /// Returns an owner of a First, or of nothing if `object` is null.
    static EitherRef of_first(First* object) {
        if (object) object->retain();
        return EitherRef(reinterpret_cast<std::uintptr_t>(object));
    }
    /// Returns an owner of a Second, or of nothing if `object` is null.
    static EitherRef of_second(Second* object) { return object ? of_second(*object) : EitherRef(); }
    static EitherRef of_second(Second& object) {
        object.retain();
        return EitherRef(reinterpret_cast<std::uintptr_t>(&object) | second_bit);
    }

    EitherRef(const EitherRef& other) : bits_(other.bits_) { retain(); }
    EitherRef(EitherRef&& other) noexcept : bits_(std::exchange(other.bits_, 0)) {}
    EitherRef& operator=(EitherRef other) noexcept {
        std::swap(bits_, other.bits_);
        return *this;
    }
    ~EitherRef() {
        if (bits_ != 0) release();
    }

    /// Returns the First that is owned; null if a Second or nothing is.
    [[nodiscard]] First* first() const {
        return (bits_ & second_bit) != 0 ? nullptr : reinterpret_cast<First*>(bits_);
    }
    /// Returns the Second that is owned; null if a First or nothing is.
    [[nodiscard]] Second* second() const {
        return (bits_ & second_bit) != 0 ? reinterpret_cast<Second*>(bits_ - second_bit) : nullptr;
    }
    /// Returns the object that is owned, as a First or as a Second; null if nothing is.
    [[nodiscard]] First* any() const requires std::is_same_v<First, Second> {
        return reinterpret_cast<First*>(bits_ & ~second_bit);
    }

  private:
    static constexpr std::uintptr_t second_bit = 1;

    explicit EitherRef(std::uintptr_t bits) : bits_(bits) {}

    void retain() const {
        if (const First* const object = first()) object->retain();
        if (const Second* const object = second()) object->retain();
    }
    void release() const {
        if (const First* const object = first())
            object->release();
        else
            second()->release();
    }

    std::uintptr_t bits_ = 0;
};

}  // namespace loopscope
