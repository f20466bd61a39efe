// SPDX-License-Identifier: MIT
#include "app/cli/programs_command.hpp"

#include <fmt/format.h>

#include "app/cli/streams.hpp"
#include "app/cli/word_wrap.hpp"
#include "core/base/result.hpp"
#include "core/scenario/programs/catalogue.hpp"

namespace loopscope::cli {
namespace {

using scenario::Parameter;
using scenario::Program;

constexpr std::size_t text_width = 100;

/// Returns the storages of an outcome as a phrase, such as "global, thread-local".
std::string storages_of(const scenario::Outcome& outcome) {
    if (outcome.storages == scenario::every_storage) return "every storage";
    std::string names;
    for (const trace::Storage storage : trace::all_storages) {
        if (outcome.storages.contains(storage))
            names += fmt::format("{}{}", names.empty() ? "" : ", ", name(storage));
    }
    return names;
}

std::string programs_as_text() {
    std::string text;
    for (const Program* program : scenario::all_programs())
        text += fmt::format("{:<20} {}\n", program->name, program->summary);
    return text;
}

std::string details(const Program& program) {
    std::string text = fmt::format("{}: {}\n", program.name, program.summary);
    if (!program.text.empty()) text += "\n" + word_wrap(program.text, text_width);
    text += "\nParameters and their ranges:\n";
    for (const Parameter& parameter : all_parameters(program)) {
        text +=
            fmt::format("  --set {:<20} {}; {}\n", fmt::format("{}={}", parameter.name, parameter.initial),
                        parameter.summary, range_of(parameter));
    }
    if (!program.outcomes.empty()) text += "\nWith the default parameters it prints:\n";
    for (const scenario::Outcome& outcome : program.outcomes) {
        text += fmt::format("  {}\n    {}\n{}", storages_of(outcome), outcome.output,
                            word_wrap(outcome.why, text_width - 4, "    "));
    }
    return text;
}

std::string markdown(const Program& program) {
    std::string text = fmt::format("\n## {}\n\n{}\n\n", program.name, program.text);
    text += "| storage | prints | why |\n|---|---|---|\n";
    for (const scenario::Outcome& outcome : program.outcomes)
        text += fmt::format("| {} | `{}` | {} |\n", storages_of(outcome), outcome.output, outcome.why);
    text += "\n| parameter | default | range | |\n|---|---|---|---|\n";
    for (const Parameter& parameter : program.parameters) {
        text += fmt::format("| `{}` | `{}` | {} | {} |\n", parameter.name, parameter.initial,
                            range_of(parameter), parameter.summary);
    }
    text += fmt::format(
        "\nSource: [{0}](../core/scenario/programs/{0}), and in Python [{1}](../assets/programs/{1}).\n",
        program.source_file, program.twin_file);
    return text;
}

std::string markdown() {
    std::string text =
        "# Programs\n\n"
        "Each of these is small, real, and about something that people get wrong. What it prints depends on "
        "where its tasks keep their variables; each table says what, with the default parameters, and why. "
        "Every program is there twice, in C++ for our own loop and in Python for CPython, and both print the "
        "same.\n\n"
        "    loopscope --program pool-worker                     opens the window on it\n"
        "    loopscope run pool-worker --storage contextvar      prints what it prints\n"
        "    loopscope programs pool-worker                      prints this section\n"
        "    python3 assets/programs/pool_worker.py contextvar   the same on CPython, from 3.12 on\n\n"
        "This page is what `loopscope programs --markdown` writes.\n";
    for (const Program* program : scenario::catalogue()) text += markdown(*program);
    return text;
}

Result<std::string> text_of(const ProgramsRequest& request) {
    if (request.program.empty()) return request.markdown ? markdown() : programs_as_text();
    LOOPSCOPE_TRY(program, scenario::find_program(request.program));
    return request.markdown ? markdown(*program) : details(*program);
}

}  // namespace

int programs_command(const ProgramsRequest& request) {
    const auto text = text_of(request);
    if (!text) return report(text.error(), misuse);
    return print(*text);
}

}  // namespace loopscope::cli
