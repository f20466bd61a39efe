// SPDX-License-Identifier: MIT
// What a step costs, of a coroutine of one's own and of Boost.Asio's: cpp_steps own|asio|handlers STEPS.
// Prints ns of CPU time for each.
//
// Built with LOOPSCOPE_TRACKED as a program that can be recorded, and without it as it would be otherwise:
// bench/recorder/cpp.py.

#include <coroutine>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <deque>
#include <exception>
#include <string_view>
#include <utility>

#include <boost/asio.hpp>

#ifdef LOOPSCOPE_TRACKED
#include <loopscope/track.hpp>
#endif

namespace {

namespace asio = boost::asio;

constexpr int tasks = 100;

std::deque<std::coroutine_handle<>> ready;

struct Turn {
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> handle) const { ready.push_back(handle); }
    void await_resume() const {}
};

struct Job {
    struct promise {
        Job get_return_object() { return {std::coroutine_handle<promise>::from_promise(*this)}; }
        std::suspend_always initial_suspend() { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
#ifdef LOOPSCOPE_TRACKED
    using promise_type = loopscope::tracked<promise>;
#else
    using promise_type = promise;
#endif
    std::coroutine_handle<promise> handle;
};

Job turns(long count) {
    for (; count > 0; --count) co_await Turn{};
}

void own(long steps) {
    for (int each = 0; each < tasks; ++each) ready.push_back(turns(steps / tasks).handle);
    while (!ready.empty()) {
        const auto next = ready.front();
        ready.pop_front();
        next.resume();
    }
}

asio::awaitable<void> asio_turns(asio::io_context& context, long count) {
    for (; count > 0; --count) co_await asio::post(context, asio::use_awaitable);
}

void coroutines(long steps) {
    asio::io_context context(1);
    for (int each = 0; each < tasks; ++each)
        asio::co_spawn(context, asio_turns(context, steps / tasks), asio::detached);
    context.run();
}

void chain(asio::io_context& context, long left) {
    if (left > 0) asio::post(context, [&context, left] { chain(context, left - 1); });
}

void handlers(long steps) {
    asio::io_context context(1);
    for (int each = 0; each < tasks; ++each) chain(context, steps / tasks);
    context.run();
}

}  // namespace

int main(int, char** argv) {
    const std::string_view what = argv[1];
    const long steps = std::atol(argv[2]);
    const std::clock_t begin = std::clock();
    if (what == "own")
        own(steps);
    else if (what == "asio")
        coroutines(steps);
    else
        handlers(steps);
    std::printf("%.1f\n", static_cast<double>(std::clock() - begin) * 1e9 / CLOCKS_PER_SEC /
                              static_cast<double>(steps));
}
