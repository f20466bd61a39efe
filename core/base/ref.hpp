// SPDX-License-Identifier: MIT
#pragma once

#include <cassert>
#include <cstdint>
#include <utility>

namespace loopscope {

/// A base class for objects with several owners within one thread, or within several that take turns: counts
/// the owners, not atomically.
template <class Derived>
class RefCounted {
  public:
    RefCounted() = default;
    RefCounted(const RefCounted& /*copied*/) {}
    RefCounted& operator=(const RefCounted&) { return *this; }

    void retain() const { ++refs_; }
    void release() const {
        assert(refs_ > 0);
        if (--refs_ == 0) Derived::destroy(static_cast<const Derived*>(this));
    }
    /// Returns whether the object has exactly one owner, so that nobody else sees a change in place.
    [[nodiscard]] bool unique() const { return refs_ == 1; }

    /// Destroys the object for its last owner. A derived class that allocates in its own way declares
    /// another.
    static void destroy(const Derived* object) { delete object; }

  protected:
    ~RefCounted() = default;

  private:
    mutable std::uint32_t refs_ = 0;
};

/// An owner of a RefCounted object, or of nothing.
template <class T>
class Ref {
  public:
    Ref() = default;
    explicit Ref(T* object) : object_(object) {
        if (object_) object_->retain();
    }
    Ref(const Ref& other) : Ref(other.object_) {}
    Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    template <class U>
    requires std::is_convertible_v<U*, T*> Ref(const Ref<U>& other)  // NOLINT(google-explicit-constructor)
        : Ref(other.get()) {}
    Ref& operator=(Ref other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }
    ~Ref() {
        if (object_) object_->release();
    }

    [[nodiscard]] T* get() const { return object_; }
    T& operator*() const { return *object_; }
    T* operator->() const { return object_; }
    explicit operator bool() const { return object_ != nullptr; }
    friend bool operator==(const Ref&, const Ref&) = default;

  private:
    T* object_ = nullptr;
};

}  // namespace loopscope
