// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

namespace loopscope::gl {

/// Owns an OpenGL object by its name, and deletes it with `Destroy`; the name 0 owns nothing. REQUIRES, like
/// every OpenGL call: when it is destroyed, the context in which the object was made is current.
template <void (*Destroy)(unsigned)>
class Handle {
  public:
    Handle() = default;
    explicit Handle(unsigned name) : name_(name) {}
    Handle(Handle&& other) noexcept : name_(std::exchange(other.name_, 0)) {}
    Handle& operator=(Handle other) noexcept {
        std::swap(name_, other.name_);
        return *this;
    }
    ~Handle() {
        if (name_ != 0) Destroy(name_);
    }

    /// Returns the name by which OpenGL knows the object; 0 if there is none.
    unsigned name() const { return name_; }

  private:
    unsigned name_ = 0;
};

}  // namespace loopscope::gl
