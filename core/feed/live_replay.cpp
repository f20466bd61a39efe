// SPDX-License-Identifier: MIT
#include "core/feed/live_replay.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/feed/branch.hpp"

namespace loopscope::feed {

LiveReplay::LiveReplay(LiveProgram program, std::shared_ptr<const Recording> first,
                       const std::vector<Switch>& switches, std::uint32_t length)
    : program_(std::move(program)), first_(std::move(first)), switches_(switches), length_(length) {}

LiveReplay::~LiveReplay() = default;

Status LiveReplay::poll(std::chrono::nanoseconds time) {
    const Slice slice(time);
    do {
        if (cancelled()) return Status::ended;
        const Status status = begun_ ? step() : start();
        if (status != Status::grew) return status;
    } while (!slice.over());
    return Status::grew;
}

Status LiveReplay::start() {
    if (!feed_) {
        auto started = LiveFeed::start(program_, std::nullopt, LiveFeed::End::killed);
        if (!started) return fail_with(started.error());
        feed_ = std::move(*started);
    }
    const Status status = feed_->begin(1);
    if (is_over(status)) return not_the_same(EventIndex{1});
    begun_ = status == Status::grew;
    return status;
}

Status LiveReplay::step() {
    if (made_ < switches_.size() ? feed_->log().end_index() > switches_[made_].after
                                 : feed_->log().size() >= length_)
        return go_on_with_switches();
    const Status status = feed_->poll({.handles = 1});
    return is_over(status) ? not_the_same(feed_->log().end_index()) : status;
}

Status LiveReplay::go_on_with_switches() {
    if (made_ == switches_.size()) return Status::ended;
    const Switch& change = switches_[made_++];
    if (feed_->log().end_index() != change.after + 1 || !is_same_up_to(change.after))
        return not_the_same(change.after);
    feed_->select(change.storage, change.variable);
    return made_ == switches_.size() && feed_->log().size() >= length_ ? Status::ended : Status::grew;
}

/// Returns whether both traces have the same events, which mean the same texts, up to an event.
bool LiveReplay::is_same_up_to(EventIndex event) {
    const trace::Log& one = first_->log();
    const trace::Log& other = feed_->log();
    if (one.end_index() <= event || one.strings().size() < other.strings().size()) return false;
    for (; strings_ < other.strings().size(); ++strings_) {
        const StringId text{strings_ + 1};
        if (one.strings()[text] != other.strings()[text]) return false;
    }
    for (; compared_ <= event; ++compared_) {
        if (one[compared_] != other[compared_]) return false;
    }
    return true;
}

Status LiveReplay::not_the_same(EventIndex event) {
    return fail_with({fmt::format(
        "the program did not do the same again up to event {}; the first run is kept", event.value)});
}

double LiveReplay::progress() const {
    if (!feed_ || length_ == 0) return 0;
    return std::min(1.0, static_cast<double>(feed_->log().size()) / length_);
}

std::shared_ptr<Branch> LiveReplay::take() {
    if (cancelled()) return nullptr;
    auto branch = std::make_shared<Branch>(std::move(feed_));
    branch->update();
    return branch;
}

}  // namespace loopscope::feed
