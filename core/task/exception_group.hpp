#pragma once

#include <vector>

#include "core/base/exceptions.hpp"

namespace loopscope::task {

/// What ExceptionGroup and BaseExceptionGroup have in common: several exceptions that were thrown at once
/// (PEP 654).
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

/// A group all of whose members are an `Exception`.
class ExceptionGroup final : public Exception, public GroupedExceptions {
  public:
    ExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions)
        : Exception(std::move(message)), GroupedExceptions(std::move(exceptions)) {}
    [[nodiscard]] std::string_view name() const override { return "ExceptionGroup"; }
};

/// A group with a member that is none. (In Python this is also the base of ExceptionGroup: here, catch
/// GroupedExceptions.)
class BaseExceptionGroup final : public BaseException, public GroupedExceptions {
  public:
    BaseExceptionGroup(std::string message, std::vector<std::exception_ptr> exceptions)
        : BaseException(std::move(message)), GroupedExceptions(std::move(exceptions)) {}
    [[nodiscard]] std::string_view name() const override { return "BaseExceptionGroup"; }
};

/// Throws the kind of group that fits, as calling Python's `BaseExceptionGroup(message, exceptions)` makes.
[[noreturn]] void throw_exception_group(std::string message, std::vector<std::exception_ptr> exceptions);

}  // namespace loopscope::task
