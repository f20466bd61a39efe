// SPDX-License-Identifier: MIT
// The core as a command for node, which tests compare with the native program:
//
//     loopscope.js events PROGRAM STORAGE    writes every event of a run as a line, as `loopscope run
//     --events` does loopscope.js open FILE                 opens a trace; writes how many events it has, and
//     how many milliseconds that took loopscope.js explore PROGRAM SCHEDULES explores; writes how many
//     outcomes there are, and how many milliseconds that took

#include <chrono>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include <emscripten.h>

#include "core/base/number.hpp"
#include "core/feed/exploration.hpp"
#include "core/feed/opening.hpp"
#include "core/feed/program_feed.hpp"
#include "core/scenario/programs/catalogue.hpp"
#include "core/trace/text.hpp"

namespace {

using namespace loopscope;
using Words = std::vector<std::string>;

int complain(const std::string& sentence) {
    std::fputs((sentence + "\n").c_str(), stderr);
    return 2;
}

double milliseconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

Result<feed::Setup> setup_of(const std::string& program, const std::string& storage) {
    LOOPSCOPE_TRY(found, scenario::find_program(program));
    LOOPSCOPE_TRY(selected, trace::parse_storage(storage));
    LOOPSCOPE_TRY(arguments, scenario::Arguments::create(scenario::all_parameters(*found), {}));
    return feed::Setup{found, std::move(arguments), selected, {}};
}

int events(const Words& words) {
    const auto setup = setup_of(words[1], words[2]);
    if (!setup) return complain(setup.error().message);
    feed::ProgramFeed feed(*setup);
    poll_until_over([&] { return feed.poll({}); });
    std::string text;
    trace::each_event(feed.log(),
                      [&](EventIndex at, Time time) { text += line_of(feed.log(), at, time) + '\n'; });
    std::fwrite(text.data(), 1, text.size(), stdout);
    return 0;
}

int open(const Words& words) {
    const auto start = std::chrono::steady_clock::now();
    const auto arrival = feed::open_trace(words[1]);
    if (!arrival) return complain(arrival.error().message);
    std::printf("%u events %.1f ms\n", arrival->branch->feed->log().size(), milliseconds_since(start));
    return 0;
}

int explored(const Words& words) {
    const auto setup = setup_of(words[1], "global");
    const auto schedules = number_of<std::uint32_t>(words[2]);
    if (!setup || !schedules)
        return complain("explore wants the name of a program and a number of schedules");
    const auto start = std::chrono::steady_clock::now();
    explore::Options options;
    options.freedoms.ready = true;
    options.schedules = *schedules;
    feed::Exploration exploration({setup->program, setup->arguments, setup->storage}, options);
    if (complete(exploration) == Status::failed) return complain(exploration.error().message);
    std::printf("%zu outcomes %.1f ms\n", exploration.report().outcomes.size(), milliseconds_since(start));
    return 0;
}

}  // namespace

int main(int count, char** values) {
    // Files of the machine are those below /host.
    EM_ASM(FS.mkdir('/host'); FS.mount(NODEFS, {root : '/'}, '/host'));
    const Words words(values + 1, values + count);
    if (words.size() == 3 && words[0] == "events") return events(words);
    if (words.size() == 2 && words[0] == "open") return open(words);
    if (words.size() == 3 && words[0] == "explore") return explored(words);
    return complain("usage: loopscope.js events PROGRAM STORAGE | open FILE | explore PROGRAM SCHEDULES");
}
