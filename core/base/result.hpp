// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace loopscope {

/// A description of a failure: one sentence that names the file, argument or part that it is about and tells
/// the user what to do; and a code that tells callers what kind of failure it is.
struct Error {
    /// Kinds of things that go wrong. Files do not store them, so they may be reordered.
    enum class Code : std::uint8_t {
        other,             ///< none of those below, or not known
        invalid_argument,  ///< what was asked for makes no sense
        not_found,         ///< there is no such file, folder, program or part
        no_permission,     ///< it is not the user's to read or write
        no_space,          ///< the disk is full
        too_large,         ///< a limit is exceeded: of the file system, of a format, of OpenGL
        damaged,           ///< a file is not what it claims to be, or is cut off
        unsupported,       ///< it may be sound, but this version, driver or system cannot do it
        out_of_memory,
        cancelled,  ///< it was asked to stop
        io,         ///< a disk, a network or a reader failed
    };

    std::string message;
    Code code = Code::other;

    friend bool operator==(const Error&, const Error&) = default;
};

/// A value, or the reason why there is none. For failures that come from outside the program: files,
/// arguments, fonts, OpenGL.
template <class T>
using Result = tl::expected<T, Error>;

/// Makes a failed Result of a message: `return fail("cannot open …", Error::Code::not_found)`.
inline tl::unexpected<Error> fail(std::string message, Error::Code code = Error::Code::other) {
    return tl::unexpected<Error>(Error{std::move(message), code});
}

}  // namespace loopscope

/// Declares `name` as a reference to the value of a Result, or returns its error from the enclosing function:
///
///     LOOPSCOPE_TRY(context, OffscreenContext::create());
///     context.make_current();
#define LOOPSCOPE_TRY(name, ...)                                                                           \
    auto name##_or_error = (__VA_ARGS__);                                                                  \
    if (!name##_or_error) return ::tl::unexpected<::loopscope::Error>(std::move(name##_or_error).error()); \
    auto& name = *name##_or_error

/// Returns the error of a Result from the enclosing function, if it is one; its value does not matter.
#define LOOPSCOPE_CHECK(...)                                    \
    if (auto result_or_error = (__VA_ARGS__); !result_or_error) \
    return ::tl::unexpected<::loopscope::Error>(std::move(result_or_error).error())
