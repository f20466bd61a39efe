#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/trace/storage.hpp"

namespace loopscope::conformance {

struct Operation;
using Body = std::vector<Operation>;

/// A coroutine, and the name of a task that is made of it.
using Start = std::pair<std::string, std::string>;

/// One operation with its arguments. Which of them it has is up to its kind.
struct Operation {
    enum class Kind : std::uint8_t {
        print,
        show,
        set,
        sleep,
        spawn,
        cancel,
        await,
        gather,
        wait_for,
        shield,
        timeout,
        try_,
        raise,
        loop,
        lock,
        semaphore,
        event_wait,
        event_set,
        event_clear,
        put,
        get,
        task_group,
        call_soon,
        call_later,
        // The wide vocabulary.
        wait,
        as_completed,
        barrier,
        barrier_abort,
        barrier_reset,
        bounded,
        bounded_release,
        put_least,
        get_least,
        put_last,
        get_last,
        cancel_with,
        rename,
        spawn_unnamed,
        all_tasks,
        lock_acquire,
        lock_release,
        semaphore_release,
        keep_context,
        copy_context,
        spawn_in,
        set_in,
        show_in,
        look_in,
        token_set,
        token_reset,
        callback_add,
        callback_remove,
        generator,
        generator_next,
        generator_send,
        generator_throw,
        generator_close,
        generator_drop,
        results,
        uncancel,
        reschedule,
        condition,
        condition_wait,
        condition_notify,
        shutdown,
        to_thread,
        in_executor,
        job_await,
        job_wait_for,
        job_gather,
        job_cancel,
        executor_shutdown,
        shutdown_default_executor,
        block,
        call_threadsafe,
    };

    Kind kind = Kind::print;
    std::vector<std::string> words;
    std::int64_t number = 0;  ///< ticks, or how often
    std::int64_t other_number = 0;
    bool flag = false;
    std::vector<Start> children;
    std::vector<Body> bodies;

    [[nodiscard]] const std::string& name() const { return words[0]; }
    [[nodiscard]] Duration ticks() const { return Duration(number); }
};
inline constexpr int kind_count = static_cast<int>(Operation::Kind::call_threadsafe) + 1;

/// A conformance program: its form is shared by two interpreters, this one and reference.py.
struct Program {
    Duration step_cost{0};
    trace::Storage storage = trace::Storage::global;
    std::string initial;  ///< what a read gives before any write
    std::int64_t permits = 1;
    std::int64_t queue_size = 0;
    std::int64_t parties = 2;  ///< of every barrier
    bool eager = false;        ///< whether tasks start inside create_task
    bool closes = false;       ///< whether it ends as asyncio.run does
    std::vector<Start> roots;
    std::map<std::string, Body> coroutines;
};

/// Reads a program from a JSON file. The error says what is wrong where.
Result<Program> read_program(const std::string& path);

}  // namespace loopscope::conformance
