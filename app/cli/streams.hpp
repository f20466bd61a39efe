// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "core/base/result.hpp"

/// All output to stdout and stderr is written by the functions of this header (check_layers.py).
namespace loopscope::cli {

/// Exit codes of the program.
inline constexpr int success = 0;
inline constexpr int failure = 1;          ///< the request is valid but could not be carried out
inline constexpr int misuse = 2;           ///< the request is not valid
inline constexpr int unread_output = 141;  ///< the reader of stdout has stopped; as in shells

/// Prepares the streams for the rest of the program: opens descriptors 0 to 2 if they are closed, so that no
/// file takes the place of a stream; and lets writes fail that would raise SIGPIPE or SIGXFSZ. Called before
/// anything else.
void prepare_streams();

/// Writes to stdout, and returns the exit code. Reports a failure, such as a full disk, on stderr; but a
/// reader that has stopped, as in `| head`, only by the exit code. The caller goes on and writes the files
/// that were asked for.
int print(std::string_view text);

/// Writes to stderr, unchanged. Returns whether everything was written; a failure cannot be reported.
bool print_error(std::string_view text) noexcept;

/// Writes a sentence to stderr, as a line that begins with the program's name. Escapes what it quotes from
/// files, names and arguments.
void complain(std::string_view sentence);

/// Writes an error to stderr like complain(), with a line of advice if there is one. Returns `code`.
int report(const Error& error, int code, std::string_view advice = {});

}  // namespace loopscope::cli
