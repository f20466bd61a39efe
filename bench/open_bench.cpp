// SPDX-License-Identifier: MIT
// Measures how long it takes until a trace is open: `open_bench STEPS TASKS`. Runs tasks that take turns,
// saves their trace, and writes it as Chrome JSON with a slice for each step, as other tools would. Opens
// each file a few times, each time in a process of its own, until everything that the window shows of it is
// known. Prints the best elapsed time, when something of it could be shown, its CPU time, and the maximum
// memory of the process.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/workloads.hpp"
#include "core/feed/opening.hpp"
#include "core/format/saver.hpp"
#include "core/task/sleep.hpp"

namespace {

using namespace loopscope;
namespace fs = std::filesystem;

constexpr int rounds = 5;

struct Figures {
    double seconds = 0;
    double first_seconds = 0;  // until its beginning could be shown, or all of it
    double cpu_seconds = 0;
    double bytes = 0;
    std::uint32_t events = 0;
};

[[noreturn]] void give_up(const std::string& why) {
    fmt::print(stderr, "open_bench: {}\n", why);
    std::exit(1);
}

task::Coro<> yielding(std::uint32_t steps) {
    for (; steps > 1; --steps) co_await task::sleep(0);
}

/// Writes a trace of tasks that take turns until they have made `steps` steps together.
void write_native(const fs::path& path, std::uint32_t steps, std::uint32_t tasks) {
    auto log = std::make_unique<trace::Log>();
    const trace::Log& its_log = *log;
    log->emit(trace::Kind::begin);
    bench::Bench bench([&] { return std::move(log); });
    for (std::uint32_t at = 0; at < tasks; ++at) task::create_task(bench.loop, yielding(steps / tasks));
    bench.run();
    if (const auto saved = format::save(path, its_log, {}); !saved) give_up(saved.error().message);
}

void write_json(const fs::path& path, std::uint32_t steps, std::uint32_t tasks) {
    std::FILE* const out = std::fopen(path.c_str(), "w");
    if (out == nullptr) give_up(fmt::format("cannot write '{}'", path.string()));
    for (std::uint32_t at = 0; at < tasks; ++at)
        fmt::print(out, R"({}{{"name":"thread_name","ph":"M","pid":1,"tid":{},"args":{{"name":"Task-{}"}}}})",
                   at == 0 ? "[" : ",\n", at, at + 1);
    bench::Random random;
    for (std::uint32_t at = 0; at < steps; ++at) {
        const std::int64_t length = random.up_to(9);
        fmt::print(out,
                   ",\n"
                   R"({{"name":"step {}","cat":"task","ph":"X","ts":{}.{:03},"dur":{}.5,"pid":1,"tid":{}}})",
                   random.up_to(50), 10 * at, random.up_to(499), length - 1, random.up_to(tasks) - 1);
    }
    fmt::print(out, "]\n");
    if (std::fclose(out) != 0) give_up("the disk is full");
}

Figures open(const fs::path& path) {
    const auto start = std::chrono::steady_clock::now();
    const double cpu = bench::cpu_time();
    const auto passed = [start] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    feed::Opening opening(path);
    wait_for_beginning(opening);
    const double first = passed();
    if (complete(opening) == Status::failed) give_up(opening.error().message);
    const feed::Opening::Arrival arrived = opening.take();
    const double seconds = passed();
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return {seconds, first, (bench::cpu_time() - cpu) * 1e-9, static_cast<double>(used.ru_maxrss) * 1024,
            arrived.branch->index.size()};
}

/// Opens a file in a process of its own, because memory that was used before is faster than new memory.
Figures open_apart(const fs::path& path) {
    int ends[2];
    if (::pipe(ends) != 0) give_up("there is no pipe to be had");
    const pid_t child = ::fork();
    if (child == 0) {
        const Figures figures = open(path);
        const bool written = ::write(ends[1], &figures, sizeof figures) == sizeof figures;
        ::_exit(written ? 0 : 1);
    }
    ::close(ends[1]);
    Figures figures;
    const bool read = ::read(ends[0], &figures, sizeof figures) == sizeof figures;
    int status = 0;
    ::waitpid(child, &status, 0);
    ::close(ends[0]);
    if (!read || status != 0) give_up(fmt::format("'{}' could not be opened", path.string()));
    return figures;
}

void row(const fs::path& path) {
    Figures best;
    for (int round = 0; round < rounds; ++round) {
        const Figures figures = open_apart(path);
        if (round == 0 || figures.seconds < best.seconds) best = figures;
    }
    fmt::print("| {} | {:.1f} | {:.1f} | {:.2f} | {:.2f} | {:.0f} | {:.2f} |\n", path.filename().string(),
               static_cast<double>(fs::file_size(path)) * 1e-6, best.events * 1e-6, best.seconds,
               best.cpu_seconds, best.bytes * 1e-6, best.first_seconds);
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    const auto steps = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 1'000'000);
    const auto tasks = static_cast<std::uint32_t>(argc > 2 ? std::atoi(argv[2]) : 100);
    if (tasks == 0 || steps < tasks)
        give_up("say how many steps, and how many tasks take them: open_bench 1000000 100");
    const fs::path folder = fs::temp_directory_path() / fmt::format("loopscope-bench-{}", ::getpid());
    fs::create_directory(folder);
    fmt::print(
        "| file | MB | M events | s | CPU s | MB of memory | s to the first picture |\n"
        "|---|---|---|---|---|---|---|\n");
    // The writers run in processes of their own as well, so that the openers do not inherit their memory.
    const auto made = [&](const char* name, void (*write)(const fs::path&, std::uint32_t, std::uint32_t)) {
        fs::path path = folder / fmt::format("{}x{}{}", steps, tasks, name);
        std::fflush(stdout);
        if (const pid_t child = ::fork(); child == 0) {
            write(path, steps, tasks);
            ::_exit(0);
        } else {
            ::waitpid(child, nullptr, 0);
        }
        row(path);
    };
    made(".loopscope", write_native);
    made(".json", write_json);
    fs::remove_all(folder);
    return 0;
}
