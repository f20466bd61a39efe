#pragma once

#include <string_view>

#include "core/base/result.hpp"

/// Where a command's words go. All that is written to stdout and stderr is written here (check_layers.py).
namespace loopscope::cli {

/// Exit codes.
inline constexpr int success = 0;
inline constexpr int failure = 1;          ///< what was asked for is sound, but could not be done
inline constexpr int misuse = 2;           ///< what was asked for makes no sense
inline constexpr int unread_output = 141;  ///< whoever read stdout stopped; as shells have it

/// Has the rest of the program find what it relies on: descriptors 0 to 2, so that no file that it opens
/// takes the place of a stream that was closed; and writes that fail where they would have raised SIGPIPE or
/// SIGXFSZ. To be called before anything else.
void prepare_streams();

/// Writes to stdout. A failure, such as a full disk, has been said on stderr; that nobody reads any more, as
/// behind `| head`, is said by the exit code alone. Returns the exit code that it leads to. The program goes
/// on: files that were asked for are written all the same.
int print(std::string_view text);

/// Writes to stderr, as it is. Returns whether all was written: there is nobody to tell of it.
bool print_error(std::string_view text) noexcept;

/// Writes a sentence to stderr, as a line that names the program. What it quotes from files, names and
/// arguments is escaped.
void complain(std::string_view sentence);

/// Does the same for what went wrong, with a line of advice, if there is one. Returns `code`.
int report(const Error& error, int code, std::string_view advice = {});

}  // namespace loopscope::cli
