// Runs a conformance program on the native loop and prints what it does: conformance_runner PROGRAM.json

#include <cstdio>

#include "tests/conformance/interpreter.hpp"

int main(int count, char** arguments) {
    using namespace loopscope;
    if (count != 2) {
        std::fputs("Use it as: conformance_runner PROGRAM.json\n", stderr);
        return 2;
    }
    const Result<conformance::Program> program = conformance::read_program(arguments[1]);
    if (!program) {
        std::fprintf(stderr, "%s\n", program.error().message.c_str());
        return 2;
    }
    const std::string lines = conformance::Interpreter(*program).run();
    std::fwrite(lines.data(), 1, lines.size(), stdout);
    return 0;
}
