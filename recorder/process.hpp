// SPDX-License-Identifier: MIT
// The recording of a C++ program: one spool for the process, and what its threads run. track.hpp, variable.hpp and asio.hpp stand on this.
//
// A program that was not started by Loopscope records nothing: the environment names no folder for a spool.
#pragma once

#include <pthread.h>
#include <sys/prctl.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "gate.hpp"
#include "here.hpp"

namespace loopscope::recorder {

/// Lets a table of strings be searched by views.
struct TextHash : std::hash<std::string_view> {
    using is_transparent = void;
};
using Numbers = std::unordered_map<std::string, std::uint32_t, TextHash, std::equal_to<>>;

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
            : process_(process), lock_(process.mutex_), time_(process.records() ? process.gate_.clock() - process.began_ : 0) {
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

    [[nodiscard]] Gate& gate() { return gate_; }

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
        began_ = gate_.clock();
        if (!spool_open(&spool_, path.c_str(), about().c_str(), flags, limit)) return;
        records_ = true;
        pthread_atfork([] { the().mutex_.lock(); }, [] { the().mutex_.unlock(); }, leave_to_parent);
#ifdef __GLIBC__
        on_exit([](int code, void*) { the().end(code); }, nullptr);
#else
        std::atexit([] { the().end(0); });
#endif
        if (is_live) gate_.watch_signals();
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

    std::uint32_t number_of_text(std::string_view text) {
        if (!spool_.writes) return 0;
        const auto known = texts_.find(text);
        if (known != texts_.end()) return known->second;
        constexpr std::size_t most = std::size_t{1} << 16, longest_kept = 256, longest = std::size_t{1} << 20;
        const std::uint32_t number = spool_text(&spool_, text.data(), std::min(text.size(), longest));
        if (texts_.size() >= most) texts_.clear();
        if (number != 0 && text.size() <= longest_kept) texts_.emplace(text, number);
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

    /// The spool is the parent's alone: a forked child records nothing.
    static void leave_to_parent() {
        Process& process = the();
        process.records_ = false;
        process.gate_.forget();
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

    Gate gate_{spool_};
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
