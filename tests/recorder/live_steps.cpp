// Steps a live program as its window would, for tests: live_steps ANSWERS FOLDER [--virtual] COMMAND…
//
// Starts COMMAND, a launcher with its arguments that writes its spool into FOLDER, and waits until the
// program stands before its first handle. Then obeys the lines of standard input, and answers each with a
// line of JSON on the descriptor ANSWERS: where the cursor and the head are, the loop's time at the cursor,
// what was printed up to it, how many leaks and storages there are, and what failed.

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "app/session/drive.hpp"
#include "core/base/escape.hpp"
#include "core/feed/live_feed.hpp"

namespace loopscope {
namespace {

using session::Direction;
using What = session::Pursuit::What;

/// Returns what was printed up to the cursor.
std::string output_of(const session::Session& session) {
    std::string output;
    const auto& prints = session.index().prints();
    for (std::uint32_t at = 0; at < session.index().prints_until(session.cursor()); ++at)
        output += session.log().printed_text(prints.event(PrintIndex{at}));
    return output;
}

std::string storages_of(const session::Session& session) {
    std::string names;
    for (std::uint32_t number = 1; number <= session.index().variables().size(); ++number)
        names += fmt::format("{}{}", names.empty() ? "" : " ",
                             name(session.index().storage_at(session.cursor(), VariableId{number})));
    return names;
}

int answers = -1;  // the descriptor

void answer(session::Session& session, const std::string& failure) {
    const std::string line = fmt::format(
        R"({{"cursor": {}, "head": {}, "time": {}, "output": {}, "leaks": {}, "storages": "{}", "over": {}, "failure": {}}})"
        "\n",
        session.cursor().value, session.head().value, session.state().time().count(),
        json_string(output_of(session)), session.index().leaks_until(session.cursor()), storages_of(session),
        session.over(), json_string(failure));
    if (::write(answers, line.data(), line.size()) != static_cast<ssize_t>(line.size())) std::abort();
}

/// Runs the program freely for so many milliseconds.
void run_freely(session::Session& session, int milliseconds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    session::run(session, {}, [&] { return std::chrono::steady_clock::now() < end; });
    session.rest();
}

std::string select(session::Session& session, std::istringstream& words) {
    std::string storage;
    std::uint32_t variable = 0;
    words >> storage >> variable;
    const auto can = variable == 0 ? session.can_select() : session.can_select_one();
    if (!can) return can.error().message;
    session.select(*trace::parse_storage(storage), session::Session::TimeBudget{}, VariableId{variable});
    Rest rest;
    while (session.catching_up()) {
        session.catch_up(std::chrono::milliseconds(10));
        rest(Status::waiting);
    }
    return session.take_failure();
}

std::string obey(session::Session& session, const std::string& line) {
    static const std::map<std::string, What> steps = {{"handle", What::handle},
                                                      {"iteration", What::iteration},
                                                      {"print", What::print},
                                                      {"leak", What::leak}};
    std::istringstream words(line);
    std::string command;
    words >> command;
    int count = 1;
    if (command == "select") return select(session, words);
    if (words >> count; command == "pause") {
        std::this_thread::sleep_for(std::chrono::milliseconds(count));
    } else if (command == "run") {
        run_freely(session, count);
    } else if (command == "start") {
        session.go_to_start();
    } else if (command == "head") {
        session.go_to_head();
    } else if (command == "undo") {
        session.undo();
    } else if (command == "rest") {
        session.rest();
    } else {
        const Direction direction = command.starts_with('-') ? Direction::back : Direction::forward;
        const auto what = steps.find(command.starts_with('-') ? command.substr(1) : command);
        if (what == steps.end()) return "there is no such command";
        count = words ? count : 1;
        for (int each = 0; each < count; ++each) session::step(session, what->second, direction);
    }
    return session.status() == Status::failed ? session.feed().error().message : std::string();
}

int run(std::vector<std::string> words) {
    feed::LiveProgram program;
    program.about = {"program", {}, "a test"};
    answers = std::stoi(words.at(1));
    ::fcntl(answers, F_SETFD, FD_CLOEXEC);
    program.folder = words.at(2);
    words.erase(words.begin(), words.begin() + 3);
    program.is_virtual = words.front() == "--virtual";
    if (program.is_virtual) words.erase(words.begin());
    program.command = words;
    auto feed = feed::LiveFeed::start(program, std::nullopt, feed::LiveFeed::End::goes_on);
    if (!feed) {
        std::cerr << feed.error().message << '\n';
        return 1;
    }
    Status status = Status::waiting;
    while (status == Status::waiting) status = (*feed)->begin(5);
    if (status == Status::grew) {
        auto branch = std::make_shared<feed::Branch>(*feed);
        branch->update();
        session::Session session(std::move(branch));
        answer(session, {});
        for (std::string line; std::getline(std::cin, line);) answer(session, obey(session, line));
    }
    while (!(*feed)->run_to_the_end(5)) continue;
    return (*feed)->process().exit_code();
}

}  // namespace
}  // namespace loopscope

int main(int argc, char** argv) {
    return loopscope::run({argv, argv + argc});
}
