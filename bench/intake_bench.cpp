// SPDX-License-Identifier: MIT
// Measures how fast the records of a recorder become a .loopscope file: `intake_bench HANDLES`. For each kind
// of program it writes a spool of so many handles, and follows it as `loopscope record` does. Prints handles
// a second of CPU time, and the bytes of an event in the file.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "bench/measure.hpp"
#include "core/feed/recording.hpp"
#include "tests/support/spool_builder.hpp"

namespace {

using namespace loopscope;
namespace fs = std::filesystem;

constexpr std::uint32_t tasks = 200;
constexpr Duration handle_time{900};
constexpr std::uint64_t first_handle = 0x7f00'0000'1000;

/// Returns the address that a task's timer seems to have.
constexpr std::uint64_t handle_of(std::uint32_t task) {
    return first_handle + std::uint64_t{task} * 64;
}

[[noreturn]] void give_up(const std::string& why) {
    fmt::print(stderr, "intake_bench: {}\n", why);
    std::exit(1);
}

SpoolBuilder begun() {
    SpoolBuilder spool;
    spool.thread(1, "MainThread");
    spool.file(1, "/home/user/app.py");
    spool.loop(1);
    for (std::uint32_t task = 1; task <= tasks; ++task) spool.task(task, "work", 10);
    return spool;
}

/// 200 tasks that do nothing but `await asyncio.sleep(0)`.
SpoolBuilder yields(std::uint32_t handles) {
    SpoolBuilder spool = begun();
    for (std::uint32_t handle = 0; handle < handles; ++handle) {
        spool.at(handle_time * handle);
        if (handle % tasks == 0) spool.iteration(tasks);
        spool.step(1 + handle % tasks);
        spool.ran(1 + handle % tasks, SPOOL_RAN_YIELDS, 12);
    }
    return spool;
}

/// 200 tasks that read and write a variable, sleep, and are woken by their timers.
SpoolBuilder sleeps(std::uint32_t handles) {
    SpoolBuilder spool = begun();
    spool.add(SPOOL_VARIABLE, 1, spool.text("user"), static_cast<std::uint32_t>(trace::Storage::contextvar));
    for (std::uint32_t turn = 0; turn < handles / tasks / 2; ++turn) {
        spool.iteration(tasks);
        for (std::uint32_t task = 1; task <= tasks; ++task) {
            spool.at(handle_time * (std::uint64_t{turn} * 2 * tasks + task));
            spool.step(task);
            spool.add(SPOOL_SET, 1, spool.text(fmt::format("user {}", task)), 11);
            spool.add(SPOOL_GET, 1, turn * tasks + task, 12);
            spool.timer(handle_of(task), handle_time * (turn * 2 + 1) * tasks, trace::Callback::sleep);
            spool.wait(trace::Wait::sleep, handle_of(task));
            spool.ran(task, SPOOL_RAN_WAITS, 13);
        }
        for (std::uint32_t task = 1; task <= tasks; ++task) spool.handle(SPOOL_DUE, 0, handle_of(task));
        spool.iteration(tasks);
        for (std::uint32_t task = 1; task <= tasks; ++task) {
            spool.at(handle_time * ((std::uint64_t{turn} * 2 + 1) * tasks + task));
            spool.call(handle_of(task));
            spool.handle(SPOOL_WAKE, task, handle_of(task) + 32);
            spool.ran(0, SPOOL_RAN_RESULT);
        }
    }
    return spool;
}

void write(const fs::path& path, const std::vector<Spool_record>& records) {
    Spool_head head{};
    std::memcpy(head.magic, SPOOL_MAGIC, sizeof head.magic);
    head.published = records.size();
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(&head), sizeof head);
    file.write(reinterpret_cast<const char*>(records.data()),
               static_cast<std::streamsize>(records.size() * sizeof(Spool_record)));
    if (!file) give_up("cannot write " + path.string());
}

void measure(const char* name, const SpoolBuilder& spool, std::uint32_t handles, const fs::path& folder) {
    const fs::path path = folder / "records.spool";
    const fs::path target = folder / "trace.loopscope";
    write(path, spool.records());
    std::uint32_t events = 0;
    const double following = bench::time_of([&] {
        const auto recording = feed::Recording::create(target, {"app.py", {}, "bench"});
        if (!recording) give_up(recording.error().message);
        for (;;) {
            const auto grew = (*recording)->follow(path);
            if (!grew) give_up(grew.error().message);
            if (!*grew) break;
        }
        events = (*recording)->log().size();
    });
    const double all = bench::time_of([&] {
        const auto recording = feed::Recording::create(target, {"app.py", {}, "bench"});
        write(path, spool.records());  // what was read is gone
        while (recording && (*recording)->follow(path).value_or(false)) continue;
        if (!recording || !(*recording)->finish({})) give_up("cannot write " + target.string());
    });
    fmt::print(
        "{:8} {:5.2f} million handles/s while it runs, {:5.2f} with the end; {:4.2f} bytes an event in the "
        "file; "
        "{} bytes of records a handle\n",
        name, handles / following * 1e3, handles / all * 1e3,
        static_cast<double>(fs::file_size(target)) / events,
        spool.records().size() * sizeof(Spool_record) / handles);
}

}  // namespace

int main(int count, char** arguments) {
    const auto handles = static_cast<std::uint32_t>(count > 1 ? std::atoi(arguments[1]) : 2'000'000);
    if (handles < 2 * tasks) give_up("it takes a number of handles, 400 at least");
    std::string name = fs::temp_directory_path() / "intake_bench-XXXXXX";
    const fs::path folder = ::mkdtemp(name.data());
    measure("yields", yields(handles), handles, folder);
    measure("sleeps", sleeps(handles), handles, folder);
    fs::remove_all(folder);
    return 0;
}
