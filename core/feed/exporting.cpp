// SPDX-License-Identifier: MIT
#include "core/feed/exporting.hpp"

#include <algorithm>
#include <stop_token>
#include <utility>

#include <fmt/format.h>

#include "core/base/unexpected.hpp"

namespace loopscope::feed {
namespace {

/// The number of events between two readings of the clock: less than a millisecond of copying.
constexpr std::uint32_t events_at_once = 1U << 16;

}  // namespace

Exporting::Exporting(std::filesystem::path path, std::shared_ptr<const Branch> branch, Write write)
    : path_(std::move(path)), branch_(std::move(branch)), write_(std::move(write)) {
    if (!branch_) {
        start(nullptr);
        return;
    }
    const trace::Log& log = branch_->feed->log();
    events_ = log.size();
    if (branch_->feed->over()) {
        // Nobody appends to the trace of a feed that is over, so a thread may read it.
        start(std::shared_ptr<const trace::Log>(branch_, &log));
        return;
    }
    copy_ = std::make_shared<trace::Log>();
    for (std::uint32_t id = 1; id <= log.strings().size(); ++id)
        static_cast<void>(copy_->intern(log.strings()[StringId{id}]));
}

void Exporting::start(std::shared_ptr<const trace::Log> log) {
    const auto write = [this, log = std::move(log)](const std::stop_token& stop) {
        const auto tell = [&](double done) {
            done_.store(done, std::memory_order_relaxed);
            return !stop.stop_requested() && !cancelled_.load(std::memory_order_relaxed);
        };
        outcome_ = write_(log.get(), tell);
    };
    worker_.start(write);
    if (!worker_.started()) write(std::stop_token());
}

void Exporting::copy(std::chrono::nanoseconds time) {
    const trace::Log& log = branch_->feed->log();
    const Slice slice(time);
    do {
        const std::uint32_t until = std::min(copy_->size() + events_at_once, events_);
        log.each_piece(copy_->end_index(), {until}, [this](EventIndex, std::span<const trace::Event> events) {
            for (const trace::Event& event : events) copy_->append(event);
        });
        copy_->pack(copy_->end_index());
    } while (copy_->size() < events_ && !slice.over());
    if (copy_->size() == events_) start(std::exchange(copy_, nullptr));
}

Status Exporting::poll(std::chrono::nanoseconds time) {
    if (over_) return outcome_ ? Status::ended : Status::failed;
    if (copy_) {
        if (cancelled_) {
            outcome_ =
                fail(fmt::format("Not written: '{}' is unchanged", path_.string()), Error::Code::cancelled);
            over_ = true;
            return Status::failed;
        }
        copy(time);
        return Status::grew;
    }
    if (const Status status = worker_.poll(time); !is_over(status)) return status;
    over_ = true;
    if (worker_.started() && worker_.error()) outcome_ = tl::unexpected(unexpected_error(worker_.error()));
    return outcome_ ? Status::ended : Status::failed;
}

void Exporting::cancel() {
    cancelled_ = true;
}

}  // namespace loopscope::feed
