#pragma once

#include <span>

#include "core/scenario/program.hpp"

namespace loopscope::scenario {

/// All programs, in the order in which they are listed. To add one: write its file, declare it in
/// catalogue.cpp, and list it there.
std::span<const Program* const> catalogue();

/// The program of a name. The error lists those that there are.
Result<const Program*> find_program(std::string_view name);

/// The text of a program's source file, as it was compiled.
std::string_view source_of(const Program& program);

}  // namespace loopscope::scenario
