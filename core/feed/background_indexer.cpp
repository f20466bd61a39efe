// SPDX-License-Identifier: MIT
#include "core/feed/background_indexer.hpp"

#include <utility>

namespace loopscope::feed {
namespace {

/// How many events the appending thread may be ahead: 16 MB of them.
constexpr std::uint32_t max_ahead = 1'000'000;

}  // namespace

#if LOOPSCOPE_THREADS

BackgroundIndexer::BackgroundIndexer() {
    worker_.start([this](const std::stop_token& stop) { work(stop); });
    worker_.require_started();
}

void BackgroundIndexer::follow(std::shared_ptr<const trace::Log> log, std::uint32_t count) {
    std::unique_lock lock(mutex_);
    log_ = std::move(log);
    told_ = count;
    changed_.notify_all();
    changed_.wait(lock, [this] { return told_ <= known_ + max_ahead || error_; });
}

bool BackgroundIndexer::advance() {
    std::unique_lock lock(mutex_);
    if (known_ >= told_) return false;
    if (!error_) changed_.wait(lock);
    if (error_) std::rethrow_exception(error_);
    return known_ < told_;
}

double BackgroundIndexer::done() {
    const std::scoped_lock lock(mutex_);
    return told_ > 0 ? static_cast<double>(known_) / told_ : 0;
}

void BackgroundIndexer::work(const std::stop_token& stop) {
    try {
        learn(stop);
    } catch (...) {
        const std::scoped_lock lock(mutex_);
        error_ = std::current_exception();
        changed_.notify_all();
    }
}

void BackgroundIndexer::learn(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (changed_.wait(lock, stop, [this] { return known_ < told_; }) && !stop.stop_requested()) {
        const std::shared_ptr<const trace::Log> log = log_;
        const std::uint32_t count = told_;
        lock.unlock();
        analysis_.update(*log, count, [&](double) {
            const std::scoped_lock known(mutex_);
            known_ = analysis_.index.size();
            changed_.notify_all();
            return !stop.stop_requested();
        });
        lock.lock();
    }
}

#else

BackgroundIndexer::BackgroundIndexer() = default;

void BackgroundIndexer::follow(std::shared_ptr<const trace::Log> log, std::uint32_t count) {
    log_ = std::move(log);
    told_ = count;
}

bool BackgroundIndexer::advance() {
    if (known_ >= told_) return false;
    analysis_.update(*log_, told_, [](double) { return false; });  // one part
    known_ = analysis_.index.size();
    return known_ < told_;
}

double BackgroundIndexer::done() {
    return told_ > 0 ? static_cast<double>(known_) / told_ : 0;
}

#endif

}  // namespace loopscope::feed
