// SPDX-License-Identifier: MIT
// Own coroutines in a recording of Loopscope's, and all else that a program needs for it but Boost.Asio (asio.hpp): docs/cpp.md.
//
//     struct Job {
//         struct promise { … };                               the promise as it is
//         using promise_type = loopscope::tracked<promise>;   the line that has it recorded
//     };
#pragma once

#include <coroutine>
#include <cstring>
#include <type_traits>
#include <utility>

#include "output.hpp"
#include "steps.hpp"
#include "variable.hpp"

namespace loopscope {
namespace recorder {

/// What is known of a coroutine that is tracked.
struct Coroutine {
    Task task;
    Running running;
    Ended ended;
    bool is_suspended = false;
};

/// The tracked coroutines by the addresses of their frames, for those who wait for one.
class Frames {
  public:
    static void add(void* frame, const Task& task) {
        if (task.number == 0) return;
        const std::lock_guard lock(Process::the().mutex());
        numbers()[frame] = task.number;
    }
    static void remove(void* frame, const Task& task) {
        if (task.number == 0) return;
        const std::lock_guard lock(Process::the().mutex());
        numbers().erase(frame);
    }
    /// Returns the task whose frame's address stands in an object, as a coroutine's handle does; 0: none.
    static std::uint32_t find_in(const void* object, std::size_t size) {
        const std::lock_guard lock(Process::the().mutex());
        for (std::size_t at = 0; at + sizeof(void*) <= size; at += sizeof(void*)) {
            void* word = nullptr;
            std::memcpy(&word, static_cast<const char*>(object) + at, sizeof word);
            const auto found = numbers().find(word);
            if (found != numbers().end()) return found->second;
        }
        return 0;
    }

  private:
    static std::unordered_map<void*, std::uint32_t>& numbers() {
        static auto& numbers = *new std::unordered_map<void*, std::uint32_t>;
        return numbers;
    }
};

/// Returns the qualified name in what std::source_location says of a function: "Server::handle" of
/// "Job Server::handle(int)".
inline std::string name_of_function(std::string_view said) {
    int depth = 0;
    std::size_t begin = 0, end = said.size();
    for (std::size_t at = 0; at < said.size(); ++at) {
        const char each = said[at];
        const bool is_anonymous = each == '(' && said.substr(at).starts_with("(anonymous");
        if (is_anonymous) at = said.find(')', at);
        if (is_anonymous && at == std::string_view::npos) break;
        if (each == '<') ++depth;
        if (each == '>') --depth;
        if (depth == 0 && each == ' ') begin = at + 1;
        if (depth == 0 && each == '(' && !is_anonymous) {
            end = at;
            break;
        }
    }
    std::string name(said.substr(begin, end - begin));
    if (said.find("::<lambda", end) != std::string_view::npos) name += "::<lambda>";
    return name.empty() ? "coroutine" : name;
}

/// Returns what an awaiter is called: its type.
template <class Awaited>
std::string_view name_of_awaited() {
    static const std::string& name = *new std::string(demangled(typeid(Awaited).name()));
    return name;
}

template <class Awaited>
decltype(auto) awaiter_of(Awaited&& awaited) {
    if constexpr (requires { std::forward<Awaited>(awaited).operator co_await(); })
        return std::forward<Awaited>(awaited).operator co_await();
    else if constexpr (requires { operator co_await(std::forward<Awaited>(awaited)); })
        return operator co_await(std::forward<Awaited>(awaited));
    else
        return std::forward<Awaited>(awaited);
}

/// Has an awaiter suspend a coroutine by the handle that it knows: of the program's own promise, where that is what it wants.
template <class Promise, class Awaiter, class Tracked>
auto suspend_by(Awaiter& awaiter, std::coroutine_handle<Tracked> handle) {
    if constexpr (requires(std::coroutine_handle<Promise> own) { awaiter.await_suspend(own); })
        return awaiter.await_suspend(std::coroutine_handle<Promise>::from_address(handle.address()));
    else
        return awaiter.await_suspend(handle);
}

/// Awaits at the end of a coroutine, which has been told.
template <class Awaiter, class Promise>
struct FinalAwaiter {
    Awaiter awaiter;

    bool await_ready() noexcept { return awaiter.await_ready(); }
    template <class Tracked>
    auto await_suspend(std::coroutine_handle<Tracked> handle) noexcept {
        return suspend_by<Promise>(awaiter, handle);
    }
    void await_resume() noexcept { awaiter.await_resume(); }
};

/// Awaits what an expression yields, and tells that the coroutine suspends and resumes. `Source` is a reference to what lives as long as the
/// expression, or a value. It stands where it was made: nothing of it is moved.
template <class Source, class Promise>
struct TrackedAwaiter {
    Source source;
    Coroutine* coroutine;
    Waiting waiting;
    decltype(awaiter_of(std::declval<Source>())) awaiter = awaiter_of(static_cast<Source&&>(source));

    bool await_ready() { return awaiter.await_ready(); }

    /// Tells that the coroutine suspends before the awaiter hears of it, for from then on anybody may resume it.
    template <class Tracked>
    auto await_suspend(std::coroutine_handle<Tracked> handle) {
        coroutine->is_suspended = true;
        Steps::suspend(coroutine->running, waiting);
        return suspend_by<Promise>(awaiter, handle);
    }

    decltype(auto) await_resume() {
        if (std::exchange(coroutine->is_suspended, false)) Steps::resume(coroutine->task, coroutine->running);
        return awaiter.await_resume();
    }
};

}  // namespace recorder

/// A promise whose coroutine is a task in Loopscope's recording: it stands on the program's own promise, which needs no change. The task has
/// the coroutine's name and the lines at which it suspends. One that is awaited is a task of its own, which its caller waits for.
///
/// A coroutine that is destroyed while it is suspended is shown as one that waits to the end.
template <class Promise>
class tracked : public Promise {
  public:
    using Promise::Promise;
    tracked()
        requires std::is_default_constructible_v<Promise>
    = default;
    tracked(const tracked&) = delete;
    tracked& operator=(const tracked&) = delete;
    ~tracked() { recorder::Frames::remove(frame(), coroutine_.task); }

    auto initial_suspend(recorder::Source where = recorder::Source::here()) {
        // std::coroutine_handle<Promise>, as Promise makes it of itself, has the same frame only if both are aligned alike.
        static_assert(alignof(tracked) <= 2 * sizeof(void*), "this promise wants more alignment than a coroutine's frame gives it");
        recorder::Steps::begin(coroutine_.task, coroutine_.running, recorder::name_of_function(where.function));
        recorder::Frames::add(frame(), coroutine_.task);
        return recorder::TrackedAwaiter<decltype(Promise::initial_suspend()), Promise>{
            Promise::initial_suspend(), &coroutine_, {.object = "its start"}};
    }

    auto final_suspend() noexcept {
        recorder::Steps::finish(coroutine_.running, coroutine_.ended);
        return recorder::FinalAwaiter<decltype(Promise::final_suspend()), Promise>{Promise::final_suspend()};
    }

    void unhandled_exception() {
        coroutine_.ended = recorder::ended_by_exception();
        try {
            Promise::unhandled_exception();
        } catch (...) {  // it leaves the coroutine, which is over
            recorder::Steps::finish(coroutine_.running, coroutine_.ended);
            throw;
        }
    }

    template <class Awaited>
    auto await_transform(Awaited&& awaited, recorder::Source where = recorder::Source::here()) {
        recorder::Waiting waiting{.where = where};
        // NOLINTNEXTLINE(clang-analyzer-core.uninitialized.Branch): it does not see that a promise is constructed
        if (coroutine_.running.is_told) {
            using Type = std::remove_cvref_t<Awaited>;
            waiting.object = recorder::name_of_awaited<Type>();
            if constexpr (requires { typename Type::promise_type; }) waiting.task = recorder::Frames::find_in(&awaited, sizeof awaited);
            if (waiting.task != 0) waiting.kind = recorder::wait_task;
        }
        if constexpr (requires(Promise& promise) { promise.await_transform(std::forward<Awaited>(awaited)); })
            return recorder::TrackedAwaiter<decltype(Promise::await_transform(std::forward<Awaited>(awaited))), Promise>{
                Promise::await_transform(std::forward<Awaited>(awaited)), &coroutine_, waiting};
        else
            return recorder::TrackedAwaiter<Awaited&&, Promise>{std::forward<Awaited>(awaited), &coroutine_, waiting};
    }

    template <class Value>
    auto yield_value(Value&& value, recorder::Source where = recorder::Source::here())
        requires requires(Promise& promise) { promise.yield_value(std::forward<Value>(value)); }
    {
        return recorder::TrackedAwaiter<decltype(Promise::yield_value(std::forward<Value>(value))), Promise>{
            Promise::yield_value(std::forward<Value>(value)), &coroutine_, {.object = "whoever takes its value", .where = where}};
    }

  private:
    void* frame() { return std::coroutine_handle<tracked>::from_promise(*this).address(); }

    recorder::Coroutine coroutine_;
};

}  // namespace loopscope
