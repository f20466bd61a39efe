// SPDX-License-Identifier: MIT
#include "core/base/spilled_bytes.hpp"

#include <algorithm>
#include <cstring>

namespace loopscope {

void SpilledBytes::pad(std::size_t size) {
    while (this->size() < size) {
        const std::size_t some = std::min(size - this->size(), page_size - filled_);
        std::fill_n(page_.begin() + filled_, some, std::uint8_t{0});
        filled_ += some;
        if (filled_ == page_size) end_page();
    }
}

void SpilledBytes::end_page() {
    const std::uint8_t* stored = nullptr;
    if (!is_zero_) {
        std::array<std::uint32_t, page_size / sizeof(std::uint32_t)> words{};
        std::memcpy(words.data(), page_.data(), page_size);
        stored = reinterpret_cast<const std::uint8_t*>(spill_->store(words).data());
    }
    pages_.push_back(stored);
    filled_ = 0;
    is_zero_ = true;
}

}  // namespace loopscope
