// Runs a conformance program on the native loop and prints what it does: conformance_runner PROGRAM.json
// With --events before the program it prints its trace, an event a line; with --asyncio VERSION the loop
// follows that version of asyncio.

#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tests/conformance/interpreter.hpp"

namespace {

using namespace loopscope;

struct Request {
    std::string program;
    loop::AsyncioVersion asyncio;
    bool with_events = false;
};

/// Reads the command line; none if it means nothing.
std::optional<Request> request_of(std::span<char*> words) {
    Request request;
    while (words.size() > 1) {
        const std::string_view word = words.front();
        if (word == "--events") {
            request.with_events = true;
            words = words.subspan(1);
        } else if (const auto version = loop::AsyncioVersion::named(words[1]);
                   word == "--asyncio" && version) {
            request.asyncio = *version;
            words = words.subspan(2);
        } else {
            return std::nullopt;
        }
    }
    if (words.empty()) return std::nullopt;
    request.program = words.front();
    return request;
}

}  // namespace

int main(int count, char** arguments) {
    const std::optional<Request> request =
        request_of(std::span(arguments, static_cast<std::size_t>(count)).subspan(1));
    if (!request) {
        std::fputs("Use it as: conformance_runner [--events] [--asyncio VERSION] PROGRAM.json\n", stderr);
        return 2;
    }
    const Result<conformance::Program> program = conformance::read_program(request->program);
    if (!program) {
        std::fprintf(stderr, "%s\n", program.error().message.c_str());
        return 2;
    }
    conformance::Interpreter interpreter(*program, request->asyncio);
    std::string lines = interpreter.run();
    if (request->with_events) lines = interpreter.events();
    std::fwrite(lines.data(), 1, lines.size(), stdout);
    return 0;
}
