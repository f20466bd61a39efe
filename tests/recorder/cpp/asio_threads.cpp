// Boost.Asio with all that makes it hard to say which handlers belong together: four threads, strands, posts
// from within handlers, timers that are cancelled, handlers that throw, and operations that are dropped with
// their context.

#include <atomic>
#include <chrono>
#include <iostream>
#include <stdexcept>
#include <thread>
#include <vector>

#include <boost/asio.hpp>

namespace {

namespace asio = boost::asio;

std::atomic<int> handlers{0};

void chain(asio::io_context& context, int left) {
    ++handlers;
    if (left > 0) asio::post(context, [&context, left] { chain(context, left - 1); });
}

void on_strand(const asio::strand<asio::io_context::executor_type>& strand, int left) {
    ++handlers;
    if (left == 0) return;
    asio::post(strand, [strand, left] { on_strand(strand, left - 1); });
    asio::dispatch(strand, [] { ++handlers; });
}

asio::awaitable<void> turns(int count) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    for (int at = 0; at < count; ++at) {
        timer.expires_after(std::chrono::microseconds(50));
        co_await timer.async_wait(asio::use_awaitable);
        ++handlers;
    }
}

void run(asio::io_context& context) {
    for (;;) {
        try {
            context.run();
            return;
        } catch (const std::runtime_error&) {
            ++handlers;
        }
    }
}

}  // namespace

int main() {
    {
        asio::io_context context;
        for (int at = 0; at < 8; ++at) asio::post(context, [&context] { chain(context, 50); });
        for (int at = 0; at < 4; ++at) {
            const auto strand = asio::make_strand(context);
            asio::post(strand, [strand] { on_strand(strand, 50); });
        }
        for (int at = 0; at < 4; ++at) asio::co_spawn(context, turns(20), asio::detached);
        asio::steady_timer cancelled(context, std::chrono::hours(1));
        cancelled.async_wait([](const boost::system::error_code& error) { handlers += error ? 1 : 1000; });
        asio::post(context, [&cancelled] { cancelled.cancel(); });
        asio::post(context, [] { throw std::runtime_error("as it should"); });
        std::vector<std::thread> threads;
        for (int at = 0; at < 4; ++at) threads.emplace_back([&context] { run(context); });
        for (std::thread& each : threads) each.join();
        asio::steady_timer dropped(context, std::chrono::hours(1));
        dropped.async_wait([](const boost::system::error_code&) { ++handlers; });
    }
    std::cout << handlers << '\n';
}
