// SPDX-License-Identifier: MIT
// Measures exploration: `explore_bench traced X SECONDS`. One item is a schedule of `indication`, run from
// its start to its end, with its trace, output and leaks.

#include "bench/measure.hpp"
#include "core/explore/native_runner.hpp"
#include "core/scenario/programs/catalogue.hpp"

int main(int argc, char** argv) {
    using namespace loopscope;
    bench::Session session(argc, argv);
    if (!session.wants("X")) return 0;
    const scenario::Program& program = *scenario::find_program("indication").value();
    const auto arguments = scenario::Arguments::create(scenario::all_parameters(program), {}).value();
    explore::Options options;
    options.freedoms = {true, std::chrono::milliseconds(50), true};
    options.schedules = 500;
    // With a context for each task nothing leaks, so no time goes into the search for the shortest leak.
    const explore::Subject subject{&program, arguments, trace::Storage::contextvar};
    session.measure("X", [&] {
        std::uint32_t schedules = 0;
        return bench::time_of([&] { schedules = explore::explore(subject, options).schedules; }) / schedules;
    });
}
