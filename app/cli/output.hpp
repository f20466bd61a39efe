#pragma once

#include "app/gl/size.hpp"
#include "app/session/session.hpp"

namespace loopscope::cli {

/// Exit codes.
inline constexpr int success = 0;
inline constexpr int failure = 1;  ///< what was asked for is sound, but could not be done
inline constexpr int misuse = 2;   ///< what was asked for makes no sense

/// Says an error on stderr, in one line. Gives the code.
int report(const Error& error, int code);

/// Writes to stdout; a full disk or a closed pipe is a failure, not silence.
Result<void> write_out(std::string_view text);

/// Writes a picture of the screen to a PNG file; Gives the exit code.
int write_picture(session::Session session, const std::string& path, gl::Size size);

}  // namespace loopscope::cli
