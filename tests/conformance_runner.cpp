// Runs a conformance program on the native loop and prints what it does: conformance_runner PROGRAM.json
// With --events before the program it prints its trace, an event a line.

#include <cstdio>
#include <string_view>

#include "tests/conformance/interpreter.hpp"

int main(int count, char** arguments) {
    using namespace loopscope;
    const bool with_events = count == 3 && std::string_view(arguments[1]) == "--events";
    if (count != 2 && !with_events) {
        std::fputs("Use it as: conformance_runner [--events] PROGRAM.json\n", stderr);
        return 2;
    }
    const Result<conformance::Program> program = conformance::read_program(arguments[count - 1]);
    if (!program) {
        std::fprintf(stderr, "%s\n", program.error().message.c_str());
        return 2;
    }
    conformance::Interpreter interpreter(*program);
    std::string lines = interpreter.run();
    if (with_events) lines = interpreter.events();
    std::fwrite(lines.data(), 1, lines.size(), stdout);
    return 0;
}
