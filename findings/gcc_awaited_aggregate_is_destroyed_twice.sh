#!/bin/sh
# Expected: `co_await work({Thing()})`, where the coroutine `work` takes an aggregate that has one member, a Thing, destroys each Thing once.
# What happens: the aggregate without a name lives in the frame of the awaiting coroutine, and what is passed on is a copy of its bytes that no
# constructor makes; both are destroyed. With a name, and std::move, all is well. With clang, both are.
# Versions: GCC 12.2.0 (Debian 12). Of others see what this says.
# Matters to: whoever passes an aggregate to an awaited coroutine: a vector in it is freed twice.
#
# Needs g++. Ends with 77 where there is none, or where it is not GCC 12.
set -eu

if ! command -v g++ >/dev/null || [ "$(g++ -dumpversion | cut -d. -f1)" != 12 ]; then
    echo "There is no g++ 12 here." >&2
    exit 77
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/twice.cpp" <<'END'
#include <coroutine>
#include <cstdio>
#include <utility>

int made = 0, destroyed = 0;
struct Thing {
    Thing() { ++made; }
    Thing(const Thing&) { ++made; }
    Thing(Thing&&) noexcept { ++made; }
    ~Thing() { ++destroyed; }
};
struct Aggregate {
    Thing thing;
};
struct Work {
    struct promise_type {
        std::coroutine_handle<> awaiting;
        Work get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void unhandled_exception() {}
        void return_void() {}
    };
    std::coroutine_handle<promise_type> handle;
    ~Work() { handle.destroy(); }
    bool await_ready() { return false; }
    void await_suspend(std::coroutine_handle<>) { handle.resume(); }
    void await_resume() {}
};
Work work(Aggregate) { co_return; }
Work without_a_name() { co_await work({Thing()}); }
Work with_a_name() {
    Aggregate named{Thing()};
    co_await work(std::move(named));
}
int told(const char* how, Work (*coroutine)()) {
    made = destroyed = 0;
    {
        Work awaiting = coroutine();
        awaiting.handle.resume();
        awaiting.handle.resume();
    }
    std::printf("%s: %d made, %d destroyed\n", how, made, destroyed);
    return destroyed - made;
}
int main() {
    const int with = told("with a name", with_a_name);
    const int without = told("without a name", without_a_name);
    return with == 0 && without > 0 ? 0 : 1;
}
END
g++ -std=c++20 -o "$folder/twice" "$folder/twice.cpp"
"$folder/twice" || {
    echo "Each is destroyed once, or the named one is not: the behaviour has changed." >&2
    exit 1
}
echo "As described: what has no name is destroyed once more than it is made."
