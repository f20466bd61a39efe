#pragma once

#include <span>

#include "core/scenario/listing.hpp"
#include "core/scenario/program.hpp"

namespace loopscope::scenario {

/// All programs, in the order in which they are listed. To add one: write its file, declare it in
/// catalogue.cpp, and list it there; and write the same in Python, in assets/programs.
std::span<const Program* const> catalogue();

/// The program of a name. The error lists those that there are.
Result<const Program*> find_program(std::string_view name);

/// A program's source files, as they were compiled. REQUIRES: it is of the catalogue.
const Listings& listings_of(const Program& program);

/// The text of a program's source file, without markers.
std::string_view source_of(const Program& program);

/// The text of the same program in Python, without markers.
std::string_view twin_of(const Program& program);

}  // namespace loopscope::scenario
