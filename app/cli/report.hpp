#pragma once

#include <string_view>

#include "core/base/result.hpp"

namespace loopscope::cli {

/// Exit codes.
inline constexpr int success = 0;
inline constexpr int failure = 1;  ///< what was asked for is sound, but could not be done
inline constexpr int misuse = 2;   ///< what was asked for makes no sense

/// Says on stderr what went wrong; gives `code` back.
int report(const Error& error, int code);

/// Writes to stdout; a full disk or a closed pipe is a failure, not silence.
Result<void> write_out(std::string_view text);

}  // namespace loopscope::cli
