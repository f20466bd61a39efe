// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace loopscope {

/// Python's exceptions, as far as event loops need them. name() is the Python name, which the trace and a
/// program's handlers see.
class BaseException : public std::exception {
  public:
    explicit BaseException(std::string message = {}) : message_(std::move(message)) {}

    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }

  private:
    std::string message_;
};

/// Thrown into a task that is being cancelled. As in Python it is not an `Exception`, so handlers of
/// `Exception` let it pass.
class CancelledError final : public BaseException {
  public:
    using BaseException::BaseException;
    [[nodiscard]] std::string_view name() const override { return "CancelledError"; }
};

/// Thrown into an asynchronous generator that is being closed. As in Python it is not an `Exception`.
class GeneratorExit final : public BaseException {
  public:
    using BaseException::BaseException;
    [[nodiscard]] std::string_view name() const override { return "GeneratorExit"; }
};

class Exception : public BaseException {
  public:
    using BaseException::BaseException;
    [[nodiscard]] std::string_view name() const override { return "Exception"; }
};

class ValueError final : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "ValueError"; }
};

/// Thrown when a variable is read that has neither a value nor a default.
class LookupError final : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "LookupError"; }
};

/// Thrown when a context has no value for a variable.
class KeyError final : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "KeyError"; }
};

/// Thrown when a list has no such item.
class IndexError final : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "IndexError"; }
};

class TypeError final : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "TypeError"; }
};

class RuntimeError : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "RuntimeError"; }
};

class AttributeError final : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "AttributeError"; }
};

class TimeoutError final : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "TimeoutError"; }
};

/// Thrown when tasks that wait for each other in a circle, or in too long a chain, are cancelled.
class RecursionError final : public RuntimeError {
  public:
    using RuntimeError::RuntimeError;
    [[nodiscard]] std::string_view name() const override { return "RecursionError"; }
};

/// Thrown when a future is asked for a result or an exception that it does not have yet, or is settled twice.
class InvalidStateError final : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "InvalidStateError"; }
};

/// Returns the name of an exception's type: a BaseException's name(), "MemoryError" for std::bad_alloc,
/// "Exception" for any other. Empty if `error` is null.
std::string_view exception_name(const std::exception_ptr& error);

/// Returns an exception as the last line of a Python traceback: "ValueError: no such name", or "ValueError"
/// if it has no message. Empty if `error` is null.
std::string exception_text(const std::exception_ptr& error);

/// Returns whether a handler of `Exception` would catch `error`: false for CancelledError, GeneratorExit and
/// null. Exceptions that do not derive from BaseException count as caught.
bool is_exception(const std::exception_ptr& error);

/// Returns `error` as a CancelledError, which lives as long as `error`; null if it is none, or null.
const CancelledError* as_cancelled_error(const std::exception_ptr& error);

/// Returns whether `error` is a CancelledError; false for null.
inline bool is_cancelled_error(const std::exception_ptr& error) {
    return as_cancelled_error(error) != nullptr;
}

/// Returns a CancelledError that says something; null for an empty message, which needs no object.
std::exception_ptr cancellation(std::string_view message);

}  // namespace loopscope
