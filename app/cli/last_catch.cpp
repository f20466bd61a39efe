// SPDX-License-Identifier: MIT
#include "app/cli/last_catch.hpp"

#include <cstdlib>
#include <exception>
#include <new>

#include "app/cli/streams.hpp"
#include "core/base/unexpected.hpp"

namespace loopscope::cli {
namespace {

/// Writes a sentence about the current exception. Allocates nothing if there is no memory.
void say_last_words() noexcept {
    try {
        complain(unexpected_error(std::current_exception()).message);
    } catch (const std::exception&) {
        print_error("loopscope: there is not enough memory for this; end other programs, or ask for less\n");
    }
}

[[noreturn]] void end_at_once() noexcept {
    if (!std::current_exception()) std::abort();  // a bug, such as a thread that was not joined
    say_last_words();
    std::_Exit(failure);
}

}  // namespace

int with_last_catch(const std::function<int()>& program) {
    std::set_terminate(end_at_once);
    try {
        return program();
    } catch (...) {
        say_last_words();
        return failure;
    }
}

}  // namespace loopscope::cli
