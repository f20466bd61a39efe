// SPDX-License-Identifier: MIT
#include "core/feed/saving.hpp"

#include <utility>

#include <fmt/format.h>

#include "core/base/unexpected.hpp"

namespace loopscope::feed {
namespace {

/// The number of events between two readings of the clock: a millisecond or two.
constexpr std::uint32_t events_at_once = format::chunk_events;

}  // namespace

Saving::Saving(std::filesystem::path path, std::shared_ptr<const Branch> branch, format::Info info)
    : path_(std::move(path)),
      branch_(std::move(branch)),
      info_(std::move(info)),
      events_(branch_->feed->log().size()),
      saver_(format::Saver::create(path_, branch_->feed->log(), events_, info_)) {}

double Saving::progress() const {
    return saver_ ? static_cast<double>(saver_->written()) / events_ : 0;
}

Status Saving::poll(std::chrono::nanoseconds time) {
    if (over_) return outcome_ ? Status::ended : Status::failed;
    if (committing_) {
        if (const Status status = worker_.poll(time); !is_over(status)) return status;
        if (worker_.error()) return end(tl::unexpected(unexpected_error(worker_.error())));
        return end(std::move(outcome_));
    }
    const Result<bool> all = write(time);
    if (!all) return end(tl::unexpected(all.error()));
    if (*all) commit();
    return Status::grew;
}

Result<bool> Saving::write(std::chrono::nanoseconds time) {
    if (!saver_) return tl::unexpected(saver_.error());
    const Slice slice(time);
    for (;;) {
        Result<bool> all = saver_->write(events_at_once);
        if (!all || *all || slice.over()) return all;
    }
}

void Saving::commit() {
    committing_ = true;
    const auto bring_to_disk = [this] { outcome_ = saver_->commit(); };
    worker_.start([bring_to_disk](const std::stop_token&) { bring_to_disk(); });
    if (!worker_.started()) bring_to_disk();
}

void Saving::cancel() {
    if (over_ || committing_) return;
    saver_ = fail(fmt::format("Not saved: '{}' is unchanged", path_.string()), Error::Code::cancelled);
}

Status Saving::end(Result<void> outcome) {
    over_ = true;
    outcome_ = std::move(outcome);
    return outcome_ ? Status::ended : Status::failed;
}

}  // namespace loopscope::feed
