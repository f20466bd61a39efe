#pragma once

#include <utility>

namespace loopscope::gl {

/// Owns one OpenGL object by its name and gives it back with `Destroy`; the name 0 owns nothing. Like every
/// OpenGL call, its destructor needs the context that the object was made in to be current.
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

    /// The name that OpenGL knows the object by.
    unsigned name() const { return name_; }

  private:
    unsigned name_ = 0;
};

}  // namespace loopscope::gl
