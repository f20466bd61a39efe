// Every program of the catalogue under every storage, in the order of every version of asyncio, as files:
//
//     every_run write FOLDER     writes NAME-STORAGE-VERSION.loopscope for each
//     every_run open FOLDER      opens each, and says of how many it can run the program again
//
// What one compiler's build writes, another one's has to write as well, byte for byte, and to know as a run
// of its own.

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/feed/file_feed.hpp"
#include "core/feed/opening.hpp"
#include "core/feed/program_feed.hpp"
#include "core/format/saver.hpp"
#include "core/scenario/programs/catalogue.hpp"

namespace {

using namespace loopscope;
namespace fs = std::filesystem;

[[noreturn]] void give_up(const std::string& what) {
    std::fprintf(stderr, "%s\n", what.c_str());
    std::exit(1);
}

void write(const fs::path& folder, const scenario::Program& program, trace::Storage storage,
           std::string_view version) {
    const std::vector<scenario::Setting> settings{
        {std::string(scenario::asyncio_parameter), std::string(version)}};
    auto arguments = scenario::Arguments::create(scenario::all_parameters(program), settings);
    if (!arguments) give_up(arguments.error().message);
    feed::ProgramFeed feed(feed::Setup{&program, std::move(*arguments), storage, {}});
    while (!feed.over()) feed.poll({});
    const std::string name(std::string(program.name) + '-' + std::string(trace::name(storage)) + '-' +
                           std::string(version) + ".loopscope");
    if (const auto saved = format::save(folder / name, feed.log(), feed::info_of(feed)); !saved)
        give_up(saved.error().message);
}

void write_all(const fs::path& folder) {
    for (const scenario::Program* program : scenario::catalogue()) {
        for (const trace::Storage storage : trace::all_storages) {
            for (const std::string_view version : loop::AsyncioVersion::names)
                write(folder, *program, storage, version);
        }
    }
}

void open_all(const fs::path& folder) {
    int files = 0;
    int runs = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        const auto arrival = feed::open_trace(entry.path());
        if (!arrival) give_up(arrival.error().message);
        ++files;
        runs += arrival->branch->feed->setup() != nullptr;
    }
    std::printf("%d files, %d of them runs of ours\n", files, runs);
}

}  // namespace

int main(int count, char** arguments) {
    const std::string_view word = count == 3 ? arguments[1] : "";
    if (word == "write") {
        write_all(arguments[2]);
    } else if (word == "open") {
        open_all(arguments[2]);
    } else {
        give_up("Use it as: every_run write|open FOLDER");
    }
    return 0;
}
