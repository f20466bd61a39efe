#pragma once

#include <string>
#include <string_view>

#include "core/task/sleep.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {

/// The golden tests of order: what was measured on CPython 3.13, each a line of `hop:text;`, where hop counts
/// loop iterations since the beginning or since begin_here().
class HopsTest : public LoopFixture {
  protected:
    void hop(std::string_view what) {
        hops_ += fmt::format("{}{}:{};", hops_.empty() ? "" : " ", loop.iteration() - first_, what);
    }
    /// This iteration is number 0, and nothing has been noted before.
    void begin_here() {
        first_ = loop.iteration();
        hops_.clear();
    }
    /// The next one is, and nothing has been noted before.
    void begin_next() {
        first_ = loop.iteration() + 1;
        hops_.clear();
    }

    /// What is noted when a coroutine runs to its end.
    std::string hops_of(Coro<> main) {
        run(std::move(main));
        return hops_;
    }

    /// Awaits a task that is being cancelled.
    template <class Awaitable>
    Coro<> see_cancel(Awaitable awaitable, std::string_view what) {
        try {
            co_await awaitable;
        } catch (const CancelledError&) {
            hop(what);
        }
    }

    static Sleep yield() { return task::sleep(Duration::zero()); }
    static Coro<> yields(int count) {
        for (int round = 0; round < count; ++round) co_await yield();
    }
    static std::string numbered(std::string_view name, int number) {
        return fmt::format("{}{}", name, number);
    }

    std::string hops_;
    std::uint32_t first_ = 1;
};

}  // namespace loopscope::task
