// SPDX-License-Identifier: MIT
// The recording of a C++ program: one spool for the process, and what its threads run. track.hpp, variable.hpp and asio.hpp stand on this.
//
// A program that was not started by Loopscope records nothing: the environment names no folder for a spool.
#pragma once

#include <pthread.h>
#include <sys/prctl.h>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "spool_gate.h"

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

/// Lets a table of strings be searched by views.
struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
};
using Numbers = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

/// What is stepped: a coroutine, or a line of handlers each of which begins the next.
struct Task {
    std::uint32_t number = 0;                 ///< 0: it is not recorded
    std::shared_ptr<Context> context;         ///< what its variables are in the storages of tasks; null: nothing was written yet
    bool is_stepped = false;                  ///< whether a step is under way; used under the process's lock
    bool is_overtaken = false;                ///< whether what it would wait for is done within its step, on another thread; used so, too
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
    std::uint32_t let_through = 0;            ///< handles that the gate has let through, and that have not ended
    Running* running = nullptr;               ///< the innermost
    std::uint32_t texts_read[reads] = {};     ///< the texts that the last reads of the step returned; 0: none
    std::size_t next_read = 0;
};
inline constinit thread_local Here here{};

/// The recording of this process. It is made before `main`, and outlives everything.
class Process {
  public:
    static Process& the() {
        static Process& process = *new Process;
        return process;
    }

    /// Returns whether records are written.
    [[nodiscard]] bool records() const { return records_.load(std::memory_order_relaxed); }

    /// Holds the lock under which records are written, one after the other with one time.
    class Writing {
      public:
        explicit Writing(Process& process)
            : process_(process), lock_(process.mutex_), time_(process.records() ? process.time() : 0) {
            if (process.records() && here.number == 0) process.number_thread();
        }
        void record(unsigned kind, std::uint32_t subject = 0, std::uint32_t a = 0, std::uint32_t b = 0) {
            Spool& spool = process_.spool_;
            if (spool.writes) spool_write(&spool, kind, time_, here.number, here.name, subject, a, b);
            if (!spool.writes) process_.records_ = false;
        }
        /// Returns the number of a text; 0 where nothing is written.
        std::uint32_t text(std::string_view text) { return process_.number_of_text(text); }
        /// Returns a place's line for a record, having said which file it is in.
        std::uint32_t line(const Source& where);
        /// Returns the number of an object by which its waiters name it, having said what it is called.
        std::uint32_t object(std::string_view name);
        Process& process() { return process_; }

      private:
        Process& process_;
        std::lock_guard<std::mutex> lock_;
        std::uint64_t time_;
    };

    [[nodiscard]] Spool_head* head() { return spool_.head; }
    [[nodiscard]] std::uint32_t next_task() { return ++tasks_; }
    [[nodiscard]] std::uint32_t next_variable() { return ++variables_; }
    [[nodiscard]] std::uint32_t next_connection() { return ++connections_; }
    [[nodiscard]] std::uint32_t next_write() { return ++writes_; }
    [[nodiscard]] std::mutex& mutex() { return mutex_; }

    /// Lets the calling thread run a handle, or has it stand until it may. Every handle that was let through is ended by leave_handle.
    /// REQUIRES: the thread does not hold the lock.
    void pass_gate() {
        if (!records() || __atomic_load_n(&spool_.head->gate, __ATOMIC_RELAXED) == 0) return;
        if (is_open_for_good()) return spool_open_gate(spool_.head);
        spool_watch_signals(open_gate_for_good);
        if (!spool_take_permit(spool_.head)) stand();
        const std::lock_guard lock(gate_);
        if (here.let_through++ == 0) ++stepping_;
        say_whether_paused();
    }
    void leave_handle() {
        if (here.let_through == 0) return;
        const std::lock_guard lock(gate_);
        if (--here.let_through == 0) --stepping_;
        say_whether_paused();
    }

  private:
    Process() {
        const char* const folder = std::getenv("LOOPSCOPE_SPOOL");
        if (folder != nullptr) open(folder);
    }

    void open(const std::string& folder) {
        const auto number = [](const char* name) {
            const char* const text = std::getenv(name);
            return text != nullptr ? std::strtoull(text, nullptr, 10) : 0;
        };
        const std::string path = folder + "/" + std::to_string(getpid()) + ".spool";
        const bool is_live = number("LOOPSCOPE_LIVE") != 0;
        const std::uint32_t flags = SPOOL_LINES | SPOOL_ANY_THREAD | (is_live ? SPOOL_LIVE | SPOOL_PAUSED : 0);
        const auto limit = number("LOOPSCOPE_LIMIT");
        // What it starts is recorded only where that is asked for, and never stands before a gate.
        if (number("LOOPSCOPE_CHILDREN") == 0) unsetenv("LOOPSCOPE_SPOOL");
        unsetenv("LOOPSCOPE_LIVE");
        began_ = clock();
        if (!spool_open(&spool_, path.c_str(), about().c_str(), flags, limit)) return;
        records_ = true;
        pthread_atfork([] { the().mutex_.lock(); }, [] { the().mutex_.unlock(); }, leave_to_parent);
#ifdef __GLIBC__
        on_exit([](int code, void*) { the().end(code); }, nullptr);
#else
        std::atexit([] { the().end(0); });
#endif
        if (is_live) spool_watch_signals(open_gate_for_good);
    }

    /// Returns the lines of the head page: what it is, executable, folder.
    static std::string about() {
        char path[PATH_MAX] = "", folder[PATH_MAX] = "";
        const ssize_t size = readlink("/proc/self/exe", path, sizeof path - 1);
        if (size > 0) path[size] = '\0';
        if (getcwd(folder, sizeof folder) == nullptr) folder[0] = '\0';
#ifdef __clang__
        const std::string compiler = "Clang " + std::to_string(__clang_major__);
#else
        const std::string compiler = "GCC " + std::to_string(__GNUC__);
#endif
        return "C++, " + compiler + "\n" + path + "\n" + folder + "\n";
    }

    static std::uint64_t clock() {
        timespec now{};
        clock_gettime(CLOCK_MONOTONIC, &now);
        return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(now.tv_nsec);
    }

    /// Returns the time of records: it stands while the program is paused.
    [[nodiscard]] std::uint64_t time() const {
        const std::uint64_t since = stands_since_.load(std::memory_order_relaxed);
        return (since != 0 ? since : clock()) - stood_.load(std::memory_order_relaxed) - began_;
    }

    std::uint32_t number_of_text(std::string_view text) {
        if (!spool_.writes) return 0;
        const auto known = texts_.find(text);
        if (known != texts_.end()) return known->second;
        constexpr std::size_t most = std::size_t{1} << 16;
        if (texts_.size() >= most) texts_.clear();
        const std::uint32_t number = spool_text(&spool_, text.data(), text.size());
        if (number != 0) texts_.emplace(text, number);
        return number;
    }

    void number_thread() {
        char name[16] = "";
        prctl(PR_GET_NAME, name);
        const std::string_view said = gettid() == getpid() ? std::string_view("main") : std::string_view(name);
        here.number = ++threads_;
        here.name = number_of_text(said);
    }

    void end(int code) {
        Writing writing(*this);
        writing.record(SPOOL_EXIT, static_cast<std::uint32_t>(code), 0, code == 0 ? ending_ok : ending_exited);
        records_ = false;
        spool_.writes = false;
        if (spool_.head != nullptr) spool_open_gate(spool_.head);
    }

    // --- The gate ---

    static std::atomic<bool>& open_for_good() {
        static std::atomic<bool> is_open{false};
        return is_open;
    }
    static bool is_open_for_good() { return open_for_good().load(std::memory_order_relaxed); }
    /// Called by a handler of a signal.
    static void open_gate_for_good() {
        Spool_head* const head = the().spool_.head;
        if (head == nullptr || __atomic_load_n(&head->gate, __ATOMIC_RELAXED) == 0) return;
        const int error = errno;
        open_for_good() = true;
        spool_open_gate(head);
        errno = error;
    }

    /// The program is paused while threads stand and none runs a handle. REQUIRES: the gate's lock is held.
    void say_whether_paused() {
        const bool is_paused = standing_ != 0 && stepping_ == 0;
        const std::uint64_t since = stands_since_;
        if (is_paused && since == 0) stands_since_ = clock();
        if (!is_paused && since != 0) {
            stood_ += clock() - since;
            stands_since_ = 0;
        }
        if (spool_.head != nullptr) spool_say_paused(spool_.head, is_paused ? 1 : 0);
    }

    void stand() {
        const auto count = [this](int by) {
            const std::lock_guard lock(gate_);
            if (here.let_through != 0) stepping_ -= static_cast<std::uint32_t>(by);
            standing_ += static_cast<std::uint32_t>(by);
            if (by > 0) say_whether_paused();
        };
        count(1);
        constexpr int waits_a_look = 5;
        for (int waits = 1; spool_gate_is_closed(&spool_) && !spool_take_permit(spool_.head); ++waits) {
            spool_wait_for_permit(spool_.head);
            if (waits % waits_a_look == 0 && spool_is_unread(&spool_)) open_gate_for_good();
        }
        count(-1);
    }

    /// The spool is the parent's alone: a forked child records nothing.
    static void leave_to_parent() {
        Process& process = the();
        process.records_ = false;
        here.let_through = 0;
        process.stepping_ = process.standing_ = 0;
        if (process.spool_.head != nullptr) spool_leave(&process.spool_);
        process.mutex_.unlock();
    }

    std::mutex mutex_;  // of the spool, the numbers, and all variables
    Spool spool_{};
    std::atomic<bool> records_{false};
    std::uint64_t began_ = 0;
    Numbers texts_, files_, objects_;
    const char* file_said_ = nullptr;
    std::uint32_t tasks_ = 0, threads_ = 0, variables_ = 0, writes_ = 0, connections_ = 0;

    std::mutex gate_;
    std::uint32_t standing_ = 0;  // threads that stand before a handle
    std::uint32_t stepping_ = 0;  // threads that run one that was let through, and stand before none inside of it
    std::atomic<std::uint64_t> stood_{0}, stands_since_{0};  // ns; 0: the clock runs
};

inline std::uint32_t Process::Writing::line(const Source& where) {
    if (!process_.records() || where.line == 0) return 0;
    if (where.file != process_.file_said_) {
        process_.file_said_ = where.file;
        const std::uint32_t path = text(where.file);
        const auto [known, is_new] = process_.files_.try_emplace(where.file, static_cast<std::uint32_t>(process_.files_.size()) + 1);
        record(SPOOL_FILE, known->second, is_new ? path : 0);
    }
    return where.line;
}

inline std::uint32_t Process::Writing::object(std::string_view name) {
    const auto [known, is_new] = process_.objects_.try_emplace(std::string(name), static_cast<std::uint32_t>(process_.objects_.size()) + 1);
    if (is_new) record(SPOOL_OBJECT_NAME, known->second, text(name));
    return known->second;
}

/// Begins the recording before `main`, so that a program which records nothing of its own is known to be recorded.
inline const bool is_recorded = Process::the().records();

}  // namespace loopscope::recorder
