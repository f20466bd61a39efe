// Threads beside a loop, against CPython's: tests/twins/executors.py prints the text, and twins_test.py holds
// it to that.

#include <fstream>
#include <sstream>

#include "core/task/executor.hpp"
#include "core/task/runner.hpp"
#include "core/task/sleep.hpp"
#include "core/task/variable.hpp"
#include "tests/support/loop_fixture.hpp"

namespace loopscope::task {
namespace {

using namespace std::chrono_literals;
using task::sleep;

class BesideALoop {
  public:
    using Words = std::vector<std::string>;

    Coro<> hops(Words& out) {
        std::uint32_t before = loop_.iteration();
        co_await run_in_executor([] {});
        out.push_back(std::to_string(loop_.iteration() - before));
        before = loop_.iteration();
        co_await to_thread([] {});
        out.push_back(std::to_string(loop_.iteration() - before));
    }

    Coro<> contexts(Words& out) {
        const auto writes = [&](std::string_view value) {
            return [&out, this, value] {
                out.push_back(seen());
                symbol_.set(value);
            };
        };
        symbol_.set("a");
        const auto b = writes("b");
        const auto c = writes("c");
        const auto d = writes("d");
        co_await to_thread(b);
        out.push_back(seen());
        co_await run_in_executor(c);
        out.push_back(seen());
        co_await run_in_executor(d);
    }

    Coro<> beside(Words& out) {
        const Future<> future = run_in_executor([&out] {
            out.emplace_back("j");
            block_for(3 * unit);
            out.emplace_back("J");
        });
        co_await sleep(unit);
        out.emplace_back("l");
        block_for(4 * unit);
        out.emplace_back("L");
        co_await future;
        out.emplace_back("d");
    }

    Coro<> exceptions(Words& out) {
        const auto fail = [] { throw KeyError("gone"); };
        const Future<> future = run_in_executor(fail);
        Coro<> coroutine = to_thread(fail);
        try {
            co_await future;
        } catch (const KeyError& error) {
            out.emplace_back(error.name());
        }
        try {
            co_await coroutine;
        } catch (const KeyError& error) {
            out.emplace_back(error.name());
        }
    }

    Coro<> cancellation(Words& out) {
        const ThreadPoolExecutor pool(1);
        std::vector<Future<>> futures;
        for (const char* const name : {"a", "b"})
            futures.push_back(run_in_executor(pool, [&out, name] {
                block_for(2 * unit);
                out.emplace_back(name);
            }));
        co_await sleep(unit);
        std::string cancelled;
        for (const Future<>& future : futures) cancelled += future.cancel() ? "t" : "f";
        out.push_back(cancelled);
        co_await sleep(0);
        co_await sleep(0);
        pool.shutdown();
        out.emplace_back("s");
    }

    Coro<> wakes(Words& out) {
        const Future<> asked = run_in_executor([&out, this] {
            call_soon_threadsafe(loop_, [&out] { out.emplace_back("c"); });
            block_for(2 * unit);
            out.emplace_back("j");
        });
        co_await sleep(unit);
        out.emplace_back("s");
        co_await asked;
        out.emplace_back("d");
    }

    Coro<> left(Words& out) {
        run_in_executor([&out] {
            block_for(2 * unit);
            out.emplace_back("j");
        });
        out.emplace_back("m");
        co_return;
    }

    std::string run(std::string_view name, Coro<> (BesideALoop::*program)(Words&)) {
        Words out;
        task::run(loop_, (this->*program)(out));
        return fmt::format("{}: {}\n", name, fmt::join(out, " "));
    }

    BesideALoop() {
        log_.emit(trace::Kind::begin);
        storages_.select(trace::Storage::contextvar);
    }
    ~BesideALoop() {
        const auto checked = trace::check(log_);
        EXPECT_TRUE(checked) << checked.error().message;
    }
    BesideALoop(const BesideALoop&) = delete;
    BesideALoop& operator=(const BesideALoop&) = delete;

  private:
    static constexpr Duration unit = 50ms;

    [[nodiscard]] std::string seen() const { return std::string(log_.strings()[symbol_.get().text]); }

    trace::Log log_;
    context::Storages storages_;
    loop::EventLoop loop_{log_, storages_};
    const Variable symbol_{"symbol", "."};
};

TEST(ExecutorOrder, is_that_of_cpython) {
    std::string text;
    const auto run = [&](std::string_view name, auto program) { text += BesideALoop().run(name, program); };
    run("hops", &BesideALoop::hops);
    run("contexts", &BesideALoop::contexts);
    run("beside", &BesideALoop::beside);
    run("exceptions", &BesideALoop::exceptions);
    run("cancellation", &BesideALoop::cancellation);
    run("wakes", &BesideALoop::wakes);
    run("left", &BesideALoop::left);
    std::ostringstream expected;
    expected << std::ifstream(LOOPSCOPE_TESTS_DIR "/twins/executors.txt").rdbuf();
    EXPECT_EQ(text, expected.str());
}

}  // namespace
}  // namespace loopscope::task
