// SPDX-License-Identifier: MIT
#include "core/base/spilled_bytes.hpp"

#include <algorithm>
#include <cstring>

namespace loopscope {

SpilledBytes::SpilledBytes(const SpilledBytes& other)
    : kept_(other.kept_),
      spill_(std::make_unique<Spill>(kept_)),
      page_(other.page_),
      filled_(other.filled_),
      is_zero_(other.is_zero_) {
    pages_.reserve(other.pages_.size());
    for (const std::uint8_t* const page : other.pages_) pages_.push_back(page ? store(page) : nullptr);
}

void SpilledBytes::pad(std::size_t size) {
    while (this->size() < size) {
        const std::size_t some = std::min(size - this->size(), page_size - filled_);
        std::fill_n(page_.begin() + filled_, some, std::uint8_t{0});
        filled_ += some;
        if (filled_ == page_size) end_page();
    }
}

/// Keeps a page. Returns where it is.
const std::uint8_t* SpilledBytes::store(const std::uint8_t* page) {
    std::array<std::uint32_t, page_size / sizeof(std::uint32_t)> words{};
    std::memcpy(words.data(), page, page_size);
    return reinterpret_cast<const std::uint8_t*>(spill_->store(words).data());
}

void SpilledBytes::end_page() {
    pages_.push_back(is_zero_ ? nullptr : store(page_.data()));
    filled_ = 0;
    is_zero_ = true;
}

}  // namespace loopscope
