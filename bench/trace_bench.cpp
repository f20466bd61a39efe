// SPDX-License-Identifier: MIT
// Measures files of traces: the speed of saving and loading, their size, and the speed of reading a Chrome
// trace. `trace_bench [EVENTS]` prints a table in Markdown with the best of three rounds, in CPU time of the
// process. `trace_bench seek [EVENTS]` measures seeks in a trace with 10,000 tasks; `trace_bench export
// [EVENTS]` shows whether exports take linear time.

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <functional>

#include <fmt/format.h>

#include "bench/crowd.hpp"
#include "core/exchange/chrome_export.hpp"
#include "core/exchange/perfetto_export.hpp"
#include "core/exchange/read_trace.hpp"
#include "core/exchange/text_export.hpp"
#include "core/format/reader.hpp"
#include "core/format/saver.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "core/scenario/run.hpp"
#include "core/trace/index.hpp"
#include "core/trace/keyframes.hpp"
#include "core/trace/transitions.hpp"

namespace {

using namespace loopscope;
namespace fs = std::filesystem;

constexpr int rounds = 3;
constexpr std::uint32_t as_it_is = ~0U;

// The writers, with nothing but a log.
Result<void> write_text(const fs::path& path, const trace::Log& log) {
    return exchange::write_text(path, log);
}
Result<void> write_csv(const fs::path& path, const trace::Log& log) {
    return exchange::write_csv(path, log);
}

double cpu_seconds() {
    std::timespec now{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

/// Returns the minimum time that one of a few rounds took.
double best(const std::function<void()>& work) {
    double minimum = 1e9;
    for (int round = 0; round < rounds; ++round) {
        const double start = cpu_seconds();
        work();
        minimum = std::min(minimum, cpu_seconds() - start);
    }
    return minimum;
}

void require(bool done, const char* what) {
    if (done) return;
    fmt::print(stderr, "trace_bench: {} failed\n", what);
    std::exit(1);
}

/// Runs a program, for long enough to write `events` events if its parameters allow that.
trace::Log& run(trace::Log& log, const scenario::Program& program, std::uint32_t events) {
    std::vector<scenario::Setting> settings;
    for (const scenario::Parameter& each : program.parameters) {
        if (events != as_it_is && each.name == "duration")
            settings = {{"duration", "3600"}, {"interval", "0.001"}};
    }
    const auto arguments = scenario::Arguments::create(scenario::all_parameters(program), settings).value();
    scenario::Run run(program, arguments, trace::Storage::contextvar, log);
    while (log.size() < events && run.advance()) continue;
    return log;
}

void file_row(const scenario::Program& program, std::uint32_t events, const fs::path& folder) {
    trace::Log log;
    run(log, program, events);
    const fs::path path = folder / "t.loopscope";
    const double save = best([&] { require(format::save(path, log, {}).has_value(), "saving"); });
    const double load = best([&] { require(format::load(path).has_value(), "loading"); });
    const double check = best([&] { require(trace::check(log).has_value(), "checking"); });
    const auto size = static_cast<double>(fs::file_size(path));
    const double count = log.size();
    fmt::print("| {} | {} | {:.2f} | {:.1f} | {:.1f} | {:.1f} |\n", program.name, log.size(), size / count,
               count / save * 1e-6, count / load * 1e-6, count / check * 1e-6);
}

void exchange_rows(std::uint32_t events, const fs::path& folder) {
    trace::Log log;
    run(log, *scenario::catalogue().front(), events);
    struct Format {
        const char* name;
        Result<void> (*write)(const fs::path&, const trace::Log&);
    };
    for (const Format& each :
         {Format{"json",
                 [](const fs::path&to, const trace::Log&all) { return exchange::write_chrome(to, all); }},
          Format{"pftrace",
                 [](const fs::path&to, const trace::Log&all) { return exchange::write_perfetto(to, all); }},
          Format{"txt", write_text}, Format{"csv", write_csv}}) {
        const fs::path path = folder / fmt::format("t.{}", each.name);
        const double seconds = best([&] { require(each.write(path, log).has_value(), "writing"); });
        const auto size = static_cast<double>(fs::file_size(path)) * 1e-6;
        fmt::print("| write .{} | {:.0f} | {:.0f} |\n", each.name, size, size / seconds);
    }
    const fs::path path = folder / "t.json";
    std::uint64_t records = 0;
    const double seconds = best([&] {
        const auto imported = exchange::read_trace(path);
        require(imported.has_value(), "importing");
        records = imported->records;
    });
    const auto size = static_cast<double>(fs::file_size(path)) * 1e-6;
    fmt::print("| read .json, {} records | {:.0f} | {:.0f} |\n", records, size, size / seconds);
}

/// Measures how long single seeks take, in CPU time of the process, so that other processes do not count.
class SeekTimes {
  public:
    SeekTimes(const trace::Log& log, trace::Keyframes& keyframes) : log_(log), keyframes_(keyframes) {}

    void seek(std::uint32_t count) {
        const double start = cpu_seconds();
        (void)keyframes_.seek(log_, count);
        milliseconds_.push_back(1e3 * (cpu_seconds() - start));
    }
    void row(std::string_view name) {
        std::ranges::sort(milliseconds_);
        const auto at = [&](double share) {
            return milliseconds_[static_cast<std::size_t>(share *
                                                          static_cast<double>(milliseconds_.size() - 1))];
        };
        fmt::print("| {}, {} seeks | {:.2f} | {:.2f} | {:.2f} |\n", name, milliseconds_.size(), at(0.5),
                   at(0.99), at(1));
        milliseconds_.clear();
    }

  private:
    const trace::Log& log_;
    trace::Keyframes& keyframes_;
    std::vector<double> milliseconds_;
};

void seek_rows(std::uint32_t events) {
    trace::Log log;
    bench::run_crowd(log, events);
    trace::Keyframes keyframes;
    const double build = cpu_seconds();
    (void)keyframes.seek(log, log.size());
    const double built = cpu_seconds() - build;
    fmt::print(
        "\n{} events, {} tasks; keyframes made in {:.2f} s, {:.1f} % of the log's memory\n\n"
        "| seek, ms | median | p99 | most |\n|---|---|---|---|\n",
        log.size(), bench::crowd_tasks, built,
        100.0 * static_cast<double>(keyframes.bytes()) / (16.0 * static_cast<double>(log.size())));
    SeekTimes times(log, keyframes);
    std::uint64_t random = 1;
    for (int count = 0; count < 1000; ++count) {
        random = random * 6364136223846793005U + 1442695040888963407U;
        times.seek(static_cast<std::uint32_t>((random >> 33) % log.size()));
    }
    times.row("anywhere");
    // Seeks to just before each keyframe, from after it: the longest way from the keyframe before.
    const auto indices = keyframes.indices();
    for (std::size_t at = indices.size(); at-- > 0;) times.seek(indices[at] - 1);
    times.row("back, to the end of each stretch");
    for (const std::uint32_t index : indices) {
        times.seek(index - 1);
        times.seek(0);
    }
    times.row("the same, and the start");
    (void)keyframes.seek(log, log.size());
    for (std::uint32_t back = 1; back <= 200; ++back) times.seek(log.size() - back);
    times.row("event by event back");
}

/// Exports a trace and one that is ten times as long as text and CSV: equal rates show that the time is
/// linear.
void export_rows(std::uint32_t events, const fs::path& folder) {
    fmt::print("\n| events | .txt, M events/s | .csv |\n|---|---|---|\n");
    for (const std::uint32_t count : {events / 10, events}) {
        trace::Log log;
        bench::run_crowd(log, count);
        const auto rate = [&](const char* name, Result<void> (*write)(const fs::path&, const trace::Log&)) {
            const double start = cpu_seconds();
            require(write(folder / name, log).has_value(), "writing");
            const double seconds = cpu_seconds() - start;
            fs::remove(folder / name);
            return log.size() / seconds * 1e-6;
        };
        fmt::print("| {} | {:.2f} | {:.2f} |\n", log.size(), rate("t.txt", write_text),
                   rate("t.csv", write_csv));
    }
}

}  // namespace

// `seek` and `export` use 10 million events by default.
int main(int argc, char** argv) {
    const std::string_view only = argc > 1 ? argv[1] : "";
    const auto large = static_cast<std::uint32_t>(argc > 2 ? std::atoi(argv[2]) : 10'000'000);
    if (only == "seek") {
        seek_rows(large);
        return 0;
    }
    const auto events = static_cast<std::uint32_t>(argc > 1 ? std::atoi(argv[1]) : 1'000'000);
    const fs::path folder = fs::temp_directory_path() / fmt::format("loopscope-bench-{}", ::time(nullptr));
    fs::create_directory(folder);
    if (only == "export") {
        export_rows(large, folder);
        fs::remove_all(folder);
        return 0;
    }
    fmt::print(
        "| program | events | bytes an event | saves, M events/s | loads | checks "
        "|\n|---|---|---|---|---|---|\n");
    for (const scenario::Program* program : scenario::catalogue()) {
        file_row(*program, as_it_is, folder);
        file_row(*program, events, folder);
    }
    fmt::print("\n| | MB | MB/s |\n|---|---|---|\n");
    exchange_rows(events, folder);
    fs::remove_all(folder);
    return 0;
}
