// SPDX-License-Identifier: MIT
#include "app/cli/explore_command.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "app/cli/explore_python.hpp"
#include "app/cli/explore_table.hpp"
#include "app/cli/exploring.hpp"
#include "app/cli/setup.hpp"
#include "app/cli/streams.hpp"
#include "app/platform/interrupt.hpp"
#include "core/base/escape.hpp"
#include "core/base/result.hpp"
#include "core/feed/exploration.hpp"
#include "core/scenario/programs/catalogue.hpp"

namespace loopscope::cli {
namespace {

/// How many schedules there are to an exploration, if nobody says so: what takes seconds.
constexpr std::uint32_t native_schedules = 10'000;
constexpr std::uint32_t python_schedules = 1'000;

tl::unexpected<Error> misuse_of(std::string message) {
    return fail(std::move(message), Error::Code::invalid_argument);
}

/// Returns the freedoms that a list names.
Result<loop::Freedoms> parse_freedoms(std::string_view list, bool native) {
    loop::Freedoms freedoms;
    freedoms.ties = false;
    while (!list.empty()) {
        const std::string_view word = list.substr(0, list.find(','));
        bool* const named = explore::freedom_named(word, freedoms);
        if (!named)
            return misuse_of(
                fmt::format("--freedoms cannot have '{}': it is a list of ties, io, sets, threads and ready, "
                            "with commas between them; late iterations are --jitter SECONDS",
                            word));
        *named = true;
        list.remove_prefix(std::min(word.size() + 1, list.size()));
    }
    if (native && (freedoms.io || freedoms.threads))
        return misuse_of(
            "--freedoms can only be ties, sets and ready here: a program of Loopscope's has no descriptors "
            "or "
            "executors");
    return freedoms;
}

/// Returns the freedoms of a request: without a word about them all that asyncio can do but being late, for
/// which it takes a time.
Result<loop::Freedoms> freedoms_of(const ExploreRequest& request) {
    const bool native = !request.program.empty();
    loop::Freedoms freedoms;
    freedoms.sets = true;
    freedoms.io = freedoms.threads = !native;
    if (request.freedoms) {
        LOOPSCOPE_TRY(parsed, parse_freedoms(*request.freedoms, native));
        freedoms = parsed;
    }
    freedoms.ready = freedoms.ready || request.ready;
    if (request.jitter) {
        LOOPSCOPE_TRY(jitter, parse_time("--jitter", *request.jitter));
        freedoms.jitter = jitter;
    }
    return freedoms;
}

Result<explore::Options> options_of(const ExploreRequest& request) {
    explore::Options options;
    options.seed = request.seed;
    options.schedules =
        request.schedules.value_or(request.program.empty() ? python_schedules : native_schedules);
    options.exhaustive = request.exhaustive;
    if (options.schedules == 0) return misuse_of("--schedules cannot be 0: it has to be at least 1");
    LOOPSCOPE_TRY(freedoms, freedoms_of(request));
    options.freedoms = freedoms;
    return options;
}

/// Returns an error if an option was given that means nothing to a Python program.
Result<void> check_python(const ExploreRequest& request) {
    if (request.python.program.empty())
        return misuse_of(
            "explore wants a program of Loopscope's, a script, or -m and a module; see loopscope explore "
            "--help");
    if (request.all || !request.settings.empty() || request.storage != ExploreRequest().storage)
        return misuse_of(
            "--storage, --all, --set and --asyncio are for programs of Loopscope's; what a Python program "
            "keeps "
            "is switched with --watch and --switch");
    return {};
}

/// Returns an error if an option was given that means nothing to a program of Loopscope's.
Result<void> check_native(const ExploreRequest& request) {
    const RecordRequest& python = request.python;
    if (python.python || !python.watched.empty() || !python.switches.empty() || python.output)
        return misuse_of("--python, --watch, --switch and --output are for Python programs");
    return {};
}

int explore_native(const ExploreRequest& request, const explore::Options& options) {
    auto setup = make_setup(request.program, request.storage, request.settings);
    if (!setup) return report(setup.error(), misuse);
    std::vector<trace::Storage> storages = {setup->storage};
    if (request.all) storages.assign(trace::all_storages.begin(), trace::all_storages.end());
    std::string text = feed::freedoms_text(options.freedoms);
    const platform::Interrupt interrupt;
    for (const trace::Storage storage : storages) {
        feed::Exploration exploration({setup->program, setup->arguments, storage}, options);
        const auto explored = wait_for(exploration);
        if (!explored) return report(explored.error(), failure);
        text += "\n" + explore_table(name(storage), **explored, false);
        if ((*explored)->cancelled) break;
    }
    // A schedule means something with the very same parameters only.
    std::string settings;
    for (const std::string& setting : request.settings) settings += " --set " + terminal_line(setting);
    text += fmt::format(
        "\nTo see one: loopscope --program {0}{1} --schedule SCHEDULE, or loopscope run {0}{1} "
        "--schedule SCHEDULE\n",
        setup->program->name, settings);
    return std::max(print(text), platform::Interrupt::exit_code());
}

}  // namespace

bool is_python_program(const std::vector<std::string>& program) {
    return !program.empty() && !scenario::find_program(program.front());
}

int explore_command(const ExploreRequest& request) {
    const auto options = options_of(request);
    if (!options) return report(options.error(), misuse);
    const bool native = !request.program.empty();
    if (const auto sound = native ? check_native(request) : check_python(request); !sound)
        return report(sound.error(), misuse);
    return native ? explore_native(request, *options) : explore_python(request.python, *options);
}

}  // namespace loopscope::cli
