#pragma once

#include <exception>
#include <string>
#include <string_view>

namespace loopscope {

/// Python's exceptions, as far as event loops need them. The name is what the trace and a program's handlers
/// see.
class BaseException : public std::exception {
  public:
    explicit BaseException(std::string message = {}) : message_(std::move(message)) {}

    [[nodiscard]] virtual std::string_view name() const = 0;
    [[nodiscard]] const char* what() const noexcept override { return message_.c_str(); }

  private:
    std::string message_;
};

/// Thrown into a task that is being cancelled. As in Python it is no `Exception`, so that handlers of those
/// let it pass.
class CancelledError final : public BaseException {
  public:
    using BaseException::BaseException;
    [[nodiscard]] std::string_view name() const override { return "CancelledError"; }
};

/// Thrown into an asynchronous generator that is being closed. No `Exception`, either.
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

/// Thrown by cancelling tasks that wait for each other in a circle, or in too long a chain.
class RecursionError final : public RuntimeError {
  public:
    using RuntimeError::RuntimeError;
    [[nodiscard]] std::string_view name() const override { return "RecursionError"; }
};

/// Thrown by asking a future for what it does not have yet.
class InvalidStateError final : public Exception {
  public:
    using Exception::Exception;
    [[nodiscard]] std::string_view name() const override { return "InvalidStateError"; }
};

/// The name of an exception's type: a BaseException's own, MemoryError for std::bad_alloc, otherwise
/// "Exception". Empty for none.
std::string_view exception_name(const std::exception_ptr& error);

/// The exception as Python's tracebacks end: "ValueError: no such name", or "ValueError" if it says nothing.
/// Empty for none.
std::string exception_text(const std::exception_ptr& error);

/// Whether a handler of `Exception` would catch it: not so for CancelledError and GeneratorExit. Exceptions
/// that are not ours count as such.
bool is_exception(const std::exception_ptr& error);

/// Whether it is a CancelledError.
bool is_cancelled_error(const std::exception_ptr& error);

}  // namespace loopscope
