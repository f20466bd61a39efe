// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "core/feed/analysis.hpp"
#include "core/feed/feed.hpp"

namespace loopscope::feed {

/// A trace with the feed that extends it, and its analysis.
struct Branch : Analysis {
    explicit Branch(std::shared_ptr<Feed> its_feed) : feed(std::move(its_feed)) {}
    Branch(std::shared_ptr<Feed> its_feed, Analysis known)
        : Analysis(std::move(known)), feed(std::move(its_feed)) {}

    std::shared_ptr<Feed> feed;

    /// Indexes the events that were appended to the trace since the last call.
    void update() { Analysis::update(feed->log(), feed->log().size()); }
};

}  // namespace loopscope::feed
