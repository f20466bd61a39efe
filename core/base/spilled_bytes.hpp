// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/spill.hpp"

namespace loopscope {

/// A sequence of bytes that grows at its end, in a Spill: for a small fact about each of very many things.
/// What is zero for long takes nothing.
class SpilledBytes {
  public:
    /// At most about `kept` bytes stay in memory.
    explicit SpilledBytes(std::size_t kept) : kept_(kept), spill_(std::make_unique<Spill>(kept)) {}
    SpilledBytes(const SpilledBytes& other);
    SpilledBytes(SpilledBytes&&) = default;
    SpilledBytes& operator=(const SpilledBytes&) = delete;
    SpilledBytes& operator=(SpilledBytes&&) = default;
    ~SpilledBytes() = default;

    [[nodiscard]] std::size_t size() const { return pages_.size() * page_size + filled_; }
    void push_back(std::uint8_t byte) {
        page_[filled_] = byte;
        is_zero_ = is_zero_ && byte == 0;
        if (++filled_ == page_size) end_page();
    }
    /// Appends zeros up to a size. Does nothing if there are so many bytes.
    void pad(std::size_t size);
    /// Returns the byte at an index. REQUIRES: index < size().
    [[nodiscard]] std::uint8_t operator[](std::size_t index) const {
        const std::size_t page = index / page_size;
        if (page == pages_.size()) return page_[index % page_size];
        return pages_[page] ? pages_[page][index % page_size] : std::uint8_t{0};
    }

  private:
    static constexpr std::size_t page_size = 4096;

    void end_page();
    [[nodiscard]] const std::uint8_t* store(const std::uint8_t* page);

    std::size_t kept_;
    std::unique_ptr<Spill> spill_;
    std::vector<const std::uint8_t*> pages_;  // null: all zero
    std::array<std::uint8_t, page_size> page_{};
    std::size_t filled_ = 0;  // bytes of page_
    bool is_zero_ = true;     // all of them
};

}  // namespace loopscope
