// SPDX-License-Identifier: MIT
#pragma once

#include <utility>

namespace loopscope::loop {

class EventLoop;
class LiveGenerators;

/// An asynchronous generator as its loop knows it, from when it is first asked for something until
/// it is destroyed.
class LiveGenerator {
  public:
    LiveGenerator() = default;
    LiveGenerator(const LiveGenerator&) = delete;
    LiveGenerator& operator=(const LiveGenerator&) = delete;

    /// Returns the loop in which the generator has begun; null before that, and once it is
    /// in no list any more.
    [[nodiscard]] EventLoop* loop() const { return loop_; }

  protected:
    ~LiveGenerator();

  private:
    friend class LiveGenerators;
    EventLoop* loop_ = nullptr;
    LiveGenerators* all_ = nullptr;
    LiveGenerator* before_ = nullptr;
    LiveGenerator* after_ = nullptr;
};

/// The asynchronous generators of a loop (`_asyncgens`, Lib/asyncio/base_events.py), in the order in which
/// they were first asked for something.
class LiveGenerators {
  public:
    LiveGenerators() = default;
    LiveGenerators(const LiveGenerators&) = delete;
    LiveGenerators& operator=(const LiveGenerators&) = delete;
    ~LiveGenerators() {
        while (take_first()) continue;
    }

    /// Adds a generator. REQUIRES: it is in no list.
    void add(LiveGenerator& generator, EventLoop& loop) {
        generator.loop_ = &loop;
        generator.all_ = this;
        generator.before_ = std::exchange(last_, &generator);
        (generator.before_ ? generator.before_->after_ : first_) = &generator;
    }
    /// Removes a generator, if it is in this list.
    void remove(LiveGenerator& generator) {
        if (generator.all_ != this) return;
        (generator.before_ ? generator.before_->after_ : first_) = generator.after_;
        (generator.after_ ? generator.after_->before_ : last_) = generator.before_;
        generator.all_ = nullptr;
        generator.loop_ = nullptr;
        generator.before_ = generator.after_ = nullptr;
    }
    /// Removes the first generator and returns it; null if there is none.
    LiveGenerator* take_first() {
        LiveGenerator* const generator = first_;
        if (generator) remove(*generator);
        return generator;
    }

  private:
    LiveGenerator* first_ = nullptr;
    LiveGenerator* last_ = nullptr;
};

inline LiveGenerator::~LiveGenerator() {
    if (all_) all_->remove(*this);
}

}  // namespace loopscope::loop
