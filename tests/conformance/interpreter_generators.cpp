// Asynchronous generators: a part of Interpreter. A name that is not in the table is skipped.

#include <fmt/format.h>

#include "core/task/sleep.hpp"
#include "tests/conformance/interpreter.hpp"

namespace loopscope::conformance {

using task::Coro;

Interpreter::Generator Interpreter::generate(std::string name, const Body& body) {
    std::exception_ptr error;
    try {
        for (int number = 0; number < 3; ++number) {
            co_await run(body);
            const std::optional<std::string> sent = co_yield number;
            print(fmt::format("{} sent {}", name, sent.value_or("None")));
        }
    } catch (...) {
        error = std::current_exception();
    }
    co_await task::sleep(Duration(1));
    print(fmt::format("{} ends", name));
    if (error) std::rethrow_exception(error);
}

void Interpreter::tell(const std::string& name, std::optional<int> yielded) {
    print(yielded ? fmt::format("{} yields {}", name, *yielded) : fmt::format("{} is over", name));
}

Coro<> Interpreter::generator(const Operation& operation) {
    generators_.erase(operation.name());
    generators_.emplace(operation.name(), generate(operation.name(), operation.bodies[0]));
    co_return;
}

Coro<> Interpreter::generator_next(const Operation& operation) {
    const auto found = generators_.find(operation.name());
    if (found == generators_.end()) co_return;
    const std::optional<int> yielded = co_await found->second.next();
    tell(operation.name(), yielded);
}

Coro<> Interpreter::generator_send(const Operation& operation) {
    const auto found = generators_.find(operation.name());
    if (found == generators_.end()) co_return;
    const std::optional<int> yielded = co_await found->second.asend(operation.words[1]);
    tell(operation.name(), yielded);
}

Coro<> Interpreter::generator_throw(const Operation& operation) {
    const auto found = generators_.find(operation.name());
    if (found == generators_.end()) co_return;
    const std::optional<int> yielded = co_await found->second.athrow(ValueError());
    tell(operation.name(), yielded);
}

Coro<> Interpreter::generator_close(const Operation& operation) {
    const auto found = generators_.find(operation.name());
    if (found == generators_.end()) co_return;
    co_await found->second.aclose();
    print(fmt::format("{} is closed", operation.name()));
}

Coro<> Interpreter::generator_drop(const Operation& operation) {
    generators_.erase(operation.name());
    co_return;
}

}  // namespace loopscope::conformance
