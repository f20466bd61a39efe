// SPDX-License-Identifier: MIT
#include "core/intake/whole_handles.hpp"

namespace loopscope::intake {
namespace {

/// The maximum number of records that wait: a megabyte.
constexpr std::size_t max_held = 1U << 16;

}  // namespace

std::span<const Spool_record> WholeHandles::add(std::span<const Spool_record> records) {
    drop_handed_on();
    held_.insert(held_.end(), records.begin(), records.end());
    for (; seen_ < held_.size(); ++seen_) look_at(held_[seen_]);
    if (held_.size() > max_held) whole_ = held_.size();
    handed_on_ = whole_;
    return {held_.data(), handed_on_};
}

std::span<const Spool_record> WholeHandles::release() {
    drop_handed_on();
    whole_ = handed_on_ = held_.size();
    return held_;
}

void WholeHandles::look_at(const Spool_record& record) {
    if (raw_ > 0) {
        --raw_;
        return;
    }
    switch (record.head & 0xffU) {
        case SPOOL_STRING: raw_ = (std::uint64_t{record.a} + sizeof record - 1) / sizeof record; return;
        case SPOOL_CLOCK:
        case SPOOL_THREAD:
        case SPOOL_FILE: return;
        case SPOOL_DUE:
        case SPOOL_ITERATION: begun_ = true; return;
        case SPOOL_RUN: begun_ = true, ++open_; return;
        case SPOOL_RAN: open_ -= open_ > 0 ? 1 : 0; break;
        case SPOOL_MESSAGE:  // of the handle that has ended
        case SPOOL_EXIT:
        case SPOOL_STOPPED: break;
        default:
            if (begun_) return;
            break;
    }
    if (open_ == 0) whole_ = seen_ + 1;
}

void WholeHandles::drop_handed_on() {
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(handed_on_));
    seen_ -= handed_on_;
    whole_ -= handed_on_;
    handed_on_ = 0;
}

}  // namespace loopscope::intake
