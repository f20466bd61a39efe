// SPDX-License-Identifier: MIT
// What a thread of a recorded program runs, and the values that stand in records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#if __has_include(<source_location>)
#include <source_location>
#endif

namespace loopscope::recorder {

// Values of core/trace/kinds.def that records carry.
inline constexpr std::uint32_t start_eager = 1;
inline constexpr std::uint32_t wait_task = 2;
inline constexpr std::uint32_t wait_socket = 15;
inline constexpr std::uint32_t wait_future = 3;
inline constexpr std::uint32_t ending_ok = 0;
inline constexpr std::uint32_t ending_exited = 5;

/// A place in the program's source, as a default argument `Source where = Source::here()` finds that of the caller.
struct Source {
    const char* file = "";
    const char* function = "";
    std::uint32_t line = 0;

#ifdef __cpp_lib_source_location
    static constexpr Source here(std::source_location at = std::source_location::current()) {
        return {at.file_name(), at.function_name(), at.line()};
    }
#else
    static constexpr Source here(const char* file = __builtin_FILE(), const char* function = __builtin_FUNCTION(),
                                 std::uint32_t line = __builtin_LINE()) {
        return {file, function, line};
    }
#endif
};

struct Context;  // of variable.hpp

/// What is stepped: a coroutine, or a line of handlers each of which begins the next.
struct Task {
    std::uint32_t number = 0;          ///< 0: it is not recorded
    std::shared_ptr<Context> context;  ///< what its variables are in the storages of tasks; null: nothing was written yet
    bool is_stepped = false;           ///< whether a step is under way; used under the process's lock
    bool is_overtaken = false;         ///< whether what it would wait for is done within its step, on another thread; used so, too
};

/// A task that a thread runs. They stand inside each other where one resumes another within its step.
struct Running {
    Running* outer = nullptr;
    Task* task = nullptr;
    bool is_told = false;  ///< a step of it is under way in the records: what it resumes ends that, for steps do not nest there
};

/// What is known of the calling thread.
struct Here {
    static constexpr std::size_t reads = 4;
    std::uint32_t number = 0;  ///< 0: it has written nothing
    std::uint32_t name = 0;
    std::uint32_t let_through = 0;         ///< handles that the gate has let through, and that have not ended
    Running* running = nullptr;            ///< the innermost
    std::uint32_t texts_read[reads] = {};  ///< the texts that the last reads of the step returned; 0: none
    std::size_t next_read = 0;
};
inline constinit thread_local Here here{};

}  // namespace loopscope::recorder
