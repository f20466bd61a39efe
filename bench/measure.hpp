// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include <sched.h>
#include <unistd.h>

/// Functions that the native benchmarks and peers share. Each of these programs is called `PROGRAM SYSTEM
/// WORKLOAD SECONDS` and prints a line of JSON for each figure. Needs nothing but Linux, so that a peer can
/// be compiled alone.
namespace loopscope::bench {

/// Keeps a value from being optimized away.
template <class T>
void keep(const T& value) {
    asm volatile("" : : "r,m"(value) : "memory");
}

/// Returns the CPU time of this process, in nanoseconds. It does not include other processes.
inline double cpu_time() {
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

/// Returns the CPU time of a call, in nanoseconds.
template <class Function>
double time_of(Function&& function) {
    const double start = cpu_time();
    function();
    return cpu_time() - start;
}

/// Returns the median of the samples, and changes their order. REQUIRES: there is a sample.
inline double median(std::vector<double>& samples) {
    const auto middle = samples.begin() + static_cast<std::ptrdiff_t>(samples.size() / 2);
    std::ranges::nth_element(samples, middle);
    return *middle;
}

/// Returns the resident memory of this process, in bytes.
inline double resident_bytes() {
    long total = 0;
    long resident = 0;
    if (std::FILE* const file = std::fopen("/proc/self/statm", "r")) {
        if (std::fscanf(file, "%ld %ld", &total, &resident) != 2) resident = 0;
        std::fclose(file);
    }
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE));
}

/// Random numbers that are equal in every run and on every system: xorshift64 (Marsaglia 2003).
class Random {
  public:
    std::uint64_t next() {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return state_;
    }
    /// Returns a number from 1 to `limit`.
    std::int64_t up_to(std::int64_t limit) {
        return 1 + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(limit));
    }

  private:
    std::uint64_t state_ = 0x9e3779b97f4a7c15u;
};

/// One call of a benchmark program: a system, a workload and a duration.
class Session {
  public:
    /// Reads the arguments; ends the program with a message if they are not three.
    Session(int argc, char** argv) {
        if (argc != 4) {
            std::fprintf(stderr, "usage: %s SYSTEM WORKLOAD SECONDS\n", argv[0]);
            std::exit(2);
        }
        system_ = argv[1];
        workload_ = argv[2];
        seconds_ = std::atof(argv[3]);
    }

    [[nodiscard]] const std::string& system() const { return system_; }
    [[nodiscard]] bool wants(std::string_view workload) const { return workload == workload_; }
    /// Returns whether anything was reported; an unknown workload reports nothing and is not an error.
    [[nodiscard]] bool reported() const { return reported_; }

    /// Measures a workload for the duration of the session and reports the median. `once` runs it once and
    /// returns the nanoseconds for one item; the first call is for warming up.
    template <class Once>
    void measure(std::string_view name, Once&& once) {
        static_cast<void>(once());
        std::vector<double> samples;
        const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(seconds_);
        do samples.push_back(once());
        while (std::chrono::steady_clock::now() < end);
        report(name, "ns", median(samples), samples.size());
    }

    /// Prints a figure as a line of JSON; `runs` is the number of samples that it is made of.
    void report(std::string_view name, const char* unit, double value, std::size_t runs) {
        reported_ = true;
        std::printf(R"({"system": "%s", "workload": "%.*s", "%s": %.3f, "runs": %zu})"
                    "\n",
                    system_.c_str(), static_cast<int>(name.size()), name.data(), unit, value, runs);
    }

  private:
    std::string system_;
    std::string workload_;
    double seconds_ = 0;
    bool reported_ = false;
};

/// The sizes of the workloads. One item is a switch (W1), a timer (W2), a task (W3), or a hand-over (W4).
inline constexpr int yielding_tasks = 1'000;
inline constexpr int yields_each = 1'000;
inline constexpr int sleeping_tasks = 100'000;
inline constexpr int sleeps_each = 10;
inline constexpr std::int64_t max_sleep = 1'000'000'000;  // ns
inline constexpr int task_batch = 1'000;                  // tasks that are alive at the same time
inline constexpr int task_batches = 1'000;
inline constexpr int hand_overs = 1'000'000;
inline constexpr int accesses = 1'000'000;
inline constexpr int suspended_tasks = 1'000'000;

}  // namespace loopscope::bench
