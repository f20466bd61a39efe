// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

namespace loopscope {

/// Things that are numbered from 1, of which nobody asks for those that are over. They end nearly in the
/// order in which they began, so those before the first one that goes on are forgotten.
///
/// INVARIANT: the last thing is kept.
template <class T>
class Recent {
  public:
    void push_back(const T& thing) { kept_.push_back(thing); }
    /// Returns how many things there were, which is the number of the last one.
    [[nodiscard]] std::size_t size() const { return forgotten_ + kept_.size(); }
    /// Returns how many things are kept.
    [[nodiscard]] std::size_t kept() const { return kept_.size(); }
    /// Returns the thing with a number; null if it is forgotten. REQUIRES: 1 <= number <= size().
    [[nodiscard]] T* find(std::uint32_t number) {
        return number > forgotten_ ? &kept_[number - 1 - forgotten_] : nullptr;
    }
    [[nodiscard]] const T* find(std::uint32_t number) const {
        return number > forgotten_ ? &kept_[number - 1 - forgotten_] : nullptr;
    }
    /// Returns the last thing. REQUIRES: there was one.
    [[nodiscard]] T& back() { return kept_.back(); }
    /// Forgets the things before the first one that `is_over(thing, number)` does not hold for.
    template <class IsOver>
    void forget_if(IsOver is_over) {
        while (kept_.size() > 1 && is_over(kept_.front(), static_cast<std::uint32_t>(forgotten_ + 1))) {
            kept_.pop_front();
            ++forgotten_;
        }
    }

  private:
    std::size_t forgotten_ = 0;
    std::deque<T> kept_;
};

}  // namespace loopscope
