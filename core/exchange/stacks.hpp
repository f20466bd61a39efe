// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

namespace loopscope::exchange {

/// Stacks of items, one for each of very many lanes or tracks, of which most are empty or nearly so: all
/// share one piece of memory.
template <class Item>
class Stacks {
  public:
    /// A stack, which is empty to begin with.
    class Top {
      public:
        [[nodiscard]] bool empty() const { return number_ == 0; }

      private:
        friend class Stacks;
        std::uint32_t number_ = 0;  // 1 + the index of the topmost item
    };

    void push(Top& top, const Item& item) {
        const Node made{item, top.number_};
        if (free_ != 0) {
            top.number_ = free_;
            free_ = std::exchange(nodes_[free_ - 1], made).below;
        } else {
            nodes_.push_back(made);
            top.number_ = static_cast<std::uint32_t>(nodes_.size());
        }
    }
    /// REQUIRES: the stack is not empty.
    void pop(Top& top) {
        const std::uint32_t over = top.number_;
        top.number_ = std::exchange(nodes_[over - 1].below, free_);
        free_ = over;
    }
    /// Returns the topmost item. REQUIRES: the stack is not empty.
    [[nodiscard]] const Item& of(const Top& top) const { return nodes_[top.number_ - 1].item; }

  private:
    struct Node {
        Item item;
        std::uint32_t below = 0;  // 1 + the index of the one below it; of one that is free, of the next such
    };

    std::vector<Node> nodes_;
    std::uint32_t free_ = 0;  // 1 + the index of a node that can be used
};

}  // namespace loopscope::exchange
