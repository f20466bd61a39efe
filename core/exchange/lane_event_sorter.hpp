#pragma once

#include <algorithm>
#include <memory>
#include <tuple>
#include <vector>

#include "core/exchange/lane_serializer.hpp"

namespace loopscope::exchange {

/// The events of all lanes of a trace, for use in order of time. They are stored in blocks, so that none is
/// moved while more are added, and each block is freed once its events were used.
class LaneEventSorter {
  public:
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// Appends an event; events may come in any order.
    void add(const LaneEvent& event);

    /// Calls `visit` with each event in order of time until it returns false. Returns how many times it
    /// returned true. REQUIRES: called once, and last.
    ///
    /// Each block is sorted when its first event is due, and merged with the blocks under way: files are
    /// mostly in order, so these are few, and the first block is done before the last one is sorted.
    template <class Visit>
    std::uint64_t visit_in_order(Visit visit) {
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
            } while (reader.at != reader.block->end && (heap.size() == 1 || reader.before(heap.front())) &&
                     (next == blocks_.size() || before(*reader.at, blocks_[next].first)));
            if (reader.at != reader.block->end) {
                std::ranges::push_heap(heap, after);
            } else {
                reader.block->events.reset();
                heap.pop_back();
            }
        }
    }

  private:
    static constexpr std::size_t block_size = std::size_t{1} << 16;

    struct Block {
        std::unique_ptr<LaneEvent[]> events;
        LaneEvent* end = nullptr;
        LaneEvent first;           ///< the one that comes first in order
        std::uint64_t number = 0;  ///< the block's index, in the order of the file
        bool sorted = true;
    };
    /// A position in a block whose events are used in order.
    struct Reader {
        Block* block;
        const LaneEvent* at;

        [[nodiscard]] bool before(const Reader& other) const {
            if (LaneEventSorter::before(*at, *other.at)) return true;
            return block->number < other.block->number && !LaneEventSorter::before(*other.at, *at);
        }
    };

    // Of slices that begin at the same time, the outer one is first: X records are often written when their
    // slice ends, inner ones first. Other events with equal times stay in the order of the file.
    static bool before(const LaneEvent& left, const LaneEvent& right) {
        const auto key = [](const LaneEvent& each) {
            const bool slice = each.kind == LaneEvent::Kind::slice;
            return std::tuple(each.time, slice, slice ? -each.end : 0);
        };
        return key(left) < key(right);
    }

    static Reader reader(Block& block);

    std::vector<Block> blocks_;
    std::uint64_t size_ = 0;
};

}  // namespace loopscope::exchange
