// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "core/base/exceptions.hpp"

namespace loopscope::task {

/// The common base of ExceptionGroup and BaseExceptionGroup: several exceptions that were thrown at once (PEP
/// 654).
class GroupedExceptions {
  public:
    [[nodiscard]] const std::vector<std::exception_ptr>& exceptions() const { return exceptions_; }

  protected:
    explicit GroupedExceptions(std::vector<std::exception_ptr> exceptions)
        : exceptions_(std::move(exceptions)) {}
    GroupedExceptions(const GroupedExceptions&) = default;
    GroupedExceptions& operator=(const GroupedExceptions&) = default;
    ~GroupedExceptions() = default;

  private:
    std::vector<std::exception_ptr> exceptions_;
};

/// A group whose members are all an `Exception`.
class ExceptionGroup final : public Exception, public GroupedExceptions {
  public:
    ExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions)
        : Exception(std::move(message)), GroupedExceptions(std::move(exceptions)) {}
    [[nodiscard]] std::string_view name() const override { return "ExceptionGroup"; }
};

/// A group with at least one member that is not an `Exception`. (In Python this is also the base class of
/// ExceptionGroup; to catch either here, catch GroupedExceptions.)
class BaseExceptionGroup final : public BaseException, public GroupedExceptions {
  public:
    BaseExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions)
        : BaseException(std::move(message)), GroupedExceptions(std::move(exceptions)) {}
    [[nodiscard]] std::string_view name() const override { return "BaseExceptionGroup"; }
};

/// Throws an ExceptionGroup if all exceptions are an `Exception`, otherwise a BaseExceptionGroup, as Python's
/// `BaseExceptionGroup(message, exceptions)` chooses.
[[noreturn]] void throw_exception_group(std::string message, std::vector<std::exception_ptr> exceptions);

}  // namespace loopscope::task
