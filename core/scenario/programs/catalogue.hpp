// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "core/scenario/listing.hpp"
#include "core/scenario/program.hpp"

namespace loopscope::scenario {

/// Returns the programs that come with Loopscope, in the order in which they are listed. To add one: write
/// its file, declare it in catalogue.cpp and list it there, and write the same program in Python, in
/// assets/programs.
std::span<const Program* const> catalogue();

/// Returns all programs: those of the catalogue, and behind them those of one's own
/// (core/scenario/programs/own).
std::span<const Program* const> all_programs();

/// Returns the program with a name. Fails if there is none; the error lists all names.
Result<const Program*> find_program(std::string_view name);

/// Returns a program's source files, as they were at compile time; empty ones, if the program is none of
/// all_programs(), and for a twin that there is not.
const Listings& listings_of(const Program& program);

/// Returns the text of a program's source file, without markers.
std::string_view source_of(const Program& program);

/// Returns the text of a program's twin, the same program in Python, without markers; empty if it has none.
std::string_view twin_of(const Program& program);

}  // namespace loopscope::scenario
