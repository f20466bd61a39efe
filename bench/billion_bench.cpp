// SPDX-License-Identifier: MIT
// Measures a long trace from its recording to what is asked of it: `billion_bench EVENTS TASKS`. Tasks that
// sleep, wait for each other, set a variable and print it are recorded into a file, in a process of its own;
// another one opens the file, and then seeks, steps, explains, searches and counts at places all over it.
// Prints a Markdown row for each, with what the processes took of memory.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/session/pursuit.hpp"
#include "app/session/search.hpp"
#include "bench/crowd.hpp"
#include "bench/measure.hpp"
#include "core/explain/statistics.hpp"
#include "core/explain/why.hpp"
#include "core/feed/opening.hpp"
#include "core/format/recorder.hpp"

namespace {

using namespace loopscope;
namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

/// At how many places of the trace something is asked.
constexpr int places = 300;
/// How long a job may work in a frame.
constexpr std::chrono::milliseconds in_a_frame(8);

[[noreturn]] void give_up(const std::string& why) {
    fmt::print(stderr, "billion_bench: {}\n", why);
    std::exit(1);
}

double milliseconds_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

double peak_megabytes() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    return static_cast<double>(used.ru_maxrss) * 1024e-6;
}

void row(std::string_view what, const std::string& figure) {
    fmt::print("| {} | {} |\n", what, figure);
    std::fflush(stdout);
}

void record(const fs::path& path, std::uint32_t events, int tasks) {
    const auto start = Clock::now();
    format::Info info;
    info.program = "crowd";
    auto recorder = format::Recorder::create(path, info);
    if (!recorder) give_up(recorder.error().message);
    trace::Log log;
    bench::run_crowd(log, events, tasks, [&] {
        if (const auto written = recorder->record(log); !written) give_up(written.error().message);
        log.pack(log.end_index());
    });
    const double ran = milliseconds_since(start);
    if (const auto written = recorder->finish(log, info); !written) give_up(written.error().message);
    row("recorded", fmt::format("{:.1f} s, and {:.1f} s to close the file", ran * 1e-3,
                                (milliseconds_since(start) - ran) * 1e-3));
    row("memory at most, recording", fmt::format("{:.0f} MB", peak_megabytes()));
    row("on the disk",
        fmt::format("{:.2f} bytes an event", static_cast<double>(fs::file_size(path)) / log.size()));
}

/// Does something at many places of a trace, and prints how much time of the processor it took.
void at_places(std::string_view what, session::Session& session, const std::function<void(EventIndex)>& act) {
    bench::Random random;
    std::vector<double> times;
    for (int each = 0; each < places; ++each) {
        const EventIndex place{static_cast<std::uint32_t>(random.up_to(session.head().value))};
        times.push_back(bench::time_of([&] { act(place); }) * 1e-6);
    }
    std::ranges::sort(times);
    row(what, fmt::format("p50 {:.2f} ms, p99 {:.2f} ms, most {:.2f} ms", times[places / 2],
                          times[places * 99 / 100], times.back()));
}

/// Polls a job to its end, and prints how long it took in all, and its longest poll: what a frame waits for.
template <class Poll>
void to_the_end(std::string_view what, const Poll& poll) {
    double longest = 0;
    const auto start = Clock::now();
    for (bool over = false; !over;) {
        const auto begin = Clock::now();
        over = is_over(poll());
        longest = std::max(longest, milliseconds_since(begin));
    }
    row(what, fmt::format("{:.2f} s, at most {:.1f} ms of it in a frame", milliseconds_since(start) * 1e-3,
                          longest));
}

void ask(const fs::path& path) {
    const auto start = Clock::now();
    feed::Opening opening(path);
    if (const auto beginning = wait_for_beginning(opening))
        row("first events, to be shown",
            fmt::format("{} after {:.2f} s, {:.0f} MB at most", beginning->index.size(),
                        milliseconds_since(start) * 1e-3, peak_megabytes()));
    if (complete(opening) == Status::failed) give_up(opening.error().message);
    const auto arrived = opening.take();
    row("opened", fmt::format("{:.1f} s", milliseconds_since(start) * 1e-3));
    row("memory at most, opening", fmt::format("{:.0f} MB", peak_megabytes()));
    session::Session session(arrived.branch);
    const double events = session.log().size();
    row("events, packed", fmt::format("{:.2f} bytes each, in memory or its file",
                                      static_cast<double>(session.log().bytes()) / events));
    row("the process", fmt::format("{:.2f} bytes an event", bench::resident_bytes() / events));
    at_places("seek", session, [&](EventIndex place) {
        session.seek(place);
        bench::keep(session.state().iteration());
    });
    at_places("seek, one handle forward and back", session, [&](EventIndex place) {
        session.seek(place);
        for (const auto way : {session::Direction::forward, session::Direction::back}) {
            session::Pursuit step(session, {.what = session::Pursuit::What::handle, .direction = way});
            while (!is_over(step.poll(session, in_a_frame))) continue;
        }
        bench::keep(session.state().iteration());
    });
    at_places("seek and WHY", session, [&](EventIndex place) {
        session.seek(place);
        bench::keep(explain::why(session.facts()).text().size());
    });
    session.go_to_start();
    session::Search search(session, "there is no such text", session::Direction::forward);
    to_the_end("search for what there is not", [&] { return search.poll(session, in_a_frame); });
    explain::RangeStatistics statistics(session.index(), session.first_event(), session.head(), 100);
    to_the_end("statistics of all of it",
               [&] { return statistics.poll(session.log(), session.index(), in_a_frame); });
    row("memory at most, all of it", fmt::format("{:.0f} MB", peak_megabytes()));
}

/// Runs something in a process of its own, so that its memory is its own.
void apart(const std::function<void()>& act) {
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child == 0) {
        act();
        std::fflush(stdout);
        ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    if (status != 0) give_up("it did not come to its end");
}

}  // namespace

int main(int argc, char** argv) {
    const double events = argc > 1 ? std::atof(argv[1]) : 1e9;
    const int tasks = argc > 2 ? std::atoi(argv[2]) : 1000;
    if (events < 1000 || events > trace::max_events || tasks < 2)
        give_up(fmt::format("say how many events, up to {}, and of how many tasks: billion_bench 1e9 1000",
                            trace::max_events));
    const fs::path folder = fs::temp_directory_path() / fmt::format("loopscope-bench-{}", ::getpid());
    fs::create_directory(folder);
    const fs::path path = folder / "crowd.loopscope";
    fmt::print("| {} million events of {} tasks | |\n|---|---|\n", events * 1e-6, tasks);
    apart([&] { record(path, static_cast<std::uint32_t>(events), tasks); });
    apart([&] { ask(path); });
    fs::remove_all(folder);
    return 0;
}
