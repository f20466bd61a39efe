// SPDX-License-Identifier: MIT
#include "app/command_words.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "app/cli/explore_command.hpp"

namespace loopscope {
namespace {

/// Moves the words of a Python program into the request of the command that runs it.
void take_python(std::vector<std::string>& words, const PythonRequests& python) {
    for (auto& [command, request] : {std::pair("record", &python.record), std::pair("live", &python.live),
                                     std::pair("explore", &python.explore)}) {
        if (words.empty() || words.front() != command) continue;
        words.erase(words.begin());
        std::vector<std::string> program = cli::take_program(words);
        if (request != &python.explore || cli::is_python_program(program))
            request->program = std::move(program);
        else
            words.insert(words.end(), program.begin(), program.end());
        words.insert(words.begin(), command);
        return;
    }
}

/// Returns the first word that is neither an option of the program nor an option's value; the end if there is
/// none.
std::vector<std::string>::const_iterator first_plain(const CLI::App& app,
                                                     const std::vector<std::string>& words) {
    auto word = words.begin();
    for (; word != words.end(); ++word) {
        if (*word == "-" || !word->starts_with('-')) break;
        const CLI::Option* const option = app.get_option_no_throw(*word);
        const bool has_value = option != nullptr && option->get_items_expected_max() > 0;
        if (has_value && word + 1 != words.end()) ++word;
    }
    return word;
}

bool is_command(const CLI::App& app, const std::string& word) {
    const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
    return std::ranges::any_of(commands, [&](const CLI::App* each) { return each->get_name() == word; });
}

bool is_there(const std::string& word) {
    std::error_code unknown;
    return word == "-" || (!word.empty() && std::filesystem::status(word, unknown).type() !=
                                                std::filesystem::file_type::not_found);
}

}  // namespace

Result<std::vector<std::string>> words_to_parse(const CLI::App& app, std::vector<std::string> words,
                                                const PythonRequests& python) {
    const auto first = first_plain(app, words);
    if (first != words.end() && !is_command(app, *first)) {
        if (!is_there(*first))
            return fail(fmt::format("'{}' is neither a command nor a file; see loopscope --help", *first),
                        Error::Code::invalid_argument);
        words.insert(words.begin(), "open");
    }
    take_python(words, python);
    std::ranges::reverse(words);
    return words;
}

}  // namespace loopscope
