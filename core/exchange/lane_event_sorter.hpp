// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <vector>

#include "core/exchange/lane_event.hpp"

namespace loopscope::exchange {

/// The events of all lanes of a trace, for use in order of time. They are stored in blocks, so that none is
/// moved while more are added.
class LaneEventSorter {
  public:
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// Appends an event; events may come in any order. Invalidates nothing.
    void add(const LaneEvent& event);

    /// Says that the kinds or ends of events were changed where they are, which may change their order.
    void changed();

    /// Calls `visit` with each event in order of time until it returns false. Returns how many times it
    /// returned true. `visit` may change what the order does not depend on.
    ///
    /// Each block is sorted when its first event is due, and merged with the blocks under way: files are
    /// mostly in order, so these are few, and the first block is done before the last one is sorted.
    template <class Visit>
    std::uint64_t visit_in_order(Visit visit) {
        return merge(visit, [](Block&) {});
    }
    /// Calls `visit` as visit_in_order() does, and frees each block once its events were used. REQUIRES:
    /// called once, and last.
    template <class Visit>
    std::uint64_t use_in_order(Visit visit) {
        return merge(visit, [](Block& block) { block.events = {}; });
    }

    /// Returns whether an event comes before another one. Of slices that begin at the same time, the outer
    /// one does: X records are often written when their slice ends, inner ones first. What happens within a
    /// slice comes after its beginning. Other events with equal times stay in the order of the file.
    static bool before(const LaneEvent& left, const LaneEvent& right) {
        if (left.time != right.time) return left.time < right.time;
        const bool is_span = left.kind == LaneEvent::Kind::span;
        const bool other_is_span = right.kind == LaneEvent::Kind::span;
        if (is_span != other_is_span) return is_span;
        return is_span && left.end > right.end;
    }

  private:
    static constexpr std::size_t block_size = std::size_t{1} << 16;

    struct Block {
        std::vector<LaneEvent> events;  ///< with room for block_size of them, so that none is moved
        LaneEvent first;                ///< the one that comes first in order
        std::uint64_t number = 0;       ///< the block's index, in the order of the file
        bool sorted = true;
    };
    /// A position in a block whose events are used in order.
    struct Reader {
        Block* block;
        LaneEvent* at;
        LaneEvent* end;

        [[nodiscard]] bool before(const Reader& other) const {
            if (LaneEventSorter::before(*at, *other.at)) return true;
            return block->number < other.block->number && !LaneEventSorter::before(*other.at, *at);
        }
    };

    template <class Visit, class Done>
    std::uint64_t merge(Visit& visit, Done done) {
        std::ranges::stable_sort(blocks_, before, &Block::first);
        std::uint64_t visited = 0;
        std::size_t next = 0;
        std::vector<Reader> heap;
        const auto after = [](const Reader& left, const Reader& right) { return right.before(left); };
        while (true) {
            while (next < blocks_.size() &&
                   (heap.empty() || !before(*heap.front().at, blocks_[next].first))) {
                heap.push_back(reader(blocks_[next++]));
                std::ranges::push_heap(heap, after);
            }
            if (heap.empty()) return visited;
            std::ranges::pop_heap(heap, after);
            Reader& reader = heap.back();
            // Until another block is due, the next events are this block's.
            do {
                if (!visit(*reader.at)) return visited;
                ++visited;
                ++reader.at;
            } while (reader.at != reader.end && (heap.size() == 1 || reader.before(heap.front())) &&
                     (next == blocks_.size() || before(*reader.at, blocks_[next].first)));
            if (reader.at != reader.end) {
                std::ranges::push_heap(heap, after);
            } else {
                done(*reader.block);
                heap.pop_back();
            }
        }
    }

    static Reader reader(Block& block);

    std::vector<Block> blocks_;
    std::uint64_t size_ = 0;
};

}  // namespace loopscope::exchange
