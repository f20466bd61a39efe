// Two requests on a scheduler of one's own, whose user stands in a global: the second one comes in while the first one waits, and the first one
// then answers in the second one's name.
//
//     g++ -std=c++20 -I RECORDER requests.cpp -o requests && loopscope record ./requests
//
// With another storage, as C, G and H of `loopscope live ./requests` select it, each answers in its own.

#include <coroutine>
#include <deque>
#include <exception>
#include <iostream>
#include <string>

#include <loopscope/track.hpp>

namespace {

std::deque<std::coroutine_handle<>> ready;

/// Lets others run first.
struct Pause {
    [[nodiscard]] bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> handle) const { ready.push_back(handle); }
    void await_resume() const {}
};

/// A coroutine that somebody awaits, or that the scheduler runs.
struct Job {
    struct promise {
        Job get_return_object() { return {std::coroutine_handle<promise>::from_promise(*this)}; }
        std::suspend_always initial_suspend() { return {}; }
        auto final_suspend() noexcept {
            struct Next {
                [[nodiscard]] bool await_ready() const noexcept { return false; }
                std::coroutine_handle<> await_suspend(std::coroutine_handle<promise> handle) const noexcept {
                    return handle.promise().waiter;
                }
                void await_resume() const noexcept {}
            };
            return Next{};
        }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
        std::coroutine_handle<> waiter = std::noop_coroutine();
    };
    using promise_type = loopscope::tracked<promise>;  // `= promise` until it was recorded

    [[nodiscard]] bool await_ready() const { return handle.done(); }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> waiter) const {
        handle.promise().waiter = waiter;
        return handle;
    }
    void await_resume() const { handle.destroy(); }

    std::coroutine_handle<promise> handle;
};

loopscope::variable<std::string> user{"user", "nobody"};

Job look_up() {
    co_await Pause{};  // as a database would take its time
}

Job answer(std::string name) {
    user.set(name);
    co_await look_up();
    std::cout << "for " << user.get() << '\n';
}

}  // namespace

int main() {
    const Job jobs[] = {answer("ann"), answer("bob")};
    for (const Job& each : jobs) ready.push_back(each.handle);
    while (!ready.empty()) {
        const auto next = ready.front();
        ready.pop_front();
        next.resume();
    }
    for (const Job& each : jobs) each.handle.destroy();
}
