#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace loopscope {

/// What went wrong, as one sentence that tells the user what to do. It names the file, argument or part that
/// it is about.
struct Error {
    std::string message;

    friend bool operator==(const Error&, const Error&) = default;
};

/// A value, or why there is none. For what can fail outside the program: files, arguments, fonts, OpenGL.
template <class T>
using Result = tl::expected<T, Error>;

/// Shorthand for returning a failure: `return fail("cannot open …")`.
inline tl::unexpected<Error> fail(std::string message) {
    return tl::unexpected<Error>(Error{std::move(message)});
}

}  // namespace loopscope
