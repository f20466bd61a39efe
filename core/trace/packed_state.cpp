// SPDX-License-Identifier: MIT
#include "core/trace/packed_state.hpp"

#include <cstring>
#include <span>
#include <type_traits>
#include <vector>

#include "core/trace/number_frame.hpp"

namespace loopscope::trace {
namespace {

template <class Item>
constexpr std::size_t words_of = [] {
    static_assert(std::is_trivially_copyable_v<Item> && sizeof(Item) % sizeof(std::uint32_t) == 0);
    return sizeof(Item) / sizeof(std::uint32_t);
}();

/// Packs lists, one behind the other.
class ListPacker {
  public:
    explicit ListPacker(std::vector<std::uint32_t>& out) : out_(out) {}

    /// Packs a list, and leaves it empty.
    template <class List>
    void operator()(List& list) {
        using Item = std::remove_cvref_t<decltype(*list.begin())>;
        const std::size_t count = list.size();
        out_.push_back(static_cast<std::uint32_t>(count));
        column_.resize(count);
        for (std::size_t word = 0; word < words_of<Item> && count > 0; ++word) {
            std::size_t at = 0;
            for (const Item& item : list)
                std::memcpy(&column_[at++], reinterpret_cast<const std::byte*>(&item) + word * sizeof(Word),
                            sizeof(Word));
            append_frames(column_, out_);
        }
        list = List();
    }

  private:
    using Word = std::uint32_t;

    std::vector<std::uint32_t>& out_;
    std::vector<std::uint32_t> column_;
};

/// Unpacks lists in the order in which they were packed.
class ListUnpacker {
  public:
    explicit ListUnpacker(const std::uint32_t* in) : in_(in) {}

    template <class List>
    void operator()(List& list) {
        using Item = std::remove_cvref_t<decltype(*list.begin())>;
        const std::uint32_t count = *in_++;
        std::vector<Item> items(count);
        column_.resize(count);
        for (std::size_t word = 0; word < words_of<Item> && count > 0; ++word) {
            in_ = read_frames(in_, column_);
            std::size_t at = 0;
            for (Item& item : items)
                std::memcpy(reinterpret_cast<std::byte*>(&item) + word * sizeof(Word), &column_[at++],
                            sizeof(Word));
        }
        list = List(std::move(items));
    }

  private:
    using Word = std::uint32_t;

    const std::uint32_t* in_;
    std::vector<std::uint32_t> column_;
};

}  // namespace

PackedState::PackedState(const State& state, Spill& spill) : rest_(state) {
    std::vector<std::uint32_t> words;
    rest_.each_list(ListPacker(words));
    words.push_back(0);  // NumberFrame reads 8 bytes where its last bits begin
    words.push_back(0);
    words_ = spill.store(words);
}

State PackedState::unpacked() const {
    State state = rest_;
    state.each_list(ListUnpacker(words_.data()));
    return state;
}

}  // namespace loopscope::trace
