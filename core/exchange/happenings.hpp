#pragma once

#include <algorithm>
#include <tuple>
#include <vector>

#include "core/exchange/lane_player.hpp"

namespace loopscope::exchange {

/// All that happens on the lanes of a trace, to be played in order of time. In blocks, so that none has to
/// move while more come, and each gives its memory back once it is played.
class Happenings {
  public:
    [[nodiscard]] std::uint64_t size() const { return size_; }

    void add(const Happening& happening) {
        if (blocks_.empty() || blocks_.back().size() == block_size) {
            blocks_.emplace_back();
            blocks_.back().reserve(block_size);
        }
        if (size_ > 0 && before(happening, last_)) sorted_ = false;
        last_ = happening;
        blocks_.back().push_back(happening);
        ++size_;
    }

    /// Calls `play` with each in order, until it gives false; there are none left after it. Gives how many
    /// were played.
    template <class Play>
    std::uint64_t play_all(Play play) {
        sort();
        std::uint64_t played = 0;
        for (auto& block : blocks_) {
            for (const Happening& each : block) {
                if (!play(each)) return played;
                ++played;
            }
            block = std::vector<Happening>();  // `{}` would keep its memory
        }
        return played;
    }

  private:
    static constexpr std::size_t block_size = std::size_t{1} << 16;

    // Of slices that begin together the outer one is first; X are often written when they end, inner ones
    // first. What else happens at that time stays in the order of the file.
    static bool before(const Happening& left, const Happening& right) {
        const auto key = [](const Happening& each) {
            const bool slice = each.kind == Happening::Kind::slice;
            return std::tuple(each.time, slice, slice ? -each.end : 0);
        };
        return key(left) < key(right);
    }

    void sort() {
        if (sorted_) return;
        std::vector<Happening> all;
        all.reserve(static_cast<std::size_t>(size_));
        for (auto& block : blocks_) {
            all.insert(all.end(), block.begin(), block.end());
            block = std::vector<Happening>();
        }
        std::ranges::stable_sort(all, before);
        blocks_.clear();
        blocks_.push_back(std::move(all));
        sorted_ = true;
    }

    std::vector<std::vector<Happening>> blocks_;
    std::uint64_t size_ = 0;
    Happening last_;
    bool sorted_ = true;
};

}  // namespace loopscope::exchange
