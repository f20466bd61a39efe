// SPDX-License-Identifier: MIT
#include "core/intake/texts.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

namespace loopscope::intake {
namespace {

/// The maximum number of bytes of a string: more than any recorder has a use for.
constexpr std::uint32_t max_text_bytes = 1U << 26;

}  // namespace

bool Texts::begin(const Spool_record& record, TraceWriter& out) {
    if (record.subject != numbers_.size() + 1)
        return out.refuse(fmt::format("string {} should be number {}", record.subject, numbers_.size() + 1));
    if (record.a > max_text_bytes)
        return out.refuse(fmt::format("a string has {} bytes, and may have {}", record.a, max_text_bytes));
    text_.clear();
    missing_ = record.a;
    if (missing_ == 0) numbers_.emplace_back();
    return true;
}

void Texts::take(const Spool_record& record, TraceWriter& out) {
    const auto bytes = std::min<std::uint32_t>(missing_, sizeof record);
    const std::size_t before = text_.size();
    text_.resize(before + bytes);
    std::memcpy(text_.data() + before, &record, bytes);
    missing_ -= bytes;
    if (missing_ == 0) numbers_.push_back(out.intern(text_));
}

bool Texts::find(std::uint32_t number, StringId& found, TraceWriter& out) const {
    if (number > numbers_.size()) return out.refuse_number("string", number, numbers_.size());
    found = number == 0 ? StringId{} : numbers_[number - 1];
    return true;
}

}  // namespace loopscope::intake
