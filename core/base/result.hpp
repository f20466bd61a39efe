#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace loopscope {

/// A description of a failure: one sentence that names the file, argument or part that it is about and tells
/// the user what to do.
struct Error {
    std::string message;

    friend bool operator==(const Error&, const Error&) = default;
};

/// A value, or the reason why there is none. For failures that come from outside the program: files,
/// arguments, fonts, OpenGL.
template <class T>
using Result = tl::expected<T, Error>;

/// Makes a failed Result of a message: `return fail("cannot open …")`.
inline tl::unexpected<Error> fail(std::string message) {
    return tl::unexpected<Error>(Error{std::move(message)});
}

}  // namespace loopscope
