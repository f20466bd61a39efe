// What coroutines may do that a recording has to take as it comes; the first argument says which: cpp_test.py
// runs each.

#include <atomic>
#include <coroutine>
#include <csignal>
#include <functional>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <loopscope/track.hpp>
#include <sys/wait.h>
#include <unistd.h>

namespace {

/// A coroutine that begins at once if `Begins` says so, and that nobody waits for.
template <class Begins>
struct Detached {
    struct promise {
        Detached get_return_object() { return {std::coroutine_handle<promise>::from_promise(*this)}; }
        Begins initial_suspend() { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { error = std::current_exception(); }
        std::exception_ptr error;
    };
    using promise_type = loopscope::tracked<promise>;
    std::coroutine_handle<promise> handle;
};
using Eager = Detached<std::suspend_never>;
using Lazy = Detached<std::suspend_always>;

/// Values, one after the other.
struct Numbers {
    struct promise {
        Numbers get_return_object() { return {std::coroutine_handle<promise>::from_promise(*this)}; }
        std::suspend_always initial_suspend() { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        std::suspend_always yield_value(int value) {
            last = value;
            return {};
        }
        void return_void() {}
        void unhandled_exception() { throw; }
        int last = 0;
    };
    using promise_type = loopscope::tracked<promise>;
    std::coroutine_handle<promise> handle;
};

/// An event that resumes who waits for it from within set().
struct Event {
    std::vector<std::coroutine_handle<>> waiting;
    bool await_ready() const { return false; }
    void await_suspend(std::coroutine_handle<> handle) { waiting.push_back(handle); }
    void await_resume() const {}
    void set() {
        for (const auto each : std::exchange(waiting, {})) each.resume();
    }
};

loopscope::variable<std::string> name{"name", "nobody", loopscope::storage::context_copy};

Eager waits(Event& event, std::string own) {
    name.set(own);
    co_await event;
    std::cout << name.get() << '\n';
}

Eager sets(Event& first, Event& second) {
    name.set("setter");
    first.set();
    second.set();
    std::cout << name.get() << '\n';
    co_return;
}

void nested() {
    Event first, second;
    waits(first, "one");
    waits(first, "two");
    waits(second, "three");
    sets(first, second);
}

Eager fails() {
    co_await std::suspend_never{};
    throw std::runtime_error("as it should");
}

Numbers count(int most) {
    for (int each = 1; each <= most; ++each) co_yield each;
}

void generates() {
    const Numbers numbers = count(3);
    for (numbers.handle.resume(); !numbers.handle.done(); numbers.handle.resume())
        std::cout << numbers.handle.promise().last << '\n';
    numbers.handle.destroy();
}

/// Suspends, unless its answer is that it does not.
struct Asks {
    bool suspends;
    bool await_ready() const { return false; }
    bool await_suspend(std::coroutine_handle<>) const { return suspends; }
    void await_resume() const {}
};

Lazy goes_on() {
    co_await Asks{false};
    std::cout << "goes on\n";
    co_await Asks{true};
    std::cout << "not reached\n";
}

void destroyed() {
    const Lazy job = goes_on();
    job.handle.resume();
    job.handle.destroy();
}

Lazy adds(std::atomic<int>& sum) {
    for (int at = 0; at < 100; ++at) {
        sum += at;
        co_await std::suspend_always{};
    }
}

/// Each thread resumes all coroutines in turn, the next thread where the one before has stopped.
void threads() {
    std::atomic<int> sum{0};
    std::vector<Lazy> jobs;
    for (int at = 0; at < 4; ++at) jobs.push_back(adds(sum));
    for (int round = 0; round < 101; ++round) {
        std::vector<std::thread> running;
        for (std::size_t at = 0; at < jobs.size(); ++at)
            running.emplace_back(
                [&, at] { jobs[(at + static_cast<std::size_t>(round)) % jobs.size()].handle.resume(); });
        for (std::thread& each : running) each.join();
    }
    for (const Lazy& each : jobs) each.handle.destroy();
    std::cout << sum << '\n';
}

void forks() {
    Event event;
    waits(event, "parent");
    if (fork() == 0) {
        name.set("child");
        event.set();
        std::cout.flush();
        _exit(3);
    }
    int status = 0;
    wait(&status);
    std::cout << WEXITSTATUS(status) << '\n';
    event.set();
}

Lazy suspends(int times) {
    for (int at = 0; at < times; ++at) co_await std::suspend_always{};
}

/// Suspends so often that its records take more room than a spool begins with.
void many() {
    const Lazy job = suspends(50'000);
    while (!job.handle.done()) job.handle.resume();
    job.handle.destroy();
    std::cout << "done\n";
}

void raises() {
    fails();
}
void ends() {
    nested();
    std::exit(7);
}
void is_killed() {
    nested();
    std::cout.flush();
    std::raise(SIGKILL);
}
void does_nothing() {}

}  // namespace

int main(int, char** argv) {
    const std::map<std::string, std::function<void()>> all = {
        {"nested", nested},       {"raises", raises},       {"generates", generates},
        {"destroyed", destroyed}, {"threads", threads},     {"forks", forks},
        {"ends", ends},           {"is_killed", is_killed}, {"does_nothing", does_nothing},
        {"many", many},
    };
    all.at(argv[1])();
}
