// Includes nothing else of the loop: a header has all that its class needs.
#include "core/loop/steppable.hpp"

#include <gtest/gtest.h>

#include "core/trace/log.hpp"

namespace loopscope::loop {
namespace {

class Idle final : public Steppable {
  public:
    explicit Idle(EventLoop& loop) : Steppable(loop) {}
    void complete() override {}
    void abandon() override {}
};

TEST(Steppable, begins_without_a_number_and_pending) {
    trace::Log log;
    context::Storages storages;
    EventLoop loop(log, storages);
    const Ref<Idle> idle(new Idle(loop));
    EXPECT_FALSE(idle->id());
    EXPECT_FALSE(idle->done());
    EXPECT_EQ(idle->resume, trace::Resume::first);
}

}  // namespace
}  // namespace loopscope::loop
