#pragma once

#include <algorithm>
#include <memory>
#include <tuple>
#include <vector>

#include "core/exchange/lane_serializer.hpp"

namespace loopscope::exchange {

/// All that happens on the lanes of a trace, to be played in order of time. In blocks, so that none has to
/// move while more come, and each gives its memory back once it is played.
class LaneEventSorter {
  public:
    [[nodiscard]] std::uint64_t size() const { return size_; }

    void add(const LaneEvent& happening);

    /// Calls `play` with each in order, until it gives false; there are none left after it. Gives how many
    /// were played.
    ///
    /// Each block is sorted when its first is due, and merged with those that are not over yet: files are
    /// mostly in order, so these are few, and the first is played before the last is sorted.
    template <class Play>
    std::uint64_t play_all(Play play) {
        std::ranges::stable_sort(blocks_, before, &Block::first);
        std::uint64_t played = 0;
        std::size_t next = 0;
        std::vector<Reader> heap;
        const auto after = [](const Reader& left, const Reader& right) { return right.before(left); };
        while (true) {
            while (next < blocks_.size() &&
                   (heap.empty() || !before(*heap.front().at, blocks_[next].first))) {
                heap.push_back(reader(blocks_[next++]));
                std::ranges::push_heap(heap, after);
            }
            if (heap.empty()) return played;
            std::ranges::pop_heap(heap, after);
            Reader& reader = heap.back();
            // Nothing is before these but what the same block holds.
            do {
                if (!play(*reader.at)) return played;
                ++played;
                ++reader.at;
            } while (reader.at != reader.block->end && (heap.size() == 1 || reader.before(heap.front())) &&
                     (next == blocks_.size() || before(*reader.at, blocks_[next].first)));
            if (reader.at != reader.block->end) {
                std::ranges::push_heap(heap, after);
            } else {
                reader.block->lane_event_sorter.reset();
                heap.pop_back();
            }
        }
    }

  private:
    static constexpr std::size_t block_size = std::size_t{1} << 16;

    struct Block {
        std::unique_ptr<LaneEvent[]> lane_event_sorter;
        LaneEvent* end = nullptr;
        LaneEvent first;           ///< in order of time
        std::uint64_t number = 0;  ///< in order of the file
        bool sorted = true;
    };
    /// How far a block is played.
    struct Reader {
        Block* block;
        const LaneEvent* at;

        [[nodiscard]] bool before(const Reader& other) const {
            if (LaneEventSorter::before(*at, *other.at)) return true;
            return block->number < other.block->number && !LaneEventSorter::before(*other.at, *at);
        }
    };

    // Of slices that begin together the outer one is first; X are often written when they end, inner ones
    // first. What else happens at that time stays in the order of the file.
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
